// How long a recording is, also where nobody wrote it down: as browsers record, and as phones do.

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readSound, secondsOfMp4, secondsOfWebm } from '../../../src/channels/media/read-sound.ts';
import { seeded } from '../../support/running-app.ts';
import { CAN_SPEAK } from '../../support/spoken.ts';

/** A tone; on a pipe nothing can go back to write a length into the head. */
function tone(seconds: number, ...wrap: readonly string[]): Buffer {
  const args = ['-loglevel', 'error', '-f', 'lavfi', '-i', `sine=frequency=200:sample_rate=16000:duration=${seconds}`];
  return execFileSync('ffmpeg', [...args, '-ac', '1', ...wrap, 'pipe:1'], { maxBuffer: 64 * 1024 * 1024 });
}

const LIVE = ['-c:a', 'libopus', '-b:a', '8k', '-f', 'webm', '-live', '1'];
const WEBM = ['-c:a', 'libopus', '-b:a', '8k', '-f', 'webm'];
const FRAGMENTS = [
  '-c:a',
  'aac',
  '-b:a',
  '16k',
  '-movflags',
  'frag_keyframe+empty_moov',
  '-frag_duration',
  '1000000',
  '-f',
  'mp4',
];

describe.skipIf(!CAN_SPEAK)(`the length of a recording${CAN_SPEAK ? '' : ' (skipped: no ffmpeg)'}`, () => {
  it.each([
    ['WebM as browsers record it', LIVE, secondsOfWebm],
    ['WebM', WEBM, secondsOfWebm],
    ['MP4 in fragments', FRAGMENTS, secondsOfMp4],
  ] as const)('%s', (_, wrap, seconds) => {
    for (const long of [3, 40]) {
      const found = seconds(tone(long, ...wrap)) ?? 0;
      expect(found).toBeGreaterThan(long - 2);
      expect(found).toBeLessThan(long + 1);
    }
  });

  it.each([
    ['WebM as browsers record it', LIVE],
    ['MP4 in fragments', FRAGMENTS],
  ] as const)('%s of eleven minutes is too long, of nine it is not', (_, wrap) => {
    expect(readSound(tone(11 * 60, ...wrap))).toEqual({ ok: false, why: 'voice-too-long' });
    expect(readSound(tone(9 * 60, ...wrap))).toMatchObject({ ok: true });
  });

  it('what is cut, changed or made up is read in bounded time, and never throws', () => {
    const random = seeded(7);
    for (const [wrap, seconds] of [
      [LIVE, secondsOfWebm],
      [FRAGMENTS, secondsOfMp4],
    ] as const) {
      const whole = tone(3, ...wrap);
      for (let round = 0; round < 400; round++) {
        const some = Buffer.from(whole.subarray(0, Math.floor(random() * whole.length)));
        for (let change = 0; change < 8 && some.length > 0; change++) {
          some[Math.floor(random() * some.length)] = Math.floor(random() * 256);
        }
        expect(() => seconds(some)).not.toThrow();
        expect(() => readSound(some)).not.toThrow();
      }
    }
  });
});
