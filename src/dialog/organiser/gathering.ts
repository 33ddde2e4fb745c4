// An organiser is one person with many cases, each with a session. The organiser's own fields are copied between them.

import { type CallForInputs, wordLimitOf } from '../../calls/call.ts';
import type { Publication } from '../../calls/publication.ts';
import type { Flag } from '../engine/effect.ts';
import type { TextRef } from '../engine/reply.ts';
import { newSession, type Position, type Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';

/** Minutes after which an organiser's passphrase is asked again on a page that others may look at. */
export const QUIET_MINUTES = 5;

/** The organiser's own session, as it is after a turn in any of their cases. */
export function homeOf(session: Session): Session {
  if (session.gathers === 'home') return session;
  const { language, call, boot, lastAt } = session;
  return {
    ...newSession({ language, call, boot, lastAt }),
    ...shared(session),
    gathers: 'home',
    kept: true,
    adult: true,
    role: session.drafts === true ? null : 'organiser',
    at: { prompt: 'home' },
  };
}

/** A case as it is opened: the organiser's own fields are always the present ones. */
export function asFound(put: Session, home: Session): Session {
  const { notes: _, toOrganiser: __, wordLockedAt: ___, wordReset: ____, drafts: _____, ...rest } = put;
  return { ...rest, ...shared(home), ...(put.gathers === undefined ? {} : { gathers: put.gathers }) };
}

/** A case without any consent yet. */
export function newCase(home: Session, call: Session['call']): Session {
  const { language, boot, lastAt } = home;
  const fresh = newSession({ language, call, boot, lastAt });
  return { ...fresh, ...shared(home), gathers: 'case', role: 'organiser', at: { prompt: 'teller-name' } };
}

function shared(session: Session) {
  const { language, boot, lastAt, version, ownWord, ownWordOffered, unlockedAt, wrongWords, paused } = session;
  const { disappearing, together, notes, toOrganiser, wordLockedAt, wordReset, drafts, blockedTold } = session;
  return {
    ...{ language, boot, lastAt, version, ownWord, ownWordOffered, unlockedAt, wrongWords, paused },
    ...(disappearing === undefined ? {} : { disappearing }),
    ...(together === undefined ? {} : { together }),
    ...(drafts === undefined ? {} : { drafts }),
    ...(notes === undefined ? {} : { notes }),
    ...(toOrganiser === undefined ? {} : { toOrganiser }),
    ...(wordLockedAt === undefined ? {} : { wordLockedAt }),
    ...(wordReset === undefined ? {} : { wordReset }),
    ...(blockedTold === undefined ? {} : { blockedTold }),
  };
}

/** Flags about the person, kept for their next text; others are found again in it. */
export const FLAGS_OF_PERSON: readonly string[] = [
  'asks-for-person',
  'in-danger',
  'under-age',
  'wants-contact',
] satisfies Flag[];

/** A person's own text for another call, without any consent yet. */
export function newOwnText(from: Session, call: Session['call']): Session {
  const { language, boot, lastAt } = from;
  const flags = from.flags.filter((flag) => FLAGS_OF_PERSON.includes(flag));
  return { ...newSession({ language, call, boot, lastAt }), ...shared(from), flags, drafts: true };
}

/** A joint document, whose texts stay in their own cases. */
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

/** The first question of an organiser before anybody's story; null if the usual way follows. */
export function askedFirst({ world, session }: Turn): Position | null {
  if (session.gathers === undefined || session.joint !== undefined) return null;
  if (session.together === undefined && mayJoin(world.call)) return { prompt: 'together' };
  if (!session.ownWordOffered && world.intake.optional['own-word']) return { prompt: 'own-word' };
  if (session.gathers === 'home') return { prompt: 'home' };
  if (session.teller === undefined) return { prompt: 'teller-name' };
  if (session.teller.told === undefined) return { prompt: 'teller-language' };
  return session.kept ? null : { prompt: 'teller-consent' };
}

/** A body that says nothing about joint submissions takes them like any other text. */
function mayJoin(call: CallForInputs): boolean {
  return call.joint.allowed !== 'no';
}

/** About how many words each of nine people would have in one document; null without a limit. */
export function shareOfNine(call: CallForInputs): number | null {
  const limit = wordLimitOf(call, true);
  return limit === null ? null : Math.floor(limit / 9 / 10) * 10;
}

/** The name of a case in replies: the title of its call, if a person has several of their own; if there is a passphrase that was given, its label; else its number. */
export function nameOf(turn: Turn, session: Session = turn.session): string | TextRef {
  return nameFor(turn.session, session);
}

/** `organiser`: the session that they write in. */
export function nameFor({ ownWord, unlockedAt }: Session, session: Session): string | TextRef {
  if (session.drafts === true) return { key: 'call:short', call: session.call.hash };
  if (session.teller === undefined && session.joint === undefined) return { key: 'gathering.unnamed' };
  if (ownWord !== null && unlockedAt !== null) return session.teller?.label ?? '';
  return { key: 'gathering.person', params: { number: session.teller?.number ?? 1 } };
}

/** A case that its own person took over: it is theirs alone, and their choices are still to be made. */
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
