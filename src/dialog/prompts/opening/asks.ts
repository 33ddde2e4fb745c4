// Step 8: what the person asks for, what worked, anything else, and links. The whole block can be skipped at once.

import type { PromptId } from '../steps.ts';
import { linksIn, withoutTracking } from '../../understanding/links.ts';
import { acknowledge, choicePrompt, freePrompt, type Prompt } from '../../engine/prompt.ts';
import { onwards } from '../../engine/route.ts';

function closingPrompt(id: PromptId, slot: string): Prompt {
  return freePrompt({
    slot: () => slot,
    ask: (turn) => turn.ask(`${id}.ask`, undefined, { commands: ['next', 'skip', 'skip-all', 'pause'] }),
    next: (turn) => turn.go(onwards(turn, id)),
    skipAll: (turn) => turn.go(onwards(turn, 'links')),
  });
}

export const asksGovernment = closingPrompt('asks-government', 'asks/government');
export const asksExperts = closingPrompt('asks-experts', 'asks/experts');
export const good = closingPrompt('good', 'good');
export const anythingElse = closingPrompt('else', 'else');

export const links: Prompt = freePrompt({
  slot: () => 'links',
  ask: (turn) => turn.ask('links.ask', undefined, { commands: ['next', 'skip', 'skip-all', 'pause'] }),
  hear(turn, said) {
    const found = linksIn(said.text);
    turn.addPart('links', said.id, said.text);
    if (found.length === 0) turn.say('links.none');
    else acknowledge(turn);
    if (found.some((link) => withoutTracking(link) !== link)) turn.aside({ prompt: 'link-tracking', of: said.id });
    return true;
  },
  next: (turn) => turn.go(onwards(turn, 'links')),
  skipAll: (turn) => turn.go(onwards(turn, 'links')),
});

/** Offered, never done unasked: a link is the person's own words too. */
export const linkTracking: Prompt = choicePrompt({
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
