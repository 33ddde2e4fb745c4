// A single-use code to go on in the web chat: offered before a chat can be cut off, given on request.
// docs/decisions/0045-a-code-from-a-chat.md.

import type { Event } from '../../engine/event.ts';
import { keptUntil } from '../../engine/pending-consent.ts';
import { definePrompt } from '../../engine/prompt.ts';
import type { Turn } from '../../engine/turn.ts';
import { giveWayBack, shown } from '../../stages/way-back.ts';
import { operatorParams } from '../opening/opening.ts';

/** *code*, in every step. */
export function askForCode(turn: Turn): void {
  const { channel } = turn.facts;
  if ((channel.goOn ?? channel.wayBack) !== undefined && turn.session.kept) return turn.aside({ prompt: 'code' });
  if (channel.goOn !== undefined) turn.say('nothing-yet');
  else if (channel.seenBy === 'network') turn.say('elsewhere.on-page');
  else turn.say('elsewhere.nowhere', operatorParams(turn));
  turn.again('short');
}

/** Asks for the passphrase first: a person who holds the phone for a moment must not get a code. */
export const code = definePrompt('code', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep' },
  ask(turn) {
    const { goOn, wayBack } = turn.facts.channel;
    if (wayBack !== undefined) {
      giveWayBack(turn, true);
      turn.change({ unlockedAt: null });
    } else if (goOn !== undefined) {
      const made = turn.world.newId('code');
      const until = keptUntil(turn);
      turn.effects.push({ kind: 'code', code: made });
      // The passphrase is asked again when the code is used.
      turn.change({ codeUntil: until.date.at, unlockedAt: null });
      turn.say('elsewhere.code', { code: shown(made), url: goOn, ...until }, { secret: shown(made) });
    }
    turn.resume('short');
  },
  answer: (turn) => turn.resume('short'),
});

/** Mentions the code once in the story, and at every pause while no code is valid. */
export function tellOfCode(turn: Turn, when: 'once' | 'pause'): void {
  const { goOn } = turn.facts.channel;
  const { codeUntil, codeTold, kept } = turn.session;
  if (goOn === undefined || !kept || (codeUntil !== undefined && codeUntil > turn.event.at)) return;
  if (when === 'once' && codeTold === true) return;
  turn.change({ codeTold: true });
  turn.say('elsewhere.tip', { url: goOn });
}

/**
 * The other chat of this person is cut off since `since`: once each time they are told, and how to go on. What could not be
 * said there is said here, after the passphrase.
 */
export function tellBlocked(turn: Turn, since: string): void {
  const { ownWord, unlockedAt, blockedTold } = turn.session;
  if (ownWord === null || unlockedAt !== null) turn.effects.push({ kind: 'redirect' });
  if (blockedTold === since) return;
  turn.change({ blockedTold: since });
  turn.say('elsewhere.blocked');
  if (turn.facts.channel.wayBack === undefined) tellOfCode(turn, 'pause');
  else giveWayBack(turn);
}

/** An event that another conversation caused. */
export function handleElsewhere(turn: Turn, { what }: Extract<Event, { kind: 'elsewhere' }>): void {
  const { goOn } = turn.facts.channel;
  switch (what.kind) {
    case 'came':
      turn.change({ unlockedAt: null, codeUntil: turn.event.at });
      turn.say('elsewhere.came');
      return turn.again('full');
    case 'other-way':
      turn.change({ unlockedAt: null });
      turn.say(turn.facts.channel.reads === true ? 'elsewhere.other-way-reads' : 'elsewhere.other-way');
      return turn.again('full');
    case 'other-here':
      turn.say('elsewhere.other-here', goOn === undefined ? undefined : { url: goOn });
      return turn.again('short');
    case 'other-text': {
      const until = keptUntil(turn);
      if (goOn === undefined) turn.say('elsewhere.other-text-person', operatorParams(turn));
      else
        turn.say('elsewhere.other-text', { code: shown(what.code), url: goOn, ...until }, { secret: shown(what.code) });
      return turn.again('short');
    }
    default:
      return what satisfies never;
  }
}
