// kill -9 around a recording: after it was saved, while it is with the service, after it was written down, after it was
// accepted. And no byte of it, and no word that nobody accepted, is ever in clear on the disk, in a log or in a mail.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { wordsFoundIn } from '../support/invariants.ts';
import * as running from '../support/running-app.ts';
import { heard, silence, startSpeechService, type SpeechService } from '../support/speech-service.ts';

/** The head of a real one; the rest says who spoke. */
const SOUND = Buffer.concat([
  Buffer.from('OggS\u0000\u0002'),
  Buffer.alloc(22),
  Buffer.from('OpusHead CANARY-OF-A-VOICE '.repeat(40)),
]);
const STORY = 'Nobody told us in Quillabamba where she was.';
const WRONG = 'Marmalade lantern on the moon.';

let dir: string;
let service: SpeechService;
let env: Record<string, string>;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'griot-voice-'));
  service = await startSpeechService(silence);
  env = {
    DATA_DIR: dir,
    MASTER_KEY: running.MASTER_KEY,
    TRANSCRIBE_URL: service.url.href,
    LOG_LEVEL: 'trace',
    SEND_WINDOW_MINUTES: '0',
  };
});
afterEach(async () => {
  await service.close();
  rmSync(dir, { recursive: true, force: true });
});

async function read(visitor: running.Visitor, words: string): Promise<void> {
  await running.until(async () => (await visitor.open()).text.includes(words));
}

describe('fault 1: kill -9 around a recording', () => {
  test('nothing is lost, nothing counts twice, and nothing counts that was not accepted', async () => {
    let griot = await running.startProcess(env);
    const visitor = new running.Visitor(griot.url);
    const said: string[] = [];
    const killed = async () => {
      await griot.kill();
      said.push(griot.said());
      griot = await running.startProcess(env);
      visitor.url = griot.url;
    };
    await visitor.open();
    for (const text of running.BEGIN) await visitor.say(text);
    expect((await visitor.speak(SOUND)).status).toBe(200);
    // With the service, which never answers this one.
    await service.until(1);
    service.answers = [heard(WRONG), heard(STORY)];
    await killed();
    await read(visitor, WRONG);
    await killed();
    expect((await visitor.open()).text).toContain(WRONG);
    await visitor.say('2');
    await killed();
    await visitor.speak(SOUND);
    await read(visitor, STORY);
    await visitor.say('1');
    await killed();
    for (const text of [...running.ON_TO_PUBLICATION, '3', 'SEND', '2']) await visitor.say(text);
    await running.until(() => readdirSync(join(dir, 'outbox')).some((name) => name.endsWith('.eml')));
    said.push(griot.said());

    const isMail = (file: string) => file.endsWith('.eml');
    const canaries = ['Quillabamba', 'Marmalade lantern', 'CANARY-OF-A-VOICE'];
    expect(wordsFoundIn(dir, canaries, isMail)).toEqual([]);
    for (const canary of canaries) expect(said.join('\n')).not.toContain(canary);
    const mails = readdirSync(join(dir, 'outbox')).map((name) => readFileSync(join(dir, 'outbox', name), 'latin1'));
    expect(mails).toHaveLength(1);
    for (const canary of ['Marmalade', 'CANARY-OF-A-VOICE', 'OpusHead']) expect(mails.join()).not.toContain(canary);
    expect(service.received.every(({ bytes }) => bytes.equals(SOUND))).toBe(true);
    await griot.stop();
  }, 180_000);
});
