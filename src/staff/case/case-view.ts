// All data of a case page, computed once. A case may have several contributions, each with its own key and mail.

import type { Finding, FindingKind } from '../../dialog/understanding/findings.ts';
import type { Part } from '../../dialog/engine/effect.ts';
import type { Language } from '../../languages.ts';
import type { DeskCase, DeskContribution, DeskMail } from '../../store/desk/desk-case.ts';
import type { ListedMail } from '../../store/mail/read-mails-in.ts';
import type { ContributionOf } from '../../store/organisers/joints.ts';
import type { ReviewRow, ReviewState } from '../../store/reviews/review-read.ts';
import type { ConsentRow } from '../../store/turns/turn-work.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import type { CallFacts, Knowledge } from '../call-facts.ts';
import type { Desk, SignedIn } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { QueueEntry } from '../queue/order-queue.ts';
import { anchorOf, fingerprintOf, traceBlocks } from './mask.ts';
import { type DocumentBlock, isAnswer, markIn, readDocument, type ReadDocument } from './read-document.ts';

// Checks of a submission before it leaves. They help the reviewer and decide nothing: before every attempt the delivery
// checks the approval again. Pure.

const CHECKS = [
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
type CheckId = (typeof CHECKS)[number];

/** `look`: a person has to judge it. */
type Verdict = 'ok' | 'wrong' | 'look';

interface Check {
  readonly id: CheckId;
  readonly verdict: Verdict;
}

export interface ToCheck {
  readonly document: ReadDocument;
  /** Null: the call no longer exists here. */
  readonly call: CallFacts | null;
  /** The verified recipient; null: none. */
  readonly verified: string | null;
  /** SHA-256 of the approved versions of this reference. */
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
  const fits = ofCall(({ limit }) => limit === null || model.words <= limit);
  return {
    // Pages are counted in the file.
    words: call?.limitIsAssumed === true && fits === 'ok' ? 'look' : fits,
    language: ofCall(({ languages }) => languages.includes(model.language)),
    formats: ofCall(
      ({ formats }) => document.formats.length > 0 && document.formats.every((one) => formats.includes(one)),
    ),
    subject: ofCall(({ isSubject }) => isSubject(document.subject, model.language, markIn(document))),
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

/** A late text that says so on its first page: a person has to judge, since some bodies still accept it. */
function deadlineVerdict(call: CallFacts | null, late: boolean, now: Date): Verdict {
  if (call === null) return 'look';
  if (call.deadline === null || now.getTime() <= Date.parse(call.deadline.instant)) return 'ok';
  return late ? 'look' : 'wrong';
}

/** The last row counts; no row means no. */
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

// Sessions in which the warning about hard words was shown. In memory: after a restart it is shown again.

const MOST = 10_000;

export class Readiness {
  readonly #ready = new Set<string>();

  /** `session`: a value that only this session has. */
  isReady(session: string): boolean {
    return this.#ready.has(session);
  }

  makeReady(session: string): void {
    if (this.#ready.size >= MOST) this.#ready.clear();
    this.#ready.add(session);
  }
}

export interface BlockView {
  readonly block: DocumentBlock;
  /** Its anchor in the transcript; null for text that is not the person's. */
  readonly anchor: string | null;
  readonly isNew: boolean;
  /** Its author's own words, if the block is a translation of them. */
  readonly original: Part['original'] | null;
}

/** Of the document on the page: it can still leave, it has left, or it does not leave. */
export type Fate = 'leaves' | 'left' | 'stays';

/** A mail that came back can be sent again. */
function fateOf(mail: DeskMail | null): Fate {
  if (mail?.state === 'cancelled') return 'stays';
  const hasLeft = mail?.state === 'sent' || mail?.state === 'written';
  return hasLeft && mail.attemptsMade.at(-1)?.outcome !== 'bounced' ? 'left' : 'leaves';
}

export interface ContributionView {
  readonly kept: DeskContribution;
  readonly reference: string | null;
  /** Null: no final document was built yet. */
  readonly document: ReadDocument | null;
  readonly fate: Fate;
  /** The version that may leave instead at the deadline. */
  readonly fallback: ReadDocument | null;
  readonly blocks: readonly BlockView[];
  readonly found: readonly Finding[];
  /** When this reviewer last viewed it; null: never. */
  readonly lookedAt: string | null;
  readonly gone: number;
  /** The present answers differ from this document. */
  readonly changed: boolean;
  readonly checks: readonly Check[];
  readonly mail: DeskMail | null;
  readonly review: ReviewState | null;
  readonly acts: readonly ReviewRow[];
  /** Answers, bounces and automatic replies, oldest first. */
  readonly cameBack: readonly ListedMail[];
}

export interface CaseView {
  readonly case: DeskCase;
  readonly call: CallFacts | null;
  readonly contributions: readonly ContributionView[];
  /** Of a joint document: its contributions, in its order, each of another case. Else empty. */
  readonly together: readonly ContributionOf[];
  readonly steppedBack: boolean;
}

/** Null if the case does not exist (any more). Counts as a view by this reviewer. */
export async function lookAt(desk: Desk, id: string, staff: SignedIn): Promise<CaseView | null> {
  const found = await desk.store.desk.case(id);
  if (found === null) return null;
  const call = desk.knows.callOf(found.callId);
  const contributions: ContributionView[] = [];
  for (const kept of found.contributions) contributions.push(await viewOf(desk, found, kept, { call, staff }));
  const together = (await desk.store.contributionsOf(id)).filter((one) => one.case !== id);
  return { case: found, call, contributions, together, steppedBack: found.steppedBack.includes(staff.id) };
}

async function viewOf(
  desk: Desk,
  found: DeskCase,
  kept: DeskContribution,
  { call, staff }: { readonly call: CallFacts | null; readonly staff: SignedIn },
): Promise<ContributionView> {
  const { store, knows } = desk;
  const document = kept.document === null ? null : readDocument(kept.document);
  const blocks = document?.model.blocks ?? [];
  const trace = traceBlocks(blocks, kept.parts, document?.model.aside);
  const seen = blocks.map(fingerprintOf);
  const before = await store.desk.look(kept.id, staff.id, { at: desk.now().toISOString(), seen });
  const mail = kept.mails.findLast(({ kind }) => kind !== 'withdrawal') ?? null;
  const reference = mail?.reference ?? document?.model.reference ?? found.reference;
  const answers = blocks.filter(isAnswer).map(({ text }) => text);
  const findings = knows.findings(answers);
  return {
    kept,
    reference,
    document,
    fate: fateOf(mail),
    fallback: kept.fallback === null ? null : readDocument(kept.fallback),
    blocks: blocks.map((block, index) => ({
      block,
      anchor: anchorAt(kept.id, trace.messages[index] ?? null),
      isNew: before !== null && !before.seen.includes(seen[index] ?? ''),
      original: originalOf(kept.parts, trace.messages[index] ?? null),
    })),
    found: findings,
    lookedAt: before?.at ?? null,
    gone: before === null ? 0 : before.seen.filter((one) => !seen.includes(one)).length,
    changed: trace.changed || kept.newer !== null,
    checks:
      document === null
        ? []
        : checklist({
            document,
            call,
            verified: await desk.knows.recipientOf(found.callId),
            approvals: reference === null ? [] : await store.approvals(reference),
            consents: kept.consents,
            found: findings.map(({ kind }) => kind),
            now: desk.now(),
          }),
    mail,
    review: reference === null ? null : await store.reviews.stateOf(reference),
    acts: reference === null ? [] : await store.reviews.reviewsOf(reference),
    cameBack: await store.mailsIn.listOf([...new Set(kept.mails.map((one) => one.reference))]),
  };
}

/** Only of a paragraph that is whole in one message: its translation is then next to exactly these words. */
function originalOf(parts: readonly Part[], message: string | null): Part['original'] | null {
  return parts.find(({ id }) => id === message)?.original ?? null;
}

function anchorAt(contribution: string, message: string | null): string | null {
  return message === null ? null : anchorOf(contribution, message);
}

/** All data of a case page. */
export interface CasePage {
  readonly view: CaseView;
  /** Its entry in the queue, open or over. Null if it was erased at this moment. */
  readonly entry: QueueEntry | null;
  /** A line about colleagues that read it now ("": nobody), and the script that keeps it up to date. */
  readonly reading: { readonly line: string; readonly script: string };
  /** The day that is offered for putting it off, YYYY-MM-DD. */
  readonly putOffDay: string;
  readonly staff: SignedIn;
  readonly language: Language;
  readonly texts: StaffTexts['case'];
  readonly release: StaffTexts['release'];
  readonly queue: StaffTexts['queue'];
  readonly exports: StaffTexts['exports'];
  readonly mails: StaffTexts['mails'];
  readonly knows: Pick<Knowledge, 'wordingOf' | 'withheldLabels'>;
  readonly moment: (iso: string) => string;
  readonly nameOf: (staff: string) => string;
  /** Staff to whom the case can be assigned. */
  readonly colleagues: readonly (readonly [id: string, name: string])[];
  /** The hidden field of every form. */
  readonly csrf: Html;
  /** Result of the last act. */
  readonly said: string | null;
  /** When retention erases it, in a sentence. */
  readonly kept: string;
  /** Releases that this reviewer can still take back. */
  readonly takeable: Html | null;
  /** Minutes after a release of now before the mail leaves; 0: the deadline is too near. */
  readonly windowMinutes: number;
  /** The end of that window, ISO 8601 UTC. */
  readonly leavesFrom: string;
  /** The time of day only. */
  readonly clock: (iso: string) => string;
}
