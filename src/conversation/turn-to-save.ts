// Effects → what the store saves. Pure.

import { VOICE_LINE, type Rendered } from '../channels/channel.ts';
import type { Effect } from '../dialog/effect.ts';
import { MESSAGE_LIMIT, type Event } from '../dialog/event.ts';
import type { Reply } from '../dialog/reply.ts';
import type { Session } from '../dialog/session.ts';
import { promptKey } from '../dialog/turning.ts';
import type { Given } from './take-case.ts';
import type { CasesToSave } from '../store/organiser-port.ts';
import type { ConsentRow, DocumentToSave, MailToQueue, PendingTurn, TurnToSave } from '../store/store.ts';

export interface Taken {
  readonly pending: PendingTurn;
  readonly before: Session;
  readonly session: Session;
  readonly effects: readonly Effect[];
  readonly replies: readonly { readonly reply: Reply; readonly rendered: Rendered }[];
  /** What stands in place of what is taken out of the transcript. */
  readonly takenOut: Rendered;
  readonly consents: readonly ConsentRow[];
  readonly documents: readonly DocumentToSave[];
  readonly mails: readonly MailToQueue[];
  /** Names of channels that have `notify`. */
  readonly drawnOn: readonly string[];
  /** Of the channel that it came on. */
  readonly gathers?: number;
  readonly archive: string;
  /** When the turn was taken; ISO 8601 UTC. */
  readonly at: string;
  readonly cases: CasesToSave | null;
  /** What the case was called by whoever gave it to this person; null where none came over. */
  readonly given: Given | null;
}

export function turnToSave(taken: Taken): TurnToSave {
  const { pending, before, session, effects, replies, at } = taken;
  const of = <K extends Effect['kind']>(kind: K) =>
    effects.filter((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind);
  const opened = of('open-case')[0];
  const erasing = of('erase').find(({ what }) => what === 'case');
  const erased = erasing === undefined ? null : (erasing.case ?? before.case);
  return {
    pending,
    session,
    state: stateOf(session),
    ...(taken.cases === null ? {} : { cases: taken.cases }),
    ...joinOf(of('join')),
    ...codesOf(effects, pending.event, taken.given),
    at,
    said: saidIn(pending.event),
    openCase: opened === undefined ? null : { case: opened.case, contribution: opened.contribution },
    closeCase: of('close-case').length > 0,
    ...(erased === null ? {} : { eraseCase: erased }),
    addParts: of('part.add').map(({ part }) => part),
    replaceParts: of('part.replace').map(({ part }) => part),
    removeParts: of('part.remove').flatMap(({ ids }) => ids),
    hold: of('hold').map(({ part }) => part),
    useHeld: of('held.use')[0]?.slot ?? null,
    heldFirst: of('held.use')[0]?.first === true,
    eraseHeld: of('held.erase').length > 0,
    queueVoice: of('voice.queue').map(({ kind: _, ...how }) => how),
    eraseVoice: [...of('voice.erase').flatMap(({ ids }) => ids), ...notKept(pending.event, effects)],
    ...heldIdsOf(before, of('held.erase')),
    redact: of('redact').map(({ message }) => message),
    unsay: of('unsay').map(({ about }) => ({ promptId: shownOf(about), mark: taken.takenOut })),
    consents: taken.consents,
    flags: of('flag').map(({ flag }) => flag),
    unflag: of('unflag').map(({ flag }) => flag),
    answers: of('answer-proposal'),
    replies: replies.map(({ reply, rendered }) => ({
      body: rendered,
      promptId: reply.prompt?.id ?? (reply.about === undefined ? null : shownOf(reply.about)),
      replaces: reply.replaces ?? null,
    })),
    drawnOn: taken.drawnOn,
    ...(taken.gathers === undefined ? {} : { gathers: taken.gathers }),
    code: of('code').at(-1)?.code ?? null,
    documents: taken.documents,
    mails: taken.mails,
    cancel: of('cancel').map(({ reference }) => reference),
    doubt: of('doubt-mail').map(({ reference }) => reference),
    resume: of('resume-mail').map(({ reference, notBefore }) => ({ reference, notBefore })),
    archive: opened === undefined ? null : { hash: session.call.hash, callId: session.call.id, text: taken.archive },
  };
}

/** Under what the words of a recording stand in the transcript. */
function shownOf(recording: string): string {
  return `shown/${recording}`;
}

function joinOf(effects: readonly Extract<Effect, { kind: 'join' }>[]): Pick<TurnToSave, 'join'> {
  const members = effects.at(-1)?.members;
  return members === undefined ? {} : { join: members };
}

/** Who gave a case learns that it was taken, who wrote one down that it was withdrawn. */
function codesOf(effects: readonly Effect[], { id, at }: Event, given: Given | null): Pick<TurnToSave, 'codes'> {
  const of = <K extends Effect['kind']>(kind: K) =>
    effects.filter((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind);
  const [take] = given === null ? [] : of('take-case');
  const [withdrawn] = of('withdraw-by-code');
  const make = of('code.make').map(({ code }) => code);
  const wrong = of('code.wrong')[0]?.id ?? null;
  const end = of('code.end').length > 0;
  const [renewed] = of('code.renew');
  const renew = renewed === undefined ? {} : { renew: { id: renewed.id, code: renewed.code } };
  if (
    renewed === undefined &&
    take === undefined &&
    withdrawn === undefined &&
    make.length === 0 &&
    wrong === null &&
    !end
  )
    return {};
  return {
    codes: {
      ...{ make, end, wrong, ...renew },
      take:
        take === undefined
          ? null
          : { code: take.code, tell: { id: `${id}/taken`, at, kind: 'case-taken', name: '', ...given } },
      post: withdrawn === undefined ? null : { code: withdrawn.code, withdrawal: { id: `${id}/withdrawn`, at } },
    },
  };
}

/** A recording that the turn did not ask to keep. */
function notKept(event: Event, effects: readonly Effect[]): readonly string[] {
  const kept = effects.some((effect) => effect.kind === 'voice.queue' && effect.id === event.id);
  return event.kind === 'voice' && !kept ? [event.id] : [];
}

export function stateOf(session: Session): TurnToSave['state'] {
  return {
    step: promptKey(session.at),
    language: session.language,
    reference: session.reference,
    callId: session.call.id,
    case: session.case,
    contribution: session.contribution,
  };
}

/** What one case holds is not another one's to use or to erase. */
function heldIdsOf(
  { held, gathers }: Session,
  erases: readonly Extract<Effect, { kind: 'held.erase' }>[],
): Pick<TurnToSave, 'heldIds'> {
  const left = erases.flatMap((effect) => effect.ids ?? []);
  if (left.length > 0) return { heldIds: left };
  const ids = Object.keys(held.ids ?? {});
  return gathers === undefined || ids.length === 0 ? {} : { heldIds: ids };
}

/** What the transcript keeps of an event. */
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
