// One case as a reviewer looks at it: everything that a page shows, computed once. A case may hold several contributions,
// each under its own key and with its own mail.

import type { Finding } from '../../dialog/understanding/findings.ts';
import type { DeskCase, DeskContribution, DeskMail } from '../../store/desk/desk-port.ts';
import type { ContributionOf } from '../../store/organisers/organiser-port.ts';
import type { ListedMail } from '../../store/mail/mails-in-port.ts';
import type { ReviewRow, ReviewState } from '../../store/reviews/reviews-port.ts';
import type { CallFacts } from '../call-facts.ts';
import type { Desk } from '../desk.ts';
import type { SignedIn } from '../signed-in.ts';
import { checklist, type Check } from './checklist.ts';
import { readDocument, type DocumentBlock, type ReadDocument } from './read-document.ts';
import { anchorOf, fingerprintOf, traceBlocks } from './trace.ts';

export interface BlockView {
  readonly block: DocumentBlock;
  /** Where it stands in the transcript; null for what is not the person's. */
  readonly anchor: string | null;
  readonly isNew: boolean;
}

export interface ContributionView {
  readonly kept: DeskContribution;
  readonly reference: string | null;
  /** Null: nothing that could be approved was built yet. */
  readonly document: ReadDocument | null;
  /** What may leave in its place at the deadline. */
  readonly fallback: ReadDocument | null;
  readonly blocks: readonly BlockView[];
  readonly found: readonly Finding[];
  /** When this reviewer looked before; null: never. */
  readonly lookedAt: string | null;
  readonly gone: number;
  /** The answers that are kept are no longer those of this document. */
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
  /** Of a document for several: whose words stand in it, in its order, each with a case of their own. Else empty. */
  readonly together: readonly ContributionOf[];
  readonly steppedBack: boolean;
}

/** Null where the case is not there (any more). Counts as this reviewer's look. */
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
  const trace = traceBlocks(blocks, kept.parts);
  const seen = blocks.map(fingerprintOf);
  const before = await store.desk.look(kept.id, staff.id, { at: desk.now().toISOString(), seen });
  const mail = kept.mails.findLast(({ kind }) => kind !== 'withdrawal') ?? null;
  const reference = mail?.reference ?? document?.model.reference ?? found.reference;
  const answers = blocks.filter(({ kind }) => kind === 'paragraph' || kind === 'link').map(({ text }) => text);
  const findings = knows.findings(answers);
  return {
    kept,
    reference,
    document,
    fallback: kept.fallback === null ? null : readDocument(kept.fallback),
    blocks: blocks.map((block, index) => ({
      block,
      anchor: anchorAt(kept.id, trace.messages[index] ?? null),
      isNew: before !== null && !before.seen.includes(seen[index] ?? ''),
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
            verified: (await store.callAddress(found.callId))?.address ?? null,
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

function anchorAt(contribution: string, message: string | null): string | null {
  return message === null ? null : anchorOf(contribution, message);
}
