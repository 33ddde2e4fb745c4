// A new code of the person's own to withdraw with, where the first was lost or seen by others; the old one is dead then.

import { showCode } from '../../understanding/code.ts';
import { gatheringWordIn } from '../../understanding/commands.ts';
import { nameOf } from '../../organiser/gathering.ts';
import { choicePrompt, type Prompt } from '../../engine/prompt.ts';
import type { Said } from '../../engine/said.ts';
import type { Turn } from '../../engine/turn-in-progress.ts';

/** Whoever has the text has its person's yes to it: the organiser while it is theirs, then the person themselves. */
export function mayRenew({ session }: Turn): boolean {
  return session.gathers === 'case' ? session.teller?.code === true : session.withdrawalCode === true;
}

/** Guarded by the word of one's own: whoever holds the phone must not take somebody's code away. */
export const newCode: Prompt = choicePrompt({
  strict: true,
  values: () => ['renew-yes', 'renew-no'],
  ask(turn) {
    if (!mayRenew(turn)) {
      turn.say('renewal.none');
      return turn.resume('short');
    }
    const choices = ['renew-yes', 'renew-no'];
    if (turn.session.gathers === undefined) turn.ask('renewal.ask-own', undefined, { choices });
    else turn.ask('renewal.ask', { name: nameOf(turn) }, { choices });
  },
  choose(turn, value) {
    if (value === 'renew-no') turn.say('renewal.kept');
    else {
      const code = turn.world.newCode('withdrawal');
      turn.effects.push({ kind: 'code.make', code: { kind: 'withdrawal', code, to: 'person', until: null } });
      if (turn.session.gathers === undefined) sayOwn(turn, code);
      else turn.say('codes.withdrawal', { code: showCode(code), name: nameOf(turn) }, { secret: showCode(code) });
    }
    turn.resume('full');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.resume('full');
    return true;
  },
});

/** Whoever types the code itself can have another one in its place, and needs no chat of their own. */
export function renewByCode(turn: Turn, said: Said): boolean {
  if (gatheringWordIn(turn.world.lexicon, said.text) !== 'new-code') return false;
  const code = turn.world.newCode('withdrawal');
  turn.effects.push({ kind: 'code.renew', id: turn.session.at.of ?? '', code });
  sayOwn(turn, code);
  turn.resume('short');
  return true;
}

function sayOwn(turn: Turn, code: string): void {
  turn.say('renewal.own', { code: showCode(code) }, { secret: showCode(code) });
}
