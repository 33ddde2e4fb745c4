// Loads the facts of one turn from the store; the engine has no access to it.

import { VOICE_LINE } from '../channels/channel.ts';
import { type Event, MESSAGE_LIMIT } from '../dialog/engine/event.ts';
import { fingerprintsOf } from '../dialog/engine/paragraphs.ts';
import type { Session } from '../dialog/engine/session.ts';
import { promptKey } from '../dialog/engine/turn.ts';
import type { CaseFingerprints, ChannelFacts, Facts, PutAway, World } from '../dialog/engine/world.ts';
import { codeIn, typedIn } from '../dialog/understanding/commands.ts';
import { clean } from '../dialog/understanding/fold.ts';
import type { Lexicon } from '../dialog/understanding/lexicon.ts';
import type { Store } from '../store/open.ts';
import type { PendingTurn } from '../store/turns/turn-work.ts';

/** The text of an event for the transcript. */
export function saidIn(event: Event): string | null {
  switch (event.kind) {
    case 'message':
    case 'file-read':
    case 'edit':
      return event.text.length > MESSAGE_LIMIT ? null : event.text;
    case 'voice':
      return VOICE_LINE;
    case 'voice-written':
    case 'voice-failed':
    case 'unusable':
    case 'deletion':
    case 'opened':
    case 'elsewhere':
    case 'entered':
    case 'taken':
    case 'not-taken':
    case 'case-taken':
    case 'withdrawn-by-person':
    case 'member-left':
    case 'built':
    case 'translated':
    case 'translated-by-staff':
    case 'mail':
    case 'answered':
    case 'staff-words':
    case 'own-word-reset':
    case 'review':
      return null;
    default:
      return event satisfies never;
  }
}

interface Deps {
  readonly store: Store;
  readonly boot: string;
}
interface OfTurn {
  readonly pending: PendingTurn;
  readonly channel: ChannelFacts;
  readonly opens: boolean;
}

export async function factsOf(
  { store, boot }: Deps,
  { channel, opens, pending }: OfTurn,
  session: Session,
): Promise<Facts> {
  const mails = await mailFactsOf(store, session);
  const died = session.boot !== boot && (await store.endedUncleanly(session.boot));
  const goesOn = store.shared !== null && session.boot !== boot && !died;
  const interrupted = died ? await store.lastSaid(pending.person) : null;
  // On channels that draw the transcript themselves, no reply is refused.
  const mayBeRefused = pending.event.kind === 'message' && channel.seenBy !== 'network';
  const unheard = mayBeRefused && (await store.isUnheard(pending.person));
  const early = mayBeRefused ? await earlyOf(store, pending, session) : null;
  return {
    boot,
    channel,
    ...mails,
    ...(goesOn ? { goesOn: true as const } : {}),
    ...(opens ? {} : { elsewhere: true as const }),
    ...(unheard ? { unheard: true as const } : {}),
    ...(early === null ? {} : { early }),
    ...(interrupted === null ? {} : { interrupted }),
    ...(pending.blocked === undefined ? {} : { blocked: pending.blocked }),
  };
}

/**
 * Whether the message was written before the open question arrived. A tap names its question; a question that was never
 * sent as a separate reply cannot be answered too early.
 */
async function earlyOf(
  store: Store,
  { person, event }: PendingTurn,
  { at }: Session,
): Promise<NonNullable<Facts['early']> | null> {
  if (event.kind !== 'message' || event.written === undefined || event.choice !== undefined) return null;
  const asking = await store.newestAsking(person, promptKey(at));
  if (asking === null || (asking.arrivedAt !== null && asking.arrivedAt <= event.written)) return null;
  return asking.waits || asking.arrivedAt !== null ? 'waits' : 'lost';
}

type OfMails = Pick<Facts, 'mailLeft' | 'alsoHere' | 'gone'>;

/** From the outbox, not from the clock: the answer to *stop* must not be a guess. */
async function mailFactsOf(store: Store, { mails }: Session): Promise<OfMails> {
  const approved = mails.filter(({ mail }) => mail !== 'withdrawal');
  const waiting = approved.filter(({ outcome }) => outcome === 'waiting');
  const newest = waiting.at(-1);
  const mailLeft = newest !== undefined && (await hasLeft(store, newest));
  // For a single text the session knows enough.
  if (approved.length < 2) return { mailLeft };
  const alsoHere: string[] = [];
  for (const one of waiting.slice(0, -1)) if (!(await hasLeft(store, one))) alsoHere.push(one.reference);
  const gone: string[] = [];
  for (const { reference } of approved) if ((await store.mail(reference)).length === 0) gone.push(reference);
  return { mailLeft, alsoHere, gone };
}

const STAYS = ['review', 'given-back', 'waiting', 'frozen', 'held', 'cancelled'];

async function hasLeft(store: Store, { reference, mail }: Session['mails'][number]): Promise<boolean> {
  const items = await store.mail(reference);
  return items.some((item) => item.kind === mail && (item.attempts > 0 || !STAYS.includes(item.state)));
}

/** Fingerprints of an organiser's other cases: computed for a comparison, and not stored. */
export async function fingerprintsIn(
  { store, fingerprint }: { readonly store: Pick<Store, 'parts'>; readonly fingerprint: World['fingerprint'] },
  cases: readonly PutAway[],
): Promise<readonly CaseFingerprints[]> {
  const found: CaseFingerprints[] = [];
  for (const one of cases) {
    const { contribution, joint } = one.session;
    if (contribution === null || joint !== undefined) continue;
    found.push({ ...one, fingerprints: fingerprintsOf(await store.parts(contribution), fingerprint) });
  }
  return found;
}

/** Facts about a message that is a known code. */
export async function codeFacts(
  store: Pick<Store, 'findCode'>,
  { event, person }: PendingTurn,
): Promise<Pick<Facts, 'code'>> {
  const typed = event.kind === 'message' ? codeIn(event.text) : null;
  const found = typed === null ? null : await store.findCode(typed, event.at);
  if (found === null) return {};
  const { id, kind, state } = found;
  return { code: { id, kind, state, mine: found.person === person } };
}

/** Names the question that set-aside.ts asks: whether everything is to be erased. */
export const ERASE_QUESTION = 'set-aside/erase';

/** True if the person has answered that question with the word that erases. */
export async function saysErase(
  store: Pick<Store, 'lastAsked'>,
  lexicon: Lexicon,
  person: string,
  event: Event,
): Promise<boolean> {
  if (event.kind !== 'message' || typedIn(lexicon, clean(event.text)) !== 'erase') return false;
  return (await store.lastAsked(person)) === ERASE_QUESTION;
}
