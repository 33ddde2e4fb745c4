// The facts of a text that its organiser is told: *cases* says them in one line, and the overview of the web chat in a row.

import type { CallForInputs } from '../../calls/call.ts';
import { asksCountry } from '../../calls/country.ts';
import { offeredBy } from '../../calls/publication.ts';
import { wordsIn } from '../engine/budget.ts';
import { hasAnswer, topicsFor } from '../engine/questions.ts';
import type { TextRef } from '../engine/reply.ts';
import { isYetToCome } from '../engine/route.ts';
import type { Session } from '../engine/session.ts';
import type { PutAway } from '../engine/world.ts';
import { unanswered } from '../prompts/story/compulsory.ts';

type CaseStatus = 'no-yes' | 'open' | 'agreed' | 'offered' | 'asked' | 'sending' | 'sent' | 'withdrawn' | 'closed';

/** A mail of this case can still be stopped. */
export function isWaiting({ mails }: Session): boolean {
  return mails.some((one) => one.mail !== 'withdrawal' && one.outcome === 'waiting');
}

export function caseStatus(session: Session, at: string): CaseStatus {
  const { teller, mails, kept, joint } = session;
  const last = mails.at(-1);
  // A person in a joint document who withdraws their part withdraws nobody else's.
  const isPart = joint !== undefined && joint.members.length > 0 && last?.erases !== true;
  if (last?.mail === 'withdrawal' && !isPart) return 'withdrawn';
  if (session.asked !== undefined) return 'asked';
  if (isWaiting(session)) return 'sending';
  if (mails.length > 0) return 'sent';
  if (teller?.closed === true) return 'closed';
  if (teller?.offered !== undefined && at < teller.offered) return 'offered';
  if (!kept) return 'no-yes';
  return teller?.readBack === undefined ? 'open' : 'agreed';
}

/** Without joint documents that lost all texts before they were sent. */
export function listedOf(cases: readonly PutAway[]): readonly PutAway[] {
  return cases.filter(({ session }) => session.joint?.members.length !== 0 || session.mails.length > 0);
}

export interface CaseFacts {
  readonly key: string;
  readonly name: string | TextRef;
  /** "3 of 5 points", "610 words". None for a joint document: they are those of its texts. */
  readonly counts: readonly TextRef[];
  /** "not read back yet" */
  readonly standing: TextRef;
  /** "to come: the story, the names", until it is sent; null if nothing is missing. */
  readonly toCome: TextRef | null;
}

interface Listing {
  readonly call: CallForInputs;
  /** ISO; now. */
  readonly at: string;
  readonly nameOf: (session: Session) => string | TextRef;
}

/** Of all listed cases, in their order. */
export function factsOfCases(cases: readonly PutAway[], { call, at, nameOf }: Listing): readonly CaseFacts[] {
  const joined = new Set(cases.flatMap(({ session }) => session.joint?.members ?? []));
  return cases.map(({ key, session }): CaseFacts => {
    const { joint, contribution, teller } = session;
    if (joint !== undefined) {
      const status = session.mails.length === 0 ? 'joint' : caseStatus(session, at);
      const name = { key: 'joint.case-name', params: { count: joint.members.length } };
      return { key, name, counts: [], standing: standing(status), toCome: null };
    }
    // A text that changed since it was agreed to is read back before it counts as agreed again.
    const isIn = contribution !== null && joined.has(contribution) && teller?.readBack !== undefined;
    const status = isIn ? 'joined' : caseStatus(session, at);
    const isOpen = status === 'open' || status === 'agreed';
    return {
      key,
      name: nameOf(session),
      counts: countsOf(session, call),
      standing: standing(status),
      toCome: isOpen ? toCome(missingIn(session, call)) : null,
    };
  });
}

function countsOf(session: Session, call: CallForInputs): readonly TextRef[] {
  const topics = topicsFor(call, session);
  const answered = topics.filter((topic) => hasAnswer(session, topic)).length;
  const words = { key: 'gathering.count', params: { words: wordsIn(session) } };
  if (topics.length === 0) return [words];
  return [{ key: 'gathering.progress', params: { answered, topics: topics.length } }, words];
}

const standing = (status: CaseStatus | 'joined' | 'joint'): TextRef => ({ key: `gathering.standing.${status}` });

/** "Amina: 3 of 5 points, 610 words, not read back yet, to come: the names" */
export function lineOf({ name, counts, standing, toCome }: CaseFacts): TextRef {
  const facts = [...counts, standing, ...(toCome === null ? [] : [toCome])];
  return { key: 'gathering.line', params: { name, facts: { list: facts, by: 'comma' } } };
}

function toCome(missing: readonly TextRef[]): TextRef | null {
  return missing.length === 0 ? null : { key: 'gathering.to-come', params: { what: { list: missing, by: 'comma' } } };
}

/** As far as it shows: the names as long as an earlier question is open. */
function missingIn(session: Session, call: CallForInputs): readonly TextRef[] {
  const required = unanswered({ world: { call }, session }).length;
  const { counts, country, publication } = session;
  const missing: readonly (readonly [TextRef, boolean])[] = [
    [{ key: 'gathering.missing.story' }, counts['story'] === undefined],
    [{ key: 'gathering.missing.points', params: { required } }, required > 0],
    [{ key: 'gathering.missing.names' }, isYetToCome('author-form', session)],
    [{ key: 'gathering.missing.country' }, country === null && asksCountry(call)],
    [{ key: 'gathering.missing.publication' }, publication === null && offeredBy(call).length > 0],
  ];
  return missing.flatMap(([one, is]) => (is ? [one] : []));
}
