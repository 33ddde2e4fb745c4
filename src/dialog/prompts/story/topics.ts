// Step 7: the official topics by short name; the person picks any, in any order. One bubble of hints, a free answer.

import { topicsOf, type TopicPrompt } from '../../../calls/call.ts';
import { asideIn } from '../../understanding/commands.ts';
import { linksIn, withoutTracking } from '../../understanding/links.ts';
import { isDone, isRefusal } from '../../understanding/plain-answer.ts';
import { acknowledge, choicePrompt, freePrompt } from '../../engine/prompt.ts';
import { hasAnswer, listenerOf, topicsFor } from '../../engine/questions.ts';
import type { Choice, TextRef } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import type { PromptId } from '../prompt-ids.ts';

/** In a questionnaire the official number is named if the number in the list is another one. */
function topicChoices(turn: Turn): readonly Choice[] {
  return topicsFor(turn.world.call, turn.session).map((topic, index) => {
    const { number = String(index + 1) } = topic;
    const short = { key: `call:topics.${topic.id}.short` };
    const name = number === String(index + 1) ? short : { key: 'topics.named', params: { topic: short, number } };
    const label = hasAnswer(turn.session, topic) ? { key: 'topics.answered', params: { topic: name } } : name;
    return { value: `topic:${topic.id}`, label };
  });
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

export const topicOne = freePrompt('topic-one', {
  traits: { kind: 'step', guarded: false, consent: 'keep', takesImports: true },
  slot: (turn) => `topic/${turn.session.at.of ?? ''}`,
  ask(turn) {
    const [of = '', id = ''] = (turn.session.at.of ?? '').split('/');
    const prompts = promptsFor(turn);
    const at = prompts.findIndex((prompt) => prompt.id === id);
    const question = { key: `call:topics.${of}.prompts.${id}` };
    const extra = { commands: ['next', 'skip', 'skip-all', 'pause'], whole: true } as const;
    const number = prompts[at]?.number ?? topicsOf(turn.world.call).find((one) => one.id === of)?.number;
    if (number === undefined) turn.ask('topics.one', { question, number: at + 1, last: prompts.length }, extra);
    else turn.ask('topics.question-one', { question, number }, extra);
  },
  answer: (turn, said) => handleInterrupt(turn, said.text),
  next(turn) {
    const prompts = promptsFor(turn);
    const here = prompts.findIndex((prompt) => `${topicAt(turn)}/${prompt.id}` === turn.session.at.of);
    const following = prompts[here + 1];
    if (following === undefined) return turn.go({ prompt: 'topics' });
    return turn.go({ prompt: 'topic-one', of: `${topicAt(turn)}/${following.id}` });
  },
  skipAll: (turn) => turn.go({ prompt: 'topics' }),
});

// Step 8: what the person asks for, what worked, anything else, and links. The whole block can be skipped at once.

function closingPrompt<const Id extends PromptId>(id: Id, slot: string) {
  return freePrompt(id, {
    traits: { kind: 'step', guarded: false, consent: 'keep', takesImports: true },
    slot: () => slot,
    ask: (turn) => turn.ask(`${id}.ask`, undefined, { commands: ['next', 'skip', 'skip-all', 'pause'] }),
    next: (turn) => turn.go(nextStep(turn, id)),
    skipAll: (turn) => turn.go(nextStep(turn, 'links')),
  });
}

export const asksGovernment = closingPrompt('asks-government', 'asks/government');
export const asksExperts = closingPrompt('asks-experts', 'asks/experts');
export const good = closingPrompt('good', 'good');
export const anythingElse = closingPrompt('else', 'else');

export const links = freePrompt('links', {
  traits: { kind: 'step', guarded: false, consent: 'keep', takesImports: true, takes: 'link' },
  slot: () => 'links',
  ask: (turn) => turn.ask('links.ask', undefined, { commands: ['next', 'skip', 'skip-all', 'pause'] }),
  answer(turn, said) {
    const found = linksIn(said.text);
    turn.addPart('links', said.id, said.text);
    if (found.length === 0) turn.say('links.none');
    else acknowledge(turn);
    if (found.some((link) => withoutTracking(link) !== link)) turn.aside({ prompt: 'link-tracking', of: said.id });
    return true;
  },
  next: (turn) => turn.go(nextStep(turn, 'links')),
  skipAll: (turn) => turn.go(nextStep(turn, 'links')),
});

/** Asked first: a link is also the person's own words. */
export const linkTracking = choicePrompt('link-tracking', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', phrase: [] },
  values: () => ['link-shorten', 'link-keep'],
  ask(turn) {
    const part = turn.parts().find(({ id }) => id === turn.session.at.of);
    if (part === undefined) return turn.resume('short');
    const shorter = linksIn(part.text).map(withoutTracking).join('\n');
    turn.ask('links.tracking', { shorter }, { choices: ['link-shorten', 'link-keep'] });
  },
  choose(turn, value) {
    const part = turn.parts().find(({ id }) => id === turn.session.at.of);
    if (part !== undefined && value === 'link-shorten') {
      const text = linksIn(part.text).reduce((now, link) => now.replaceAll(link, withoutTracking(link)), part.text);
      turn.replacePart(part, text);
      turn.say('links.shortened', undefined, { commands: ['undo'] });
    }
    turn.resume('short');
  },
});
