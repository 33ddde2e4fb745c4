// Step 7: the official topics by short name; the person picks any, in any order. One bubble of hints, a free answer.

import { topicsOf, type Topic, type TopicPrompt } from '../../../calls/call.ts';
import { asideIn } from '../../understanding/commands.ts';
import { linksIn, withoutTracking } from '../../understanding/links.ts';
import { isDone, isRefusal } from '../../understanding/plain-answer.ts';
import { acknowledge, choicePrompt, freePrompt } from '../../engine/prompt.ts';
import type { Choice } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import type { PromptId } from '../prompt-ids.ts';

export function isAnswered(turn: Turn, topic: Topic): boolean {
  const slot = `topic/${topic.id}`;
  return Object.keys(turn.session.counts).some((counted) => counted === slot || counted.startsWith(`${slot}/`));
}

function topicChoices(turn: Turn): readonly Choice[] {
  return topicsOf(turn.world.call).map((topic) => {
    const name = { key: `call:topics.${topic.id}.short` };
    const label = isAnswered(turn, topic) ? { key: 'topics.answered', params: { topic: name } } : name;
    return { value: `topic:${topic.id}`, label };
  });
}

export const topics = choicePrompt('topics', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [], takesImports: true },
  values: (turn) => topicChoices(turn).map(({ value }) => value),
  options: topicChoices,
  ask(turn) {
    const begun = topicsOf(turn.world.call).some((topic) => isAnswered(turn, topic));
    turn.ask(begun ? 'topics.more' : 'topics.ask', undefined, {
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
    const first = topicsOf(turn.world.call).find((topic) => !isAnswered(turn, topic));
    if (first === undefined || asideIn(lexicon, said.text) !== 'one-by-one') return false;
    const prompt = first.prompts.find(({ for: listeners }) => listeners.includes(listenerOf(turn)));
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

/** Hints and questions exist for families and for organisations; friends and organisers get those for families. */
function listenerOf(turn: Turn): 'family' | 'organisation' {
  return turn.session.role === 'organisation' ? 'organisation' : 'family';
}

function topicAt(turn: Turn): string {
  return turn.session.at.of?.split('/')[0] ?? '';
}

function promptsFor(turn: Turn): readonly TopicPrompt[] {
  const topic = topicsOf(turn.world.call).find(({ id }) => id === topicAt(turn));
  return (topic?.prompts ?? []).filter((prompt) => prompt.for.includes(listenerOf(turn)));
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

export const topic = freePrompt('topic', {
  traits: { kind: 'step', guarded: false, consent: 'keep', takesImports: true },
  slot: (turn) => `topic/${topicAt(turn)}`,
  ask(turn) {
    const of = topicAt(turn);
    const text = turn.asking === 'short' ? 'topics.short' : 'topics.topic';
    turn.ask(
      text,
      { topic: { key: `call:topics.${of}.short` }, hints: { key: `call:topics.${of}.hints.${listenerOf(turn)}` } },
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
    const number = prompts.findIndex((prompt) => prompt.id === id) + 1;
    turn.ask(
      'topics.one',
      { question: { key: `call:topics.${of}.prompts.${id}` }, number, last: prompts.length },
      { commands: ['next', 'skip', 'skip-all', 'pause'], whole: true },
    );
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
