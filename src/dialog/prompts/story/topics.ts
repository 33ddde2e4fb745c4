// Step 7: the official topics by short name; the person picks any, in any order. One bubble of hints, a free answer.

import { type CallForInputs, type Condition, type Topic, topicsOf, type TopicPrompt } from '../../../calls/call.ts';
import { isDone, isRefusal } from '../../understanding/plain-answer.ts';
import { choicePrompt, freePrompt, offersFigure } from '../../engine/prompt.ts';
import { hasAnswer, listenerOf, topicsFor } from '../../engine/questions.ts';
import type { Choice, TextRef } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import type { Position } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { tellCompulsory } from './compulsory.ts';
import { byNumber, numberIn, numberOf } from './question-numbers.ts';
import { takeSource } from './sources.ts';

/** In a questionnaire the official number is named if the number in the list is another one. */
function topicChoices(turn: Turn): readonly Choice[] {
  return topicsFor(turn.world.call, turn.session).map((topic, index) => {
    const { number = String(index + 1) } = topic;
    const short = { key: `call:topics.${topic.id}.short` };
    const name = number === String(index + 1) ? short : { key: 'topics.named', params: { topic: short, number } };
    return { value: `topic:${topic.id}`, label: labelOf(turn, topic, name) };
  });
}

function labelOf(turn: Turn, topic: Topic, name: TextRef): TextRef {
  if (hasAnswer(turn.session, topic)) return { key: 'topics.answered', params: { topic: name } };
  const { onlyIf } = topic;
  if (onlyIf === undefined || turn.session.conditions?.[`topic/${topic.id}`] === true) return name;
  return { key: `topics.if-${onlyIf.answer}`, params: { topic: name, of: numberIn(turn, topic.id, onlyIf.question) } };
}

/** The ending of the keys of the texts about a kind of call. */
const OF_KIND: Readonly<Record<CallForInputs['response']['kind'], string>> = {
  topics: '',
  questionnaire: '-questions',
  comments: '-comments',
  material: '-material',
  table: '-table',
  'open-letter': '',
};

/** The draft that is commented on, by its title and address. */
function tellDraft(turn: Turn): void {
  const { response } = turn.world.call;
  if (response.kind !== 'comments') return;
  const { title, url } = response.draft;
  if (url === 'not-stated') turn.say('topics.draft', { title });
  else turn.say('topics.draft-link', { title, url });
}

/** The topic of a call that has one. Conditions do not matter: a list that they made short stays one. */
function onlyTopic(turn: Turn): string | null {
  const [first, ...others] = topicsFor(turn.world.call, { role: turn.session.role });
  return others.length > 0 ? null : (first?.id ?? null);
}

/** Asks this instead, without a way back to the present prompt. */
function open(turn: Turn, to: Position): void {
  turn.change({ at: to });
  turn.again('full');
}

/** From a topic to the list, or on if there is no list; *one by one* goes on to the next topic without an answer. */
function leaveTopic(turn: Turn): void {
  const { call } = turn.world;
  const ids = topicsOf(call).map(({ id }) => id);
  const isAhead = ({ id }: Topic) => ids.indexOf(id) > ids.indexOf(topicAt(turn));
  const next = topicsFor(call, turn.session).find((each) => isAhead(each) && !hasAnswer(turn.session, each));
  if (turn.session.oneByOne === true && next !== undefined) return turn.go(firstOf(next));
  turn.go(onlyTopic(turn) === null ? { prompt: 'topics' } : nextStep(turn, 'topics'));
}

function leaveList(turn: Turn): void {
  if (!tellCompulsory(turn, () => true)) turn.go(nextStep(turn, 'topics'));
}

function firstOf({ id, prompts: [first] }: Topic): Position {
  return first === undefined ? { prompt: 'topic', of: id } : { prompt: 'topic-one', of: `${id}/${first.id}` };
}

/** The viewpoints from which a call looks at all of its points. */
function lensesOf({ world }: Turn): readonly TextRef[] {
  const { response } = world.call;
  return response.kind === 'topics' ? response.lenses.map((id) => ({ key: `call:lenses.${id}` })) : [];
}

export const topics = choicePrompt('topics', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [], takesImports: true },
  values: (turn) => topicChoices(turn).map(({ value }) => value),
  options: topicChoices,
  ask(turn) {
    const { call } = turn.world;
    const begun = topicsFor(call, turn.session).some((topic) => hasAnswer(turn.session, topic));
    if (!begun && turn.asking === 'full') tellDraft(turn);
    const only = onlyTopic(turn);
    // A list of one is no list.
    if (only !== null) return open(turn, { prompt: 'topic', of: only });
    if (turn.session.oneByOne === true) turn.change({ oneByOne: false });
    const extra = { choices: topicChoices(turn), commands: ['next', 'review', 'pause'] };
    const { response } = call;
    if (!begun && response.compulsory === 'yes') return turn.ask('topics.ask-compulsory', undefined, extra);
    const lenses = lensesOf(turn);
    // Families find the body's own terms under *why*.
    if (!begun && turn.asking === 'full' && lenses.length > 0 && turn.session.role === 'organisation') {
      return turn.ask('topics.ask-lenses', { lenses: { list: lenses, by: 'line' } }, extra);
    }
    turn.ask(`topics.${begun ? 'more' : 'ask'}${OF_KIND[response.kind]}`, undefined, extra);
  },
  otherwise(turn, said) {
    const { lexicon } = turn.world;
    if (isDone(lexicon, said.text) || isRefusal(lexicon, said.text)) {
      leaveList(turn);
      return true;
    }
    const named = byNumber(turn, said.text);
    if (named !== null) {
      turn.go(named);
      return true;
    }
    const first = topicsFor(turn.world.call, turn.session).find((topic) => !hasAnswer(turn.session, topic));
    if (first === undefined || said.aside !== 'one-by-one') return offersFigure(turn, said, topicChoices(turn).length);
    turn.change({ oneByOne: true });
    turn.go(firstOf(first));
    return true;
  },
  choose: (turn, value) => turn.go({ prompt: 'topic', of: value.slice('topic:'.length) }),
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    leaveList(turn);
    return true;
  },
});

function topicAt(turn: Turn): string {
  return turn.session.at.of?.split('/')[0] ?? '';
}

function promptsFor(turn: Turn): readonly TopicPrompt[] {
  return topicsFor(turn.world.call, turn.session).find(({ id }) => id === topicAt(turn))?.prompts ?? [];
}

/** *one by one* and *why* work inside a topic; anything else is an answer. */
function handleInterrupt(turn: Turn, { aside }: Said): boolean {
  if (aside === 'why') {
    turn.say('topics.why', { official: { key: `call:why.${topicAt(turn)}` }, issuer: { key: 'call:issuer' } });
    const lenses = lensesOf(turn);
    if (lenses.length > 0) turn.say('topics.why-lenses', { lenses: { list: lenses, by: 'line' } });
    turn.again('short');
    return true;
  }
  const first = promptsFor(turn)[0];
  if (aside === 'one-by-one' && first !== undefined) {
    turn.onward({ prompt: 'topic-one', of: `${topicAt(turn)}/${first.id}` });
    return true;
  }
  return false;
}

export const topic = freePrompt('topic', {
  traits: { kind: 'step', guarded: false, consent: 'keep', takesImports: true },
  slot: (turn) => `topic/${topicAt(turn)}`,
  ask(turn) {
    const of = topicAt(turn);
    const [cell] = promptsFor(turn);
    if (isTable(turn) && cell !== undefined) return open(turn, { prompt: 'topic-one', of: `${of}/${cell.id}` });
    const number = numberOf(turn, of);
    const listener = listenerOf(turn.world.call, turn.session.role);
    const several = promptsFor(turn).length > 1;
    const asked =
      number === null
        ? `topics.${several || turn.world.call.response.kind === 'topics' ? 'topic' : 'whole'}`
        : `topics.question${several ? '' : '-whole'}`;
    turn.ask(
      turn.asking === 'short' ? 'topics.short' : asked,
      {
        topic: { key: `call:topics.${of}.short` },
        hints: { key: `call:topics.${of}.hints.${listener}` },
        ...(number === null ? {} : { number }),
      },
      { commands: ['next', 'skip', 'pause'], whole: true },
    );
  },
  answer: (turn, said) => handleInterrupt(turn, said) || answersWithLink(turn, said),
  next(turn) {
    if (!leavesOut(turn)) leaveTopic(turn);
  },
  skipAll(turn) {
    if (!leavesOut(turn)) turn.go(nextStep(turn, 'topics'));
  },
});

/** The open question has no answer although the call wants one, and that was said now. */
function leavesOut(turn: Turn): boolean {
  const of = turn.session.at.of ?? '';
  const [topicId = ''] = of.split('/');
  return tellCompulsory(turn, (slot) => slot === `topic/${of}` || slot === `topic/${topicId}`);
}

/** The question that is open, or the only one of its topic, expects a link. */
function answersWithLink(turn: Turn, said: Said): boolean {
  const of = turn.session.at.of ?? '';
  const prompts = promptsFor(turn);
  const prompt = of.includes('/') ? prompts.find(({ id }) => of.endsWith(`/${id}`)) : prompts[0];
  const isAsked = prompt?.asks === 'link' && (of.includes('/') || prompts.length === 1);
  return isAsked && takeSource(turn, `topic/${of}`, said);
}

function isTable({ world }: Turn): boolean {
  return world.call.response.kind === 'table';
}

/** A table is asked row by row, up to a row that has an answer already. */
function toNextRow(turn: Turn): void {
  const rows = topicsFor(turn.world.call, turn.session);
  const next = rows[rows.findIndex(({ id }) => id === topicAt(turn)) + 1];
  if (next === undefined || hasAnswer(turn.session, next)) return leaveTopic(turn);
  turn.go({ prompt: 'topic', of: next.id });
}

/** The condition of a question of which it is not known, or known not, that it applies: it is shown as the call has it. */
function unmet(turn: Turn, topic: string, question: string): Condition | null {
  if (turn.session.conditions?.[`topic/${topic}/${question}`] === true) return null;
  const prompts = topicsOf(turn.world.call).find(({ id }) => id === topic)?.prompts ?? [];
  return prompts.find(({ id }) => id === question)?.onlyIf ?? null;
}

export const topicOne = freePrompt('topic-one', {
  traits: { kind: 'step', guarded: false, consent: 'keep', takesImports: true },
  slot: (turn) => `topic/${turn.session.at.of ?? ''}`,
  ask(turn) {
    const [of = '', id = ''] = (turn.session.at.of ?? '').split('/');
    const prompts = promptsFor(turn);
    const question = { key: `call:topics.${of}.prompts.${id}` };
    const extra = { commands: ['next', 'skip', 'skip-all', 'pause'], whole: true } as const;
    if (isTable(turn)) return turn.ask('topics.cell', { question, row: { key: `call:topics.${of}.short` } }, extra);
    const number = numberIn(turn, of, id) || numberIn(turn, of, of);
    if (number === '') {
      const at = prompts.findIndex((prompt) => prompt.id === id);
      return turn.ask('topics.one', { question, number: at + 1, last: prompts.length }, extra);
    }
    const condition = unmet(turn, of, id);
    if (condition === null) return turn.ask('topics.question-one', { question, number }, extra);
    const params = { question, number, of: numberIn(turn, of, condition.question) };
    turn.ask(`topics.question-if-${condition.answer}`, params, extra);
  },
  takesNumber: isTable,
  answer: (turn, said) => handleInterrupt(turn, said) || answersWithLink(turn, said),
  next(turn) {
    if (leavesOut(turn)) return;
    const of = topicAt(turn);
    const ids =
      topicsOf(turn.world.call)
        .find(({ id }) => id === of)
        ?.prompts.map(({ id }) => id) ?? [];
    const here = ids.findIndex((id) => `${of}/${id}` === turn.session.at.of);
    const following = promptsFor(turn).find(({ id }) => ids.indexOf(id) > here);
    if (following === undefined) return isTable(turn) ? toNextRow(turn) : leaveTopic(turn);
    return turn.go({ prompt: 'topic-one', of: `${of}/${following.id}` });
  },
  onward(turn) {
    const [row = '', here] = turn.session.at.of?.split('/') ?? [];
    const cells = promptsFor(turn);
    const after = cells.slice(cells.findIndex(({ id }) => id === here) + 1);
    const empty = after.find(({ id }) => turn.session.counts[`topic/${row}/${id}`] === undefined);
    if (!isTable(turn) || empty === undefined) return false;
    turn.onward({ prompt: 'topic-one', of: `${row}/${empty.id}` });
    return true;
  },
  skipAll(turn) {
    if (leavesOut(turn)) return;
    turn.change({ oneByOne: false });
    leaveTopic(turn);
  },
});
