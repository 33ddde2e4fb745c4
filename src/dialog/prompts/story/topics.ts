// Step 7: the official topics by short name; the person picks any, in any order. One bubble of hints, a free answer.

import { type Condition, type Topic, topicsOf, type TopicPrompt } from '../../../calls/call.ts';
import { asideIn } from '../../understanding/commands.ts';
import { isDone, isRefusal } from '../../understanding/plain-answer.ts';
import { choicePrompt, freePrompt } from '../../engine/prompt.ts';
import { hasAnswer, listenerOf, topicsFor } from '../../engine/questions.ts';
import type { Choice, TextRef } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';

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

/** The official number of a question of this topic, or of a topic. */
function numberIn(turn: Turn, topic: string, question: string): string {
  const all = topicsOf(turn.world.call);
  const within = all.find(({ id }) => id === topic)?.prompts.find(({ id }) => id === question)?.number;
  return within ?? all.find(({ id }) => id === question)?.number ?? '';
}

export const topics = choicePrompt('topics', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [], takesImports: true },
  values: (turn) => topicChoices(turn).map(({ value }) => value),
  options: topicChoices,
  ask(turn) {
    const all = topicsFor(turn.world.call, turn.session);
    const begun = all.some((topic) => hasAnswer(turn.session, topic));
    const of = all.some(({ number }) => number !== undefined) ? '-questions' : '';
    turn.ask(begun ? `topics.more${of}` : `topics.ask${of}`, undefined, {
      choices: topicChoices(turn),
      commands: ['next', 'review', 'pause'],
    });
  },
  otherwise(turn, said) {
    const { lexicon } = turn.world;
    if (isDone(lexicon, said.text) || isRefusal(lexicon, said.text)) {
      turn.go(nextStep(turn, 'topics'));
      return true;
    }
    const first = topicsFor(turn.world.call, turn.session).find((topic) => !hasAnswer(turn.session, topic));
    if (first === undefined || asideIn(lexicon, said.text) !== 'one-by-one') return false;
    const [prompt] = first.prompts;
    turn.go(
      prompt === undefined
        ? { prompt: 'topic', of: first.id }
        : { prompt: 'topic-one', of: `${first.id}/${prompt.id}` },
    );
    return true;
  },
  choose: (turn, value) => turn.go({ prompt: 'topic', of: value.slice('topic:'.length) }),
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.go(nextStep(turn, 'topics'));
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
function handleInterrupt(turn: Turn, text: string): boolean {
  const aside = asideIn(turn.world.lexicon, text);
  if (aside === 'why') {
    turn.say('topics.why', { official: { key: `call:why.${topicAt(turn)}` }, issuer: { key: 'call:issuer' } });
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

/** "Question 2 of 7"; with an official number of another kind also its place: "Question 4.2 (2 of 7)". */
function numberOf(turn: Turn, of: string): TextRef | null {
  const all = topicsFor(turn.world.call, turn.session);
  const at = all.findIndex(({ id }) => id === of) + 1;
  const number = all[at - 1]?.number;
  if (number === undefined) return null;
  const params = { number, at, last: all.length };
  return { key: number === String(at) ? 'topics.number-of' : 'topics.number-at', params };
}

export const topic = freePrompt('topic', {
  traits: { kind: 'step', guarded: false, consent: 'keep', takesImports: true },
  slot: (turn) => `topic/${topicAt(turn)}`,
  ask(turn) {
    const of = topicAt(turn);
    const number = numberOf(turn, of);
    const listener = listenerOf(turn.world.call, turn.session.role);
    const asked = number === null ? 'topics.topic' : `topics.question${promptsFor(turn).length > 1 ? '' : '-whole'}`;
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
  answer: (turn, said) => handleInterrupt(turn, said.text),
  next: (turn) => turn.go({ prompt: 'topics' }),
  skipAll: (turn) => turn.go(nextStep(turn, 'topics')),
});

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
  answer: (turn, said) => handleInterrupt(turn, said.text),
  next(turn) {
    const of = topicAt(turn);
    const ids =
      topicsOf(turn.world.call)
        .find(({ id }) => id === of)
        ?.prompts.map(({ id }) => id) ?? [];
    const here = ids.findIndex((id) => `${of}/${id}` === turn.session.at.of);
    const following = promptsFor(turn).find(({ id }) => ids.indexOf(id) > here);
    if (following === undefined) return turn.go({ prompt: 'topics' });
    return turn.go({ prompt: 'topic-one', of: `${of}/${following.id}` });
  },
  skipAll: (turn) => turn.go({ prompt: 'topics' }),
});
