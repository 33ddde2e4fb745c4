// Text → sound. Made on this machine; cached in memory for a while and stored nowhere, because a read-back is a
// person's own words.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { DEADLINES } from '../deadlines.ts';
import { LANGUAGE_FACTS, type Language } from '../languages.ts';
import { readUpTo } from '../read-up-to.ts';
import { endpoint } from './transcriber.ts';

/** `opus`: in Ogg, for messengers; `wav`: for browsers that cannot play that. */
export type SpokenAs = 'opus' | 'wav';

/** Null if it could not be made: the text is then enough. Never throws. */
export type Speak = (text: string, language: Language, as: SpokenAs) => Promise<Uint8Array | null>;

/** Makes one sound; rejects if it cannot. */
export type MakeSound = (text: string, language: Language, as: SpokenAs) => Promise<Uint8Array>;

const MOST_BYTES = 16 * 1024 * 1024;
/** Number of cached sounds, and milliseconds after their last use. */
const KEPT = 200;
const KEPT_MS = 15 * 60_000;

/** Each cached sound is made once, even for concurrent requests. */
export function speaker(make: MakeSound, now: () => Date, onFault: (error: unknown) => void): Speak {
  const kept = new Map<string, { sound: Promise<Uint8Array | null>; at: number }>();
  return async (text, language, as) => {
    const at = now().getTime();
    for (const [key, one] of kept) if (at - one.at > KEPT_MS) kept.delete(key);
    const key = createHash('sha256')
      .update(JSON.stringify([text, language, as]))
      .digest('base64');
    const known = kept.get(key);
    kept.delete(key);
    const sound =
      known?.sound ??
      make(text, language, as).catch((error: unknown) => {
        onFault(error);
        return null;
      });
    kept.set(key, { sound, at });
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    const made = await sound;
    if (made === null) kept.delete(key);
    return made;
  };
}

export interface SpeechService {
  readonly url: URL;
  readonly model: string;
  readonly voice: string;
}

/** POST /v1/audio/speech (https://platform.openai.com/docs/api-reference/audio/createSpeech). */
export function serviceSound({ url, model, voice }: SpeechService, deadline = DEADLINES.speech): MakeSound {
  const address = endpoint(url, 'audio/speech');
  return async (text, _, as) => {
    const answer = await fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model, voice, input: text, response_format: as }),
      signal: AbortSignal.timeout(deadline),
    });
    if (answer.status !== 200) throw new Error(`the speech service answered ${answer.status}`);
    const bytes = await readUpTo(answer.body, MOST_BYTES);
    if (bytes === null || bytes.length === 0) throw new Error('the speech service answered with no sound');
    return bytes;
  };
}

/** Words per minute: slower than espeak's default. */
const PACE = '145';

/** Milliseconds for a program to print its version. */
const START_MS = 5_000;

type Program = readonly [name: string, args: readonly string[]];
const OPUSENC: Program = ['opusenc', ['--quiet', '--bitrate', '24', '-', '-']];
const FFMPEG: Program = [
  'ffmpeg',
  ['-loglevel', 'error', '-i', 'pipe:0', '-ac', '1', '-c:a', 'libopus', '-b:a', '24k', '-f', 'ogg', 'pipe:1'],
];

/** espeak-ng speaks; opusenc or ffmpeg encodes. Throws for operators if one is not installed. */
export function espeakSound(deadline = DEADLINES.speech): MakeSound {
  if (!runs('espeak-ng', '--version')) throw new Error('SPEAK=espeak needs the program espeak-ng (Debian: espeak-ng)');
  const encoder = runs('opusenc', '--version') ? OPUSENC : runs('ffmpeg', '-version') ? FFMPEG : null;
  if (encoder === null) throw new Error('SPEAK=espeak needs opusenc or ffmpeg (Debian: opus-tools, or ffmpeg)');
  return async (text, language, as) => {
    // The text is passed on standard input, since others on the machine can read command lines.
    const args = ['-v', LANGUAGE_FACTS[language].voice, '-s', PACE, '--stdin', '--stdout'];
    const wav = await pipe(['espeak-ng', args], Buffer.from(text), deadline);
    return as === 'wav' ? wav : pipe(encoder, wav, deadline);
  };
}

function runs(program: string, flag: string): boolean {
  return spawnSync(program, [flag], { stdio: 'ignore', timeout: START_MS, killSignal: 'SIGKILL' }).status === 0;
}

function pipe([program, args]: Program, input: Uint8Array, timeout: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], timeout, killSignal: 'SIGKILL' });
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 && size > 0) resolve(new Uint8Array(Buffer.concat(chunks)));
      else reject(new Error(`${program} ended with ${code ?? 'a signal'}`));
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
