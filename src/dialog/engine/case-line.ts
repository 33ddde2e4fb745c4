// What is told of a case in a list: how far it is, in a few words.

import { topicsOf, type CallForInputs } from '../../calls/call.ts';
import type { Param, TextRef } from './reply.ts';
import type { Session } from './session.ts';

type Standing = 'no-yes' | 'open' | 'agreed' | 'offered' | 'asked' | 'sending' | 'sent' | 'withdrawn' | 'closed';

/** A mail of this case can still be stopped. */
export function isWaiting({ mails }: Session): boolean {
  return mails.some((one) => one.mail !== 'withdrawal' && one.outcome === 'waiting');
}

export function standingOf(session: Session, at: string): Standing {
  const { teller, mails, kept } = session;
  if (mails.at(-1)?.mail === 'withdrawal') return 'withdrawn';
  if (session.asked !== undefined) return 'asked';
  if (isWaiting(session)) return 'sending';
  if (mails.length > 0) return 'sent';
  if (teller?.closed === true) return 'closed';
  if (teller?.offered !== undefined && at < teller.offered) return 'offered';
  if (!kept) return 'no-yes';
  return teller?.readBack === undefined ? 'open' : 'agreed';
}

/** "Amina: 3 of 5 topics, 610 words, not read back yet" */
export function caseLine(session: Session, name: Param, call: CallForInputs, at: string, joined: boolean): TextRef {
  if (session.joint !== undefined) {
    const standing = { key: `gathering.standing.${session.mails.length === 0 ? 'joint' : standingOf(session, at)}` };
    return { key: 'joint.case-line', params: { count: session.joint.members.length, standing } };
  }
  const topics = topicsOf(call);
  const answered = topics.filter(({ id }) =>
    Object.keys(session.counts).some((slot) => slot === `topic/${id}` || slot.startsWith(`topic/${id}/`)),
  );
  const words = wordsIn(session);
  return {
    key: topics.length === 0 ? 'gathering.line-plain' : 'gathering.line',
    params: {
      name,
      answered: answered.length,
      topics: topics.length,
      words,
      standing: { key: `gathering.standing.${joined ? 'joined' : standingOf(session, at)}` },
    },
  };
}

export function wordsIn(session: Session): number {
  return Object.values(session.counts).reduce((sum, { words }) => sum + words, 0);
}
