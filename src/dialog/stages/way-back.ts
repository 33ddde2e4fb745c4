// If the browser forgets its person, only a code leads back to the text: it is announced before anything is kept, and
// given with the consent, at every pause, and when somebody asks how long it takes.

import { keptUntil } from '../engine/pending-consent.ts';
import type { Turn } from '../engine/turn.ts';

/** XXXX-XXXX-XXXX, for reading and writing down. */
export function shown(made: string): string {
  return made.match(/.{1,4}/gu)?.join('-') ?? made;
}

/** Said before the question whether anything may be kept. */
export function tellOfWayBack(turn: Turn): void {
  if (turn.facts.channel.wayBack !== undefined) turn.say('way-back.before');
}

/**
 * A person with a passphrase gives that first. Earlier codes stay valid, since one may be on paper; `instead`: the
 * person asked for another, perhaps because the old one was seen.
 */
export function giveWayBack(turn: Turn, instead = false): void {
  const { wayBack } = turn.facts.channel;
  const { kept, gathers, ownWord, unlockedAt } = turn.session;
  if (wayBack === undefined) return;
  if (!kept && gathers === undefined) return turn.say('way-back.before');
  if (ownWord !== null && unlockedAt === null) return turn.say('way-back.tip');
  const made = turn.world.newId('code');
  const until = keptUntil(turn);
  const isFirst = turn.session.codeTold !== true;
  turn.effects.push({ kind: 'code', code: made, ...(!instead && { beside: true as const }) });
  turn.change({ codeUntil: until.date.at, codeTold: true });
  turn.say('way-back.code', { code: shown(made), url: wayBack, ...until }, { secret: shown(made), replaces: 'code' });
  if (!isFirst) turn.say(instead ? 'way-back.instead' : 'way-back.beside');
}

/** *pause*, or *stop* and "keep my answers". */
export function rest(turn: Turn): void {
  const needsCode = turn.facts.channel.wayBack !== undefined;
  turn.say(needsCode ? 'pause.done-code' : 'pause.done', keptUntil(turn));
  giveWayBack(turn);
  turn.change({ paused: true, unlockedAt: null });
}

/** *pause* before the consent: says how to come back. */
export function restEarly(turn: Turn): void {
  const isHeld = turn.session.held.parts > 0;
  if (isHeld) turn.say('pause.held');
  tellOfWayBack(turn);
  if (!isHeld) turn.say('nothing-yet');
  turn.again('short');
}
