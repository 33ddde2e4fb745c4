// Recordings and answers by voice, for the lists in take-turn.ts and prompts.ts.

import type { Turn, UndoneStep } from '../engine/turn.ts';
import { handleResult } from './handle-transcription.ts';
import { handleVoice } from './handle-voice.ts';
import { noTranscription, presentTranscriptions, requireTranscriptionsSettled } from './present-transcriptions.ts';
import { noteHowTheySpeak, repliesOf } from './spoken/back.ts';
import { deleteVoice, queueNote, waitForVoice } from './voice-queue.ts';

/** Recordings that were left out wait again, for their transcriber or their speaker. */
function takeUpAgain(turn: Turn, { dropped = [] }: UndoneStep): boolean {
  for (const { id, state, by } of dropped) {
    // Its transcriber may have been chosen meanwhile.
    if (state === 'writing' && by !== undefined) queueNote(turn, id, by);
  }
  const note = dropped.find(({ state }) => state === 'written');
  if (note === undefined || turn.session.at.prompt === 'voice-check') return false;
  turn.aside({ prompt: 'voice-check', of: note.id });
  return true;
}

export const voice = {
  events: { voice: handleVoice, 'voice-written': handleResult, 'voice-failed': handleResult },
  noteHowTheySpeak,
  present: presentTranscriptions,
  noTranscription,
  settleFirst: (turn: Turn, before: 'asking' | 'approval') =>
    before === 'asking' ? requireTranscriptionsSettled(turn) : waitForVoice(turn),
  onDeleted: deleteVoice,
  onUndone: takeUpAgain,
  repliesOf,
};
