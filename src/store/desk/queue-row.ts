// One row of the queue, and what follows from its columns alone. Pure; nothing that anybody wrote is in it.

import type { Flag } from '../../dialog/engine/effect.ts';
import type { MailKind } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';
import type { ReviewState } from '../reviews/review-read.ts';
import type { MailState } from '../schema/feature-tables.ts';

export interface FlagRow {
  readonly flag: Flag;
  /** The first time. */
  readonly at: string;
  readonly lastAt: string;
}

/** One case, or a person without a case who asked for help. */
export interface QueueRow {
  /** Null before a case is open. */
  readonly case: string | null;
  readonly person: string;
  readonly reference: string | null;
  readonly callId: string;
  /** The channel that the person last wrote from; null if no address is left. */
  readonly channel: string | null;
  readonly language: Language;
  readonly openedAt: string;
  /** When somebody of the case last wrote. */
  readonly lastAt: string;
  readonly contributions: number;
  /** Words of the document that would leave, else of the answers so far. */
  readonly words: number;
  /** The last choice of each contribution, without duplicates; empty if nobody was asked yet. */
  readonly publication: readonly string[];
  /** Each once, in the order of their first time. */
  readonly flags: readonly FlagRow[];
  /** The newest mail of the case. */
  readonly mail: QueueMail | null;
  /** The newest mail of the case that takes a text back, or asks not to publish it. */
  readonly withdrawal: QueueMail | null;
  /** The text was built again after its approval. */
  readonly changed: boolean;
  /** Its person has begun another text: nothing more comes of this one. */
  readonly closed: boolean;
  /** Of the newest mail, if it was ever under review. */
  readonly review: QueueReview | null;
  readonly assignedTo: string | null;
  readonly assignedAt: string | null;
  /** Accounts of staff who have stepped back from it. */
  readonly steppedBack: readonly string[];
  /** When staff last wrote to its people, or asked them something; null: never. */
  readonly answeredAt: string | null;
  /** When staff last asked them a question; null: never. */
  readonly askedAt: string | null;
  /** Until then everything that had come back was dealt with; null: never. */
  readonly dealtAt: string | null;
  /** Mails of others that nobody has dealt with: how many, and when the first of them arrived. */
  readonly cameBack: Waiting | null;
  /** Recordings that wait for somebody who writes them down. */
  readonly recordings: Waiting | null;
  readonly putOff: PutOff | null;
  /** Members of staff that have its page open, the earliest first. */
  readonly readers: readonly Reading[];
}

/** Enough to order and to narrow a list: known without opening anything sealed. */
export type QueueFacts = Omit<QueueRow, 'publication' | 'changed'>;

/** `people`: the contributions of the case, whose keys open the rest of its row; none for a person without a case. */
export interface Facts extends QueueFacts {
  readonly people: readonly string[];
}

export type QueueReview = Pick<
  ReviewState,
  'needed' | 'releasedBy' | 'onHold' | 'state' | 'ifUnreachable' | 'alarmed' | 'decided'
>;

interface Waiting {
  readonly count: number;
  readonly since: string;
}

export interface PutOff {
  readonly until: string;
  readonly why: string;
  readonly staff: string;
  readonly at: string;
}

export interface Reading {
  readonly staff: string;
  readonly since: string;
}

export interface QueueMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly reference: string;
  readonly state: MailState;
  readonly sha256: string;
  readonly handedOver: boolean;
  /** Held by its person's own doubt. */
  readonly doubted: boolean;
  readonly queuedAt: string;
  readonly notBefore: string;
  readonly endedAt: string | null;
  /** The outcome of the last attempt, e.g. 'bounced'; null before the first. */
  readonly outcome: string | null;
  readonly attemptAt: string | null;
}

/** These people wait for words of staff. */
const ASKS: readonly Flag[] = [
  'asks-for-person',
  'wants-contact',
  'wants-translation',
  'answered',
  'wrote-back',
  'no-file',
];

type Asking = Pick<QueueRow, 'flags' | 'answeredAt' | 'dealtAt'>;

/** The flags that call for words of staff and were not followed by any: danger first. */
export function openCalls({ flags, answeredAt, dealtAt }: Asking): readonly FlagRow[] {
  const isOpen = ({ lastAt }: FlagRow) => [answeredAt, dealtAt].every((done) => done === null || done < lastAt);
  const open = flags.filter(isOpen);
  return [...open.filter(({ flag }) => flag === 'in-danger'), ...open.filter(({ flag }) => ASKS.includes(flag))];
}

/** They may be in danger until it was dealt with: words that were sent to them show nothing, if they ask again. */
export function mayBeInDanger({ flags, dealtAt }: Asking): boolean {
  return flags.some(({ flag, lastAt }) => flag === 'in-danger' && (dealtAt === null || dealtAt < lastAt));
}

/** Back with its person, who may still change and send it. */
export function isTakenBack({ mail, review, closed }: Pick<QueueRow, 'mail' | 'review' | 'closed'>): boolean {
  return mail?.state === 'cancelled' && mail.kind !== 'withdrawal' && !closed && review?.decided !== 'not-sent';
}

/** A mail that has not arrived, as far as is known, and nobody has dealt with. */
export function isStuck({ mail, dealtAt }: Pick<QueueRow, 'dealtAt'> & { readonly mail: QueueMail | null }): boolean {
  if (mail === null) return false;
  if (mail.state === 'refused' || mail.state === 'held') return true;
  // Nothing more may be known of these: a person can call them dealt with.
  if (mail.state !== 'uncertain' && mail.outcome !== 'bounced') return false;
  const since = mail.attemptAt ?? mail.endedAt ?? mail.queuedAt;
  return dealtAt === null || dealtAt < since;
}

/**
 * Of a text that its person takes back: the mail that says so is on its way, has not arrived, or has, and the body's answer is
 * awaited. Null: there is none, or it was dealt with. After most of these mails the whole case is erased.
 */
export function withdrawalOf({
  withdrawal,
  dealtAt,
}: Pick<QueueRow, 'withdrawal' | 'dealtAt'>): 'on-its-way' | 'stuck' | 'awaited' | null {
  if (withdrawal === null || withdrawal.state === 'cancelled' || withdrawal.state === 'written') return null;
  if (withdrawal.endedAt === null) return 'on-its-way';
  if (isStuck({ mail: withdrawal, dealtAt })) return 'stuck';
  return dealtAt === null || dealtAt < withdrawal.endedAt ? 'awaited' : null;
}

/** Its mail has left or will not leave, and it waits for nobody. */
export function isOver(row: QueueFacts): boolean {
  const { mail } = row;
  if (typeof mail?.endedAt !== 'string' || isStuck(row) || isTakenBack(row) || withdrawalOf(row) !== null) return false;
  return openCalls(row).length === 0 && row.cameBack === null && row.recordings === null;
}
