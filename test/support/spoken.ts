// Real speech for tests: espeak-ng speaks, ffmpeg wraps it as Opus in Ogg, as phones send it.

import { execFileSync, spawnSync } from 'node:child_process';
import type { WholeLanguage } from '../../src/languages.ts';

const VOICE: Readonly<Record<WholeLanguage, string>> = { en: 'en-gb', fr: 'fr-fr', es: 'es-419', pt: 'pt-br' };

const isThere = (program: string, flag: string) => spawnSync(program, [flag], { stdio: 'ignore' }).status === 0;

/** False where espeak-ng or ffmpeg is not installed: what needs them is skipped, and says so. */
export const CAN_SPEAK = isThere('espeak-ng', '--version') && isThere('ffmpeg', '-version');

/** In frames as long as phones make them, with the least work: nobody listens to how well it sounds. */
const OPUS = ['-c:a', 'libopus', '-compression_level', '0', '-frame_duration', '60'] as const;

export function spokenWav(text: string, language: WholeLanguage): Buffer {
  return execFileSync('espeak-ng', ['-v', VOICE[language], '--stdout', text], { maxBuffer: 64 * 1024 * 1024 });
}

export function opusOf(wav: Buffer): Buffer {
  const args = ['-loglevel', 'error', '-i', 'pipe:0', '-ac', '1', ...OPUS, '-b:a', '16k', '-f', 'ogg', 'pipe:1'];
  return execFileSync('ffmpeg', args, { input: wav, maxBuffer: 64 * 1024 * 1024 });
}

export function spokenOpus(text: string, language: WholeLanguage): Buffer {
  return opusOf(spokenWav(text, language));
}

/** A sound of so many seconds in which nobody speaks. */
export function silentOpus(seconds: number): Buffer {
  const args = ['-loglevel', 'error', '-f', 'lavfi', '-i', 'anullsrc=r=16000:cl=mono', '-t', String(seconds)];
  return execFileSync('ffmpeg', [...args, ...OPUS, '-b:a', '8k', '-f', 'ogg', 'pipe:1'], {
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** A film, whatever its name says. */
export function film(format: 'mp4' | 'webm'): Buffer {
  const args = ['-loglevel', 'error', '-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64', '-f', 'lavfi', '-i', 'sine=d=1'];
  const wrap = format === 'mp4' ? ['-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4'] : ['-f', 'webm'];
  return execFileSync('ffmpeg', [...args, ...wrap, 'pipe:1'], { maxBuffer: 64 * 1024 * 1024 });
}
