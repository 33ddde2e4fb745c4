// Asks a service to write a recording down: POST /v1/audio/transcriptions, as whisper.cpp's server, Speaches, LocalAI and vLLM
// understand it (https://platform.openai.com/docs/api-reference/audio/createTranscription). Whatever comes back is judged here.

import { z } from 'zod';
import type { Language } from '../dialog/language.ts';
import type { Sound } from '../store/voice-port.ts';

export type Transcribed =
  /** Empty where nothing was said. */
  | { readonly kind: 'text'; readonly text: string }
  /** Another try may do better: no answer, too late, busy, broken off. */
  | { readonly kind: 'later'; readonly error: string }
  /** No other try will: it cannot read this recording. */
  | { readonly kind: 'never'; readonly error: string };

/** `language`: null where nobody knows it yet. */
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
/** What the service says about the recording itself, not about its own state. */
const ABOUT_THE_RECORDING = [400, 413, 415, 422];

const answerSchema = z.looseObject({ text: z.string() });
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

/** The service knows a language or not: where it refuses, it is left to listen for itself. */
async function ask(
  deps: ServiceDeps,
  address: URL,
  { sound, language, signal }: { sound: Sound; language: Language | null; signal: AbortSignal },
): Promise<Transcribed> {
  const first = await post(deps, address, formOf(deps, sound, language), signal);
  if (first.kind !== 'never' || !/language/iu.test(first.said)) return withoutWords(first);
  return withoutWords(await post(deps, address, formOf(deps, sound, null), signal));
}

type Posted = Transcribed & { readonly said: string };

function withoutWords({ said: _, ...outcome }: Posted): Transcribed {
  return outcome;
}

/** The name says nothing of anybody; the model and language are the operator's and the person's own choice. */
function formOf({ model }: ServiceDeps, { bytes, type }: Sound, language: Language | null): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), `recording.${EXTENSIONS[type] ?? 'ogg'}`);
  form.append('model', model);
  form.append('response_format', 'json');
  if (language !== null) form.append('language', language);
  return form;
}

async function post({ key, timeout }: ServiceDeps, address: URL, body: FormData, signal: AbortSignal): Promise<Posted> {
  const answer = await fetch(address, {
    method: 'POST',
    body,
    // A redirect would take somebody's voice where the operator never sent it.
    redirect: 'manual',
    headers: key === null ? {} : { Authorization: `Bearer ${key}` },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
  });
  const text = await readUpTo(answer, MOST_ANSWER);
  const error = `status ${answer.status}`;
  if (ABOUT_THE_RECORDING.includes(answer.status)) return { kind: 'never', error, said: text ?? '' };
  if (answer.status !== 200) return { kind: 'later', error, said: '' };
  if (text === null) return { kind: 'never', error: 'answer too long', said: '' };
  const json = parseJson(text);
  const parsed = answerSchema.safeParse(json);
  if (parsed.success) return { kind: 'text', text: parsed.data.text, said: '' };
  // whisper.cpp says some refusals with 200.
  if (refusalSchema.safeParse(json).success) return { kind: 'never', error: 'refused', said: text };
  return { kind: 'later', error: 'not an answer', said: '' };
}

/** Null where there is more. */
async function readUpTo({ body }: Response, most: number): Promise<string | null> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  const pieces: AsyncIterable<Uint8Array> = body;
  for await (const piece of pieces) {
    size += piece.length;
    // Leaving the loop ends the connection.
    if (size > most) return null;
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString('utf8');
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
  const root = base.href.replace(/\/+$/u, '').replace(/\/v1$/u, '');
  return new URL(`${root}/v1/${path}`);
}
