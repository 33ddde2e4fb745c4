// An organiser is one person with many cases, each with a session of its own. What is theirs and no case's goes with them.

import { type CallForInputs, wordLimitOf } from '../../calls/call.ts';
import type { Publication } from '../engine/event.ts';
import type { Param } from '../engine/reply.ts';
import { newSession, type Position, type Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';

/** Minutes after which an organiser's own word is asked again on a page that others may look at. */
export const QUIET_MINUTES = 5;

/** The organiser's own place, as it stands after a turn in any of their cases. */
export function homeOf(session: Session): Session {
  if (session.gathers === 'home') return session;
  const { language, call, boot, lastAt } = session;
  return {
    ...newSession({ language, call, boot, lastAt }),
    ...shared(session),
    gathers: 'home',
    kept: true,
    adult: true,
    role: 'organiser',
    at: { prompt: 'home' },
  };
}

/** A case as its organiser finds it: what is theirs is always that of now. */
export function asFound(put: Session, home: Session): Session {
  const { notes: _, toOrganiser: __, wordLockedAt: ___, wordReset: ____, ...rest } = put;
  return { ...rest, ...shared(home), ...(put.gathers === undefined ? {} : { gathers: put.gathers }) };
}

/** A case that nobody has said yes to yet. */
export function newCase(home: Session, call: Session['call']): Session {
  const { language, boot, lastAt } = home;
  const fresh = newSession({ language, call, boot, lastAt });
  return { ...fresh, ...shared(home), gathers: 'case', role: 'organiser', at: { prompt: 'teller-name' } };
}

function shared(session: Session) {
  const { language, boot, lastAt, version, ownWord, ownWordOffered, unlockedAt, wrongWords, paused } = session;
  const { disappearing, together, notes, toOrganiser, wordLockedAt, wordReset } = session;
  return {
    ...{ language, boot, lastAt, version, ownWord, ownWordOffered, unlockedAt, wrongWords, paused },
    ...(disappearing === undefined ? {} : { disappearing }),
    ...(together === undefined ? {} : { together }),
    ...(notes === undefined ? {} : { notes }),
    ...(toOrganiser === undefined ? {} : { toOrganiser }),
    ...(wordLockedAt === undefined ? {} : { wordLockedAt }),
    ...(wordReset === undefined ? {} : { wordReset }),
  };
}

/** A document for several, whose texts stay in their own cases. */
export function newJoint(
  home: Session,
  call: Session['call'],
  members: readonly string[],
  publication: Publication,
): Session {
  const fresh = newCase(home, call);
  return {
    ...fresh,
    joint: { members: [...members] },
    publication,
    kept: true,
    adult: true,
    at: { prompt: 'joint-open' },
  };
}

/** What an organiser is asked before anybody's story: null where the way is everybody's. */
export function askedFirst({ world, session }: Turn): Position | null {
  if (session.gathers === undefined || session.joint !== undefined) return null;
  if (session.together === undefined && mayJoin(world.call)) return { prompt: 'together' };
  if (!session.ownWordOffered && world.intake.optional['own-word']) return { prompt: 'own-word' };
  if (session.gathers === 'home') return { prompt: 'home' };
  if (session.teller === undefined) return { prompt: 'teller-name' };
  if (session.teller.told === undefined) return { prompt: 'teller-language' };
  return session.kept ? null : { prompt: 'teller-consent' };
}

/** A body that says nothing of joint submissions takes them like any other text. */
function mayJoin(call: CallForInputs): boolean {
  return call.joint.allowed !== 'no';
}

/** About how many words each of nine people would have in one document; null without a limit. */
export function shareOfNine(call: CallForInputs): number | null {
  const limit = wordLimitOf(call, true);
  return limit === null ? null : Math.floor(limit / 9 / 10) * 10;
}

/** How a case is named aloud: by its number until the organiser's own word was given, where there is one. */
export function nameOf(turn: Turn, session: Session = turn.session): Param {
  const { ownWord, unlockedAt } = turn.session;
  if (ownWord !== null && unlockedAt !== null) return session.teller?.label ?? '';
  return { key: 'gathering.person', params: { number: session.teller?.number ?? 1 } };
}

/** A case that its own person took over: theirs alone, and their own choices still to be made. */
export function asOwn(session: Session): Session {
  const { teller: _, gathers: __, together: ___, notes: ____, toOrganiser: _____, ...kept } = session;
  const { importing: ______, imported: _______, ...rest } = kept;
  const sent = session.mails.length > 0;
  return {
    ...rest,
    ...(session.teller?.code === true ? { withdrawalCode: true } : {}),
    kept: true,
    adult: true,
    role: sent ? session.role : null,
    at: { prompt: sent ? 'after' : 'for-whom' },
    trail: [],
    under: [],
    publication: sent ? session.publication : null,
    built: null,
    doubt: null,
    paused: false,
  };
}
