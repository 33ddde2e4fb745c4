// The voice part of the environment; read by config.ts.

import { z } from 'zod';
import { loopback } from './loopback.ts';

const text = z.string().trim().min(1);
const address = z.url({ protocol: /^https?$/ });

export const voiceShape = {
  TRANSCRIBE_URL: address.optional(),
  TRANSCRIBE_MODEL: text.default('whisper-1'),
  TRANSCRIBE_KEY: text.optional(),
  TRANSCRIBE_ELSEWHERE: z.stringbool().default(false),
  SPEAK: z.enum(['espeak']).optional(),
  SPEAK_URL: address.optional(),
  SPEAK_MODEL: text.default('tts-1'),
  SPEAK_VOICE: text.default('alloy'),
  VOICE_TYPED_BY_STAFF: z.stringbool().default(false),
  KEEP_VOICE_DAYS: z.coerce.number().int().min(1).max(30).default(7),
};

interface Environment {
  readonly TRANSCRIBE_URL?: string | undefined;
  readonly TRANSCRIBE_MODEL: string;
  readonly TRANSCRIBE_ELSEWHERE: boolean;
  readonly SPEAK?: 'espeak' | undefined;
  readonly SPEAK_URL?: string | undefined;
  readonly SPEAK_MODEL: string;
  readonly SPEAK_VOICE: string;
  readonly VOICE_TYPED_BY_STAFF: boolean;
  readonly KEEP_VOICE_DAYS: number;
}

export interface VoiceConfig {
  /** The service that transcribes recordings; null: none. `elsewhere`: not on this machine, so people are asked first. */
  readonly transcribe: { readonly url: URL; readonly model: string; readonly elsewhere: boolean } | null;
  /** The program that reads aloud, on this machine; null: none. */
  readonly speak:
    | { readonly by: 'espeak' }
    | { readonly by: 'service'; readonly url: URL; readonly model: string; readonly voice: string }
    | null;
  /** Staff transcribe if no machine did, or the speaker wants none. */
  readonly typedByStaff: boolean;
  /** Most days for which a recording is kept. */
  readonly keepDays: number;
}

export function voiceOf(env: Environment): VoiceConfig {
  const url = env.TRANSCRIBE_URL === undefined ? null : new URL(env.TRANSCRIBE_URL);
  return {
    transcribe: url === null ? null : { url, model: env.TRANSCRIBE_MODEL, elsewhere: !loopback.test(url.hostname) },
    speak: speakOf(env),
    typedByStaff: env.VOICE_TYPED_BY_STAFF,
    keepDays: env.KEEP_VOICE_DAYS,
  };
}

function speakOf({ SPEAK, SPEAK_URL, SPEAK_MODEL: model, SPEAK_VOICE: voice }: Environment): VoiceConfig['speak'] {
  if (SPEAK_URL !== undefined) return { by: 'service', url: new URL(SPEAK_URL), model, voice };
  return SPEAK === undefined ? null : { by: SPEAK };
}

/** A text that is read aloud may be a person's own words: it never leaves this machine. */
function speakProblems({ SPEAK, SPEAK_URL }: Environment): readonly string[] {
  const problems: string[] = [];
  if (SPEAK !== undefined && SPEAK_URL !== undefined)
    problems.push('SPEAK: remove SPEAK or SPEAK_URL; only one of them can be set');
  if (SPEAK_URL !== undefined && !loopback.test(new URL(SPEAK_URL).hostname)) {
    problems.push('SPEAK_URL: must be on this machine; what is read aloud may be people’s own words');
  }
  return problems;
}

/** No recording may go to another machine by accident, unencrypted, or in a trial. */
export function voiceProblems(env: Environment, trial: boolean): readonly string[] {
  if (env.TRANSCRIBE_URL === undefined) return speakProblems(env);
  const { protocol, hostname, username, password } = new URL(env.TRANSCRIBE_URL);
  const problems: string[] = [...speakProblems(env)];
  if (username !== '' || password !== '')
    problems.push('TRANSCRIBE_URL: must not contain a password; use TRANSCRIBE_KEY');
  if (loopback.test(hostname)) return problems;
  if (trial)
    problems.push('TRANSCRIBE_URL: in a trial nothing leaves this machine; set OPERATOR_NAME, or use 127.0.0.1');
  if (!env.TRANSCRIBE_ELSEWHERE) {
    problems.push(
      'TRANSCRIBE_URL: people’s voices would go to another machine; set TRANSCRIBE_ELSEWHERE=true to allow it',
    );
  }
  if (protocol !== 'https:') problems.push('TRANSCRIBE_URL: must be https, except on this machine');
  return problems;
}
