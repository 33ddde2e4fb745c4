// The store's promises about recordings; run on every database by store-spec.ts.

import { describe, expect, test } from 'vitest';
import type { Event } from '../../src/dialog/engine/event.ts';
import type { Store } from '../../src/store/open.ts';
import type { VoiceJob } from '../../src/store/voice/voice-seal.ts';
import type { TempStore } from '../support/temp-store.ts';
import { BROWSER, CASE, IN_CASE, KEEP, NOON, openCase, PHONE, save, say } from './family.ts';

const SOUND = { bytes: Buffer.from('OggS — CANARY of a voice'), type: 'audio/ogg' };
const LATER = '2026-03-01T13:00:00.000Z';

async function speak(store: Store, id: string, from = PHONE): Promise<string> {
  const { person } = await store.receive({
    from,
    messageId: id,
    event: { id, at: NOON, kind: 'voice' },
    sound: SOUND,
    language: 'fr',
  });
  return person;
}

async function queue(store: Store, id: string, by: 'machine' | 'person' | 'nobody' = 'machine'): Promise<string> {
  const person = await speak(store, id);
  await save(store, person, { ...IN_CASE, queueVoice: [{ id, by }] });
  return person;
}

const written = (job: VoiceJob): Event => ({
  id: `voice/${job.mark}/1`,
  at: NOON,
  kind: 'voice-written',
  note: job.note,
  text: 'Personne ne nous a prévenus.',
  by: 'machine',
});

export function voiceSpec(at: () => TempStore): void {
  /** Whatever is held, whoever holds it, is free again. */
  const freed = async () => {
    for (const lease of await at().store.voice.leases()) expect(await at().store.voice.takeOver(lease)).toBe(true);
  };

  describe('recordings', () => {
    test('are durable with their message, sealed, and handed out byte for byte', async () => {
      const person = await openCase(at().store);
      await queue(at().store, 'v1');
      const store = await at().reopen();
      const job = await store.voice.take(NOON, 'me', 'here');
      expect(job).toMatchObject({ person, note: 'v1', language: 'fr', attempts: 0 });
      expect(Buffer.from(job?.sound.bytes ?? [])).toEqual(SOUND.bytes);
      expect(job?.sound.type).toBe('audio/ogg');
    });

    test('what was shown of one and refused is taken out of the transcript, and leaves a mark', async () => {
      const person = await openCase(at().store);
      const shown = (text: string) => ({ body: { bubbles: [{ text }] }, promptId: 'shown/v1', replaces: null });
      await speak(at().store, 'v1');
      await save(at().store, person, { ...IN_CASE, replies: [shown('CANARY of wrong words')] });
      await say(at().store, 'm9', 'non');
      await save(at().store, person, {
        ...IN_CASE,
        unsay: [{ promptId: 'shown/v1', mark: { bubbles: [{ text: '(retiré)' }] } }],
        replies: [shown('Les mots justes.')],
      });
      const texts = (await at().store.transcript(person, null)).map(({ text }) => text);
      expect(texts.join('\n')).not.toContain('CANARY');
      expect(texts).toContain('(retiré)');
      // What the same turn shows again stays.
      expect(texts).toContain('Les mots justes.');
    });

    test('a repeat of the message brings no second one, nor one that was refused again', async () => {
      await openCase(at().store);
      const person = await speak(at().store, 'v1');
      await speak(at().store, 'v1');
      expect(await at().store.voice.count()).toBe(1);
      await save(at().store, person, { ...IN_CASE, eraseVoice: ['v1'] });
      await speak(at().store, 'v1');
      expect(await at().store.voice.count()).toBe(0);
    });

    test('of one person are written down one at a time, of two people side by side', async () => {
      await openCase(at().store);
      await queue(at().store, 'v1');
      await queue(at().store, 'v2');
      const [first, second] = await Promise.all([
        at().store.voice.take(NOON, 'one', 'here'),
        at().store.voice.take(NOON, 'two', 'here'),
      ]);
      expect([first?.note, second?.note].filter((note) => note !== undefined)).toEqual(['v1']);
      const other = await speak(at().store, 'v9', BROWSER);
      const theirs = { case: 'case-bo', contribution: 'contribution-bo' };
      const state = { ...IN_CASE.state, ...theirs };
      await save(at().store, other, { state, openCase: theirs, queueVoice: [{ id: 'v9', by: 'machine' }] });
      expect((await at().store.voice.take(NOON, 'two', 'here'))?.note).toBe('v9');
    });

    test('that came before the yes move to the case, and are sealed with it', async () => {
      const person = await speak(at().store, 'v0');
      await save(at().store, person, { queueVoice: [{ id: 'v0', by: 'nobody' }] });
      expect(await at().store.voice.take(NOON, 'me', 'here')).toBeNull();
      await speak(at().store, 'v1');
      await save(at().store, person, { ...IN_CASE, openCase: CASE, queueVoice: [{ id: 'v0', by: 'machine' }] });
      const job = await at().store.voice.take(NOON, 'me', 'here');
      expect(Buffer.from(job?.sound.bytes ?? [])).toEqual(SOUND.bytes);
      await at().store.eraseCase(CASE.case);
      expect(await at().store.voice.count()).toBe(1);
      await at().store.erasePerson(person);
      expect(await at().store.voice.count()).toBe(0);
    });

    test('a result goes to the inbox once; a lease that ran out, or a recording deleted meanwhile, changes nothing', async () => {
      const person = await openCase(at().store);
      await queue(at().store, 'v1');
      const slow = await at().store.voice.take(NOON, 'slow', 'elsewhere');
      await freed();
      const fast = await at().store.voice.take(NOON, 'fast', 'here');
      if (slow === null || fast === null) throw new Error('nothing to write down');
      expect(await at().store.voice.finish(slow, written(slow))).toBe(false);
      expect(await at().store.voice.finish(fast, written(fast))).toBe(true);
      expect(await at().store.voice.finish(fast, written(fast))).toBe(false);
      expect((await at().store.nextTurn(person))?.event).toMatchObject({ kind: 'voice-written', note: 'v1' });
      await save(at().store, person, { ...IN_CASE, eraseVoice: ['v1'] });

      await queue(at().store, 'v2');
      const job = await at().store.voice.take(NOON, 'me', 'here');
      await speak(at().store, 'v3');
      await save(at().store, person, { ...IN_CASE, eraseVoice: ['v2'] });
      if (job === null) throw new Error('nothing to write down');
      expect(await at().store.voice.finish(job, written(job))).toBe(false);
      expect(await at().store.nextTurn(person)).toBeNull();
    });

    test('a lease goes on while it is renewed, and cannot be renewed once it is somebody else’s', async () => {
      await openCase(at().store);
      await queue(at().store, 'v1');
      const job = await at().store.voice.take(NOON, 'me', 'here');
      if (job === null) throw new Error('nothing to write down');
      const [seen] = await at().store.voice.leases();
      if (seen === undefined) throw new Error('nobody holds it');
      expect(seen).toMatchObject({ id: 'me', holder: 'here' });
      expect(await at().store.voice.renew(job)).toBe(true);
      expect(await at().store.voice.takeOver(seen)).toBe(false);
      expect(await at().store.voice.take(LATER, 'other', 'there')).toBeNull();
      const [now] = await at().store.voice.leases();
      if (now === undefined) throw new Error('nobody holds it');
      expect(now.beat).toBeGreaterThan(seen.beat);
      const all = await Promise.all(Array.from({ length: 6 }, () => at().store.voice.takeOver(now)));
      expect(all.filter(Boolean)).toHaveLength(1);
      expect(await at().store.voice.take(NOON, 'other', 'there')).toMatchObject({ note: 'v1', attempts: 0 });
      expect(await at().store.voice.renew(job)).toBe(false);
    });

    test('a try that failed comes again when it is due', async () => {
      await openCase(at().store);
      await queue(at().store, 'v1');
      const job = await at().store.voice.take(NOON, 'me', 'here');
      if (job === null) throw new Error('nothing to write down');
      await at().store.voice.retry(job, '2026-03-01T12:00:30.000Z');
      expect(await at().store.voice.take(NOON, 'me', 'here')).toBeNull();
      expect(await at().store.voice.take('2026-03-01T12:00:30.000Z', 'me', 'here')).toMatchObject({ attempts: 1 });
    });

    test('wait for a person who listens, and take the words of one', async () => {
      const person = await openCase(at().store);
      await queue(at().store, 'v1', 'person');
      expect(await at().store.voice.take(NOON, 'me', 'here')).toBeNull();
      const [waiting] = await at().store.voice.toType();
      expect(waiting).toMatchObject({ contribution: CASE.contribution, language: 'fr' });
      const position = waiting?.position ?? 0;
      expect(Buffer.from((await at().store.voice.soundToType(position))?.bytes ?? [])).toEqual(SOUND.bytes);
      expect(await at().store.voice.typed(position, 'Personne.', NOON)).toBe(person);
      expect(await at().store.voice.typed(position, 'Autre chose.', NOON)).toBeNull();
      expect(await at().store.voice.soundToType(position)).toBeNull();
      expect((await at().store.nextTurn(person))?.event).toMatchObject({ text: 'Personne.', by: 'person' });
    });

    test('no harm B: are counted by person, and together where nobody has said yes to keeping', async () => {
      const nothing = { bytes: 0, count: 0 };
      const stranger = await speak(at().store, 'v0', BROWSER);
      const { bytes } = await at().store.voice.keptOf(stranger);
      expect(bytes).toBeGreaterThanOrEqual(SOUND.bytes.length);
      expect(await at().store.voice.keptOf(stranger)).toEqual({
        bytes,
        count: 1,
        saidYes: false,
        beforeYesOfAll: bytes,
      });
      const person = await openCase(at().store);
      expect(await at().store.voice.keptOf(person)).toEqual({ ...nothing, saidYes: true, beforeYesOfAll: bytes });
      await queue(at().store, 'v1');
      expect(await at().store.voice.keptOf(person)).toMatchObject({ count: 1, saidYes: true, beforeYesOfAll: bytes });
    });

    test('are kept no longer than was said, and their speaker learns it', async () => {
      const person = await openCase(at().store);
      at().now = NOON;
      await queue(at().store, 'v1');
      await at().store.purge('2026-03-08T11:59:00.000Z', { ...KEEP, voiceDays: 7 });
      expect(await at().store.voice.count()).toBe(1);
      await at().store.purge('2026-03-08T12:01:00.000Z', { ...KEEP, voiceDays: 7 });
      expect(await at().store.voice.count()).toBe(0);
      expect((await at().store.nextTurn(person))?.event).toMatchObject({ kind: 'voice-failed', why: 'expired' });
    });
  });
}
