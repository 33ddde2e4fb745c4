// What must be true of a submission before it leaves, computed from what is kept. It helps a person to decide and decides
// nothing: the delivery checks the approval again by itself before every attempt. Pure.

import type { FindingKind } from '../../dialog/understanding/findings.ts';
import type { ConsentRow } from '../../store/store.ts';
import type { CallFacts } from '../call-facts.ts';
import type { ReadDocument } from './read-document.ts';

export const CHECKS = [
  'words',
  'language',
  'formats',
  'subject',
  'address',
  'deadline',
  'links',
  'consents',
  'names',
  'approval',
] as const;
export type CheckId = (typeof CHECKS)[number];

/** `look`: no program can say; a person has to. */
export type Verdict = 'ok' | 'wrong' | 'look';

export interface Check {
  readonly id: CheckId;
  readonly verdict: Verdict;
}

export interface ToCheck {
  readonly document: ReadDocument;
  /** Null: the call is not known here any more. */
  readonly call: CallFacts | null;
  /** Who a person verified; null: nobody. */
  readonly verified: string | null;
  /** SHA-256 of what was approved under this reference. */
  readonly approvals: readonly string[];
  /** Of this contribution, oldest first. */
  readonly consents: readonly ConsentRow[];
  readonly found: readonly FindingKind[];
  readonly now: Date;
}

export function checklist(given: ToCheck): readonly Check[] {
  const verdicts = verdictsOf(given);
  return CHECKS.map((id) => ({ id, verdict: verdicts[id] }));
}

function verdictsOf({ document, call, verified, approvals, consents, found, now }: ToCheck): Record<CheckId, Verdict> {
  const { model } = document;
  const is = (right: boolean): Verdict => (right ? 'ok' : 'wrong');
  const ofCall = (right: (facts: CallFacts) => boolean): Verdict => (call === null ? 'look' : is(right(call)));
  return {
    words: ofCall(({ limit }) => limit === null || model.words <= limit),
    language: ofCall(({ languages }) => languages.includes(model.language)),
    formats: ofCall(
      ({ formats }) => document.formats.length > 0 && document.formats.every((one) => formats.includes(one)),
    ),
    subject: ofCall(({ subject }) => document.subject === subject(model.language)),
    address: is(verified !== null && verified === document.recipient),
    deadline: deadlineVerdict(call, document.late, now),
    links: is(
      model.blocks.every(({ kind, marks }) => kind !== 'link' || marks?.some((mark) => mark.kind === 'link') === true),
    ),
    consents: is(agrees(document, consents)),
    names: model.standing.length > 0 ? 'wrong' : found.length > 0 ? 'look' : 'ok',
    approval: is(document.isWhole && approvals.includes(document.sha256)),
  };
}

/** A late text that says so on its first page is for a person to judge: some bodies still take it. */
function deadlineVerdict(call: CallFacts | null, late: boolean, now: Date): Verdict {
  if (call === null) return 'look';
  if (call.deadline === null || now.getTime() <= Date.parse(call.deadline.instant)) return 'ok';
  return late ? 'look' : 'wrong';
}

/** The last word counts; no row means no. */
function agrees({ model, sha256 }: ReadDocument, consents: readonly ConsentRow[]): boolean {
  const last = (purpose: ConsentRow['purpose']) => consents.findLast((row) => row.purpose === purpose)?.value;
  const publication = last('publication') ?? 'confidential';
  return (
    last('keep') === 'yes' &&
    last('adult') === 'yes' &&
    publication === model.publication &&
    consents.some(({ purpose, value }) => purpose === 'approve' && value === sha256)
  );
}
