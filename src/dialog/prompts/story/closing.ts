// Step 8: what the person asks for, what worked, anything else, and links. The whole block can be skipped at once.

import { linksIn, withoutTracking } from '../../understanding/links.ts';
import { acknowledge, choicePrompt, freePrompt } from '../../engine/prompt.ts';
import { nextStep } from '../../engine/route.ts';
import { tellOfPapers } from '../opening/wants.ts';
import type { PromptId } from '../prompt-ids.ts';

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
  ask(turn) {
    if (turn.asking !== 'short') tellOfPapers(turn);
    turn.ask('links.ask', undefined, { commands: ['next', 'skip', 'skip-all', 'pause'] });
  },
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
