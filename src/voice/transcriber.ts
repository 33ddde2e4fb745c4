// Requests a transcription: POST /v1/audio/transcriptions, as whisper.cpp's server, Speaches, LocalAI and vLLM
// implement it (https://platform.openai.com/docs/api-reference/audio/createTranscription). The answer is validated
// here.

import { z } from 'zod';
import type { Language } from '../languages.ts';
import { readUpTo } from '../read-up-to.ts';
import type { Sound } from '../store/voice/voice-seal.ts';

export type Transcribed =
  /** Empty if nothing was said. */
  | {
      readonly kind: 'text';
      readonly text: string;
      /** The service is not sure that it heard words. */
      readonly unsure?: true;
    }
  /** Another try may succeed: no answer, too late, busy, connection lost. */
  | { readonly kind: 'later'; readonly error: string }
  /** No further try can succeed: it cannot read this recording. */
  | { readonly kind: 'never'; readonly error: string };

/** `language`: null if it is not known yet. */
export type Transcribe = (sound: Sound, language: Language | null, signal: AbortSignal) => Promise<Transcribed>;

export interface ServiceDeps {
  /** As configured: with or without /v1 at its end. */
  readonly url: URL;
  readonly model: string;
  readonly key: string | null;
  /** Milliseconds for one recording. */
  readonly timeout: number;
}

/** Most bytes of an answer: 100,000 characters as JSON. */
const MOST_ANSWER = 1024 * 1024;
/** Refusals of the recording itself, not about the service's state. */
const ABOUT_THE_RECORDING = [400, 413, 415, 422];

/** Whisper's own thresholds: below GUESS it guesses, above NOBODY nobody speaks (https://github.com/openai/whisper). */
const GUESS = -1;
const NOBODY = 0.6;

const answerSchema = z.looseObject({
  text: z.string(),
  segments: z
    .array(z.looseObject({ avg_logprob: z.number().optional(), no_speech_prob: z.number().optional() }))
    .optional()
    // Another service may use it differently: it is then ignored.
    .catch(undefined),
});
const refusalSchema = z.looseObject({ error: z.unknown() });

const EXTENSIONS: Readonly<Record<string, string>> = {
  'audio/ogg': 'ogg',
  'audio/webm': 'webm',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/flac': 'flac',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
};

export function transcriber(deps: ServiceDeps): Transcribe {
  const address = endpoint(deps.url, 'audio/transcriptions');
  return async (sound, language, signal) => {
    try {
      return await ask(deps, address, { sound, language, signal });
    } catch (error) {
      // The network, or our own time limit. The message may contain an address, so only the name is used.
      return { kind: 'later', error: error instanceof Error ? error.name : 'unknown' };
    }
  };
}

interface How {
  readonly language: Language | null;
  /** The longer form contains the probabilities. */
  readonly format: 'verbose_json' | 'json';
}

/** If the service refuses a language, it detects one; if it refuses the longer form, the short one is used. */
async function ask(
  deps: ServiceDeps,
  address: URL,
  { sound, language, signal }: { sound: Sound; language: Language | null; signal: AbortSignal },
): Promise<Transcribed> {
  let how: How = { language, format: 'verbose_json' };
  for (;;) {
    const { said, ...outcome } = await post(deps, address, formOf(deps, sound, how), signal);
    if (outcome.kind !== 'never') return outcome;
    if (how.format !== 'json' && /format|verbose/iu.test(said)) how = { ...how, format: 'json' };
    else if (how.language !== null && /language/iu.test(said)) how = { ...how, language: null };
    else return outcome;
  }
}

type Posted = Transcribed & { readonly said: string };

/** The file name is neutral; the model is the operator's choice, the language the person's. */
function formOf({ model }: ServiceDeps, { bytes, type }: Sound, { language, format }: How): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), `recording.${EXTENSIONS[type] ?? 'ogg'}`);
  form.append('model', model);
  form.append('response_format', format);
  if (language !== null) form.append('language', language);
  return form;
}

async function post({ key, timeout }: ServiceDeps, address: URL, body: FormData, signal: AbortSignal): Promise<Posted> {
  const answer = await fetch(address, {
    method: 'POST',
    body,
    // A redirect would send a recording to a host that the operator never chose.
    redirect: 'manual',
    headers: key === null ? {} : { Authorization: `Bearer ${key}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
  });
  const text = (await readUpTo(answer.body, MOST_ANSWER))?.toString() ?? null;
  const error = `status ${answer.status}`;
  if (ABOUT_THE_RECORDING.includes(answer.status)) return { kind: 'never', error, said: text ?? '' };
  if (answer.status !== 200) return { kind: 'later', error, said: '' };
  if (text === null) return { kind: 'never', error: 'answer too long', said: '' };
  const json = parseJson(text);
  const parsed = answerSchema.safeParse(json);
  if (parsed.success) {
    const { text: heard, segments = [] } = parsed.data;
    const unsure = segments.some(
      ({ avg_logprob: sure = 0, no_speech_prob: nobody = 0 }) => sure < GUESS || nobody > NOBODY,
    );
    return { kind: 'text', text: heard, ...(unsure && { unsure: true as const }), said: '' };
  }
  // whisper.cpp sends some refusals with 200.
  if (refusalSchema.safeParse(json).success) return { kind: 'never', error: 'refused', said: text };
  return { kind: 'later', error: 'not an answer', said: '' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** "http://127.0.0.1:8000", ".../v1" and ".../v1/" all mean the same. */
export function endpoint(base: URL, path: string): URL {
  const root = base.href.replace(/(?<!\/)\/+$/u, '').replace(/\/v1$/u, '');
  return new URL(`${root}/v1/${path}`);
}
