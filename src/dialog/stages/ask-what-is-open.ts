// The end of a turn: the prompt that stands open now is asked.

import type { Effect } from '../engine/effect.ts';
import { isInterrupt, promptKey, type Turn } from '../engine/turn.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { missingConsent } from '../prompts/steps.ts';
import { requireTranscriptionsSettled } from '../voice/present-transcriptions.ts';
import { lockWhereGuarded } from './passphrase.ts';
import { askAboutSending, isHeldUnasked } from './sending-window.ts';

const leavesTheCase = (one: Effect) =>
  one.kind === 'enter' || one.kind === 'take-case' || (one.kind === 'erase' && one.what === 'person');

/** Asks until something stands open. A prompt with nothing to ask moves on by itself; twenty moves would be a fault of ours. */
export function askWhatIsOpen(turn: Turn): void {
  for (let moves = 0; turn.toAsk !== null; moves++) {
    if (moves > 20) throw new Error(`prompts go round in circles at ${promptKey(turn.session.at)}`);
    if (turn.effects.some(leavesTheCase)) return;
    const missing = missingConsent(turn.session.at.prompt, turn.session);
    if (missing !== null) turn.change({ at: { prompt: missing }, under: [] });
    else if (requireTranscriptionsSettled(turn)) continue;
    if (isHeldUnasked(turn) && !isInterrupt(turn.session.at.prompt)) askAboutSending(turn);
    if (lockWhereGuarded(turn)) continue;
    turn.asking = turn.toAsk;
    turn.toAsk = null;
    PROMPT[turn.session.at.prompt].ask(turn);
  }
}
