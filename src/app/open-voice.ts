// How recordings are transcribed in this installation: the facts for people, and the loop.

import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config, Secrets } from '../config/config.ts';
import type { Deadlines } from '../deadlines.ts';
import type { VoiceMeans } from '../dialog/engine/world.ts';
import { forgetName, nameThisProcess } from '../lease.ts';
import type { Store } from '../store/open.ts';
import { espeakSound, serviceSound, type Speak, speaker } from '../voice/speaker.ts';
import { transcriber } from '../voice/transcriber.ts';
import { startVoiceLoop } from '../voice/voice-loop.ts';
import type { Worker } from '../worker.ts';

/** Undefined if nobody could transcribe a recording: then none are taken. */
export function voiceMeansOf({ voice }: Config): VoiceMeans | undefined {
  const { transcribe, typedByStaff: staff, keepDays } = voice;
  if (transcribe === null) return staff ? { machine: 'none', host: '', staff, keepDays } : undefined;
  return { machine: transcribe.elsewhere ? 'elsewhere' : 'here', host: transcribe.url.hostname, staff, keepDays };
}

export interface VoiceOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly store: Store;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
  readonly log: Logger;
  readonly deadlines: Deadlines;
  /** Milliseconds between two looks. */
  readonly lookEvery: number;
}

/** Begins at once; null if no service is configured. */
export function openVoice(options: VoiceOptions): Worker | null {
  const { config, secrets, store, now, onFault, log, deadlines, lookEvery } = options;
  const { transcription: timeout, slowTranscription: slowMs } = deadlines;
  const { transcribe } = config.voice;
  if (transcribe === null) return null;
  const service = transcriber({ ...transcribe, key: secrets.transcribeKey, timeout });
  const holder = nameThisProcess();
  const how = { store, transcribe: service, now, newId: randomUUID, holder, onFault, log, slowMs };
  const loop = startVoiceLoop(how, lookEvery);
  return {
    ...loop,
    async stop() {
      await loop.stop();
      forgetName(holder);
    },
  };
}

/** Null if it is not configured. Throws if a needed program is not installed. */
export function openSpeaker(options: Pick<VoiceOptions, 'config' | 'now' | 'onFault' | 'deadlines'>): Speak | null {
  const { config, now, onFault, deadlines } = options;
  const { speech } = deadlines;
  const { speak } = config.voice;
  if (speak === null) return null;
  return speaker(speak.by === 'espeak' ? espeakSound(speech) : serviceSound(speak, speech), now, onFault);
}
