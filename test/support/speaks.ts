// Somebody who speaks: a recording comes, and is written down as the machine heard it.

import type { VoiceMeans } from '../../src/dialog/engine/world.ts';
import type { Language } from '../../src/languages.ts';
import type { Reply } from '../../src/dialog/engine/reply.ts';
import { Player } from './player.ts';

export const HERE: VoiceMeans = { machine: 'here', host: '', staff: false, keepDays: 7 };

export interface SpeakerOptions {
  readonly voice?: Partial<VoiceMeans>;
  readonly language?: Language;
  /** What is said can be heard there. Default true. */
  readonly speaks?: boolean;
}

/** On a messenger, where things can be heard. */
export function speaker({ voice = {}, language = 'en', speaks = true }: SpeakerOptions = {}): Player {
  return new Player({
    language,
    operator: { voice: { ...HERE, ...voice } },
    channel: { seenBy: 'messenger', takesFiles: true, takesVoice: true, speaks },
  });
}

/** All that is answered to the recording, and to what came of it. */
export async function say(player: Player, heard: string, extra: { unsure?: true } = {}): Promise<readonly Reply[]> {
  const taken = await player.hears({ kind: 'voice' });
  const note = player.lastId;
  return [...taken, ...(await player.hears({ kind: 'voice-written', note, text: heard, by: 'machine', ...extra }))];
}

export async function sayAll(player: Player, ...heard: readonly string[]): Promise<void> {
  for (const one of heard) await say(player, one);
}

/** The two words that are asked for now. */
export function phraseOf({ session }: Player): string {
  const { heard } = session.voice;
  if (heard?.phrase === undefined) throw new Error(`no words are asked for at ${session.at.prompt}`);
  return heard.phrase;
}

export function kept(player: Player): readonly string[] {
  return player.parts.filter(({ pending }) => pending !== true).map(({ text }) => text);
}
