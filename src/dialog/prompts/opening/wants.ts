// The wishes of a call for a text, apart from its answers, said at the step that it concerns, and only if the call says it.

import { acceptedLanguages, type CallForInputs, deadlineOf, isPast } from '../../../calls/call.ts';
import { wantsContact } from '../../../calls/why-not-served.ts';
import { countriesOf } from '../../../calls/country.ts';
import { offeredBy } from '../../../calls/publication.ts';
import { isLanguage, LANGUAGES } from '../../../languages.ts';
import { readersInWords } from '../../engine/kept-back.ts';
import type { TextRef } from '../../engine/reply.ts';
import type { Turn } from '../../engine/turn.ts';
import { sayUnstated } from '../../stages/other-language.ts';
import type { Question } from '../../understanding/word-lists.ts';
import { keepParams, operatorParams, sayDeadline } from './opening.ts';

type Group = Extract<CallForInputs['audience'], readonly string[]>[number];

/** The groups that a role belongs to. */
const GROUPS: Readonly<Record<'family' | 'witness' | 'organisation' | 'organiser', readonly Group[]>> = {
  family: ['families', 'survivors'],
  witness: ['families', 'survivors'],
  organiser: ['families', 'survivors', 'civil-society'],
  organisation: ['civil-society', 'accredited-ngos', 'academics', 'institutions', 'international-organisations'],
};

/** Before the story, once. */
export function tellWants(turn: Turn): void {
  const rules = [...audienceRule(turn), ...scopeRules(turn.world.call), ...useRules(turn.world.call)];
  if (rules.length > 0) turn.say('wants.ask', { rules: { list: rules, by: 'line' } });
}

/** If the call names those whom it asks, and this person is none of them. */
function audienceRule({ world, session }: Turn): readonly TextRef[] {
  const { audience } = world.call;
  if (typeof audience === 'string') return [];
  const own = GROUPS[session.role ?? 'family'];
  if (audience.some((group) => own.includes(group))) return [];
  const groups = audience.map((group): TextRef => ({ key: `wants.group.${group}` }));
  return [{ key: 'wants.audience', params: { groups: { list: groups, by: 'comma' } } }];
}

function scopeRules(call: CallForInputs): readonly TextRef[] {
  const { period } = call.scope;
  const countries = countriesOf(call);
  const day = (date: string) => ({ at: `${date}T12:00:00Z`, show: 'date' }) as const;
  return [
    ...(countries.length === 0 ? [] : [{ key: 'wants.countries', params: { countries: countries.join(', ') } }]),
    ...(call.scope.countries === 'one-per-submission' ? [{ key: 'wants.one-country' }] : []),
    ...(typeof period === 'string'
      ? []
      : [{ key: 'wants.period', params: { from: day(period.from), to: day(period.to) } }]),
  ];
}

function useRules({ afterwards }: CallForInputs): readonly TextRef[] {
  return [
    ...(afterwards['unpublished-only'] === 'yes' ? [{ key: 'wants.unpublished' }] : []),
    ...(afterwards.reuse === 'restricted' ? [{ key: 'wants.not-elsewhere' }] : []),
  ];
}

/** Before links are asked for: other things that can be added, and those that cannot. */
export function tellOfPapers(turn: Turn): void {
  const { allowed, 'reports-of-others': reports } = turn.world.call.attachments;
  if (allowed !== 'not-stated') turn.say(`wants.annexes-${allowed}`, operatorParams(turn));
  if (reports !== 'not-stated') turn.say(`wants.reports-${reports}`);
}

/** Before the name of the author is asked for. A telephone number or an address is never asked for here. */
export function tellOfIdentity(turn: Turn): void {
  const { asked, details, where } = turn.world.call.identity;
  if (asked !== 'required' && asked !== 'optional') return;
  const named = details.length === 0 ? (['not-stated'] as const) : details;
  const list = named.map((detail): TextRef => ({ key: `wants.detail.${detail}` }));
  const place = where === 'not-stated' ? '' : { key: `wants.where-${where}` };
  turn.say(`wants.identity-${asked}`, { details: { list, by: 'comma' }, where: place });
  if (wantsContact(turn.world.call)) turn.say('wants.contact-org', operatorParams(turn));
  else if (details.some((detail) => CONTACT.includes(detail))) turn.say('wants.no-contact');
}

const CONTACT: readonly string[] = ['email', 'telephone', 'postal-address'];

/** Once the text has left: whether an answer comes, and whether it may be used elsewhere. */
export function tellOfAnswer(turn: Turn): void {
  const { confirmation, reuse } = turn.world.call.afterwards;
  if (confirmation !== 'not-stated') turn.say(`wants.confirms-${confirmation}`);
  if (reuse === 'free') turn.say('wants.reuse-free');
}

/** The answer to a frequent question; if it is about the call, the call's own. */
export function sayKnownAnswer(turn: Turn, question: Question): void {
  const { call } = turn.world;
  if (question === 'deadline' && deadlineOf(call) !== null) return sayDeadline(turn, isPast(call, turn.event.at));
  if (question === 'languages' && call.languages === 'not-stated') return sayUnstated(turn);
  const names = (languages: readonly string[]) =>
    ({ list: languages.filter(isLanguage).map((one) => ({ key: `choices.${one}` })), by: 'comma' }) as const;
  turn.say(`questions.${answerTo(turn, question)}`, {
    ...operatorParams(turn),
    ...keepParams(turn),
    chosen: readersInWords(turn),
    ...(question === 'about' ? { title: { key: 'call:title' } } : {}),
    ...(question === 'languages' ? { here: names(LANGUAGES), read: names(acceptedLanguages(call)) } : {}),
  });
  tellOfScope(turn, question);
}

/** Prompts whose questions the body has, or may want to know of. */
const OF_THE_CALL = /^(?:story|topics?|topic-one|asks-|good|else|links)/u;

type Keys = Readonly<Partial<Record<Question, string>>>;
/** To somebody who writes for themselves, and to an organiser. */
const OF_ONE: Keys = { 'next-person': 'next-person-alone', 'names-each': 'anonymous' };
const OF_MANY: Keys = { 'other-teller': 'other-teller-gathering', anonymous: 'names-each' };

/** Answered by what was chosen, once it was. */
const ABOUT_READERS: readonly Question[] = ['readers', 'police'];

/** The key of the answer as things are. */
function answerTo({ world, session, here }: Turn, question: Question): string {
  if (question === 'must-answer' && world.call.response.compulsory === 'yes') return 'must-answer-all';
  if (question === 'then' && here.atRest === true) return 'then-sent';
  if (question === 'kept' && !session.kept) return session.held.parts > 0 ? 'kept-aside' : 'kept-nothing';
  if (ABOUT_READERS.includes(question) && session.publication !== null && offeredBy(world.call).length > 0)
    return session.publication === 'confidential' ? 'readers-confidential' : 'readers-public';
  if (question === 'why-ask' && !OF_THE_CALL.test(session.at.prompt)) return 'why-ask-here';
  return (session.gathers === undefined ? OF_ONE : OF_MANY)[question] ?? question;
}

/** Added to the answer to the question what follows from a text. */
function tellOfScope(turn: Turn, question: Question): void {
  if (question === 'must-name') return tellOfIdentity(turn);
  if (question !== 'then' && question !== 'result') return;
  const { 'outside-considered': outside, 'individual-cases': cases } = turn.world.call.scope;
  if (outside !== 'not-stated') turn.say(`wants.outside-${outside}`);
  if (cases !== 'not-stated') turn.say(`wants.cases-${cases}`);
}
