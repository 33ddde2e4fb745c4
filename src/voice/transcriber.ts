// Asks a service to write a recording down: POST /v1/audio/transcriptions, as whisper.cpp's server, Speaches, LocalAI and vLLM
// understand it (https://platform.openai.com/docs/api-reference/audio/createTranscription). Whatever comes back is judged here.

import { z } from 'zod';
import type { Language } from '../languages.ts';
import { readUpTo } from '../read-up-to.ts';
import type { Sound } from '../store/voice/voice-seal.ts';

export type Transcribed =
  /** Empty if nothing was said. */
  | {
      readonly kind: 'text';
      readonly text: string;
      /** It doubts itself that it heard words. */
      readonly unsure?: true;
    }
  /** Another try may do better: no answer, too late, busy, broken off. */
  | { readonly kind: 'later'; readonly error: string }
  /** No other try will: it cannot read this recording. */
  | { readonly kind: 'never'; readonly error: string };

/** `language`: null if nobody knows it yet. */
export type Transcribe = (sound: Sound, language: Language | null, signal: AbortSignal) => Promise<Transcribed>;

export interface ServiceDeps {
  /** As configured: with or without /v1 at its end. */
  readonly url: URL;
  readonly model: string;
  readonly key: string | null;
  /** Milliseconds for one recording. */
  readonly timeout: number;
}

/** Bytes of an answer that are read at most: 100,000 characters and what JSON makes of them. */
const MOST_ANSWER = 1024 * 1024;
/** The service's word on the recording itself, not about its own state. */
const ABOUT_THE_RECORDING = [400, 413, 415, 422];

/** Whisper's own thresholds: below the one it guesses, above the other it hears nobody (https://github.com/openai/whisper). */
const GUESS = -1;
const NOBODY = 0.6;

const answerSchema = z.looseObject({
  text: z.string(),
  segments: z
    .array(z.looseObject({ avg_logprob: z.number().optional(), no_speech_prob: z.number().optional() }))
    .optional()
    // Another service may mean something else by it: then nothing is said about doubt.
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
      // The network, or our own patience. Its message may hold an address, its name says enough.
      return { kind: 'later', error: error instanceof Error ? error.name : 'unknown' };
    }
  };
}

interface How {
  readonly language: Language | null;
  /** The longer form says how sure it is. */
  readonly format: 'verbose_json' | 'json';
}

/** If it refuses a language, it is left to listen for itself; if it refuses the longer form, the short one does. */
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

/** The name says nothing of anybody; the model and language are the operator's and the person's own choice. */
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
    // A redirect would take somebody's voice to a place that the operator never chose.
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
  // whisper.cpp says some refusals with 200.
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
