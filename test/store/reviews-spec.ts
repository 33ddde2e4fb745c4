// The store's promises about releases; run on every database by store-spec.ts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IfUnreachable } from '../../src/dialog/engine/event.ts';
import type { Store } from '../../src/store/open.ts';
import type { Act, Reviewer } from '../../src/store/reviews/review-mail.ts';
import { openTempStore, type TempStore } from '../support/temp-store.ts';
import { FROZEN, IN_CASE, NOON, openCase, pendingOf, save, say, SHA, STORY, takeOverAll, turnOver } from './family.ts';

const REFERENCE = 'GR-7K2M';
const CONFIDENTIAL = 'c'.repeat(64);
const AMARA: Reviewer = { id: 'staff-amara', role: 'reviewer' };
const BENTO: Reviewer = { id: 'staff-bento', role: 'administrator' };
const CHIARA: Reviewer = { id: 'staff-chiara', role: 'reviewer' };
const READER: Reviewer = { id: 'staff-reader', role: 'reader' };

const by = (reviewer: Reviewer, sha256 = SHA): Act => ({ reviewer, reference: REFERENCE, sha256, at: NOON });

interface Sending {
  readonly needed?: 1 | 2;
  readonly ifUnreachable?: IfUnreachable | null;
  readonly sha256?: string;
  readonly message?: string;
}

/** SEND over a text and its confidential version; it waits for `needed` reviewers. */
async function sendForReview(store: Store, person: string, sending: Sending = {}): Promise<string> {
  const { needed = 2, ifUnreachable = 'not-send', sha256 = SHA, message = 'm-send' } = sending;
  const reference = REFERENCE;
  const files = [{ format: 'pdf', name: 'text.pdf', bytes: Buffer.from(STORY) }] as const;
  await say(store, message, 'ENVOYER');
  await save(store, person, {
    ...IN_CASE,
    documents: [
      { kind: 'final', reference, sha256, manifest: `{"text":"Koffi \\"K.\\" ${sha256}"}`, files },
      { kind: 'fallback', reference, sha256: CONFIDENTIAL, manifest: '{"confidential":true}', files },
    ],
    mails: [
      {
        kind: 'submission',
        reference,
        sha256,
        notBefore: NOON,
        request: { publication: 'public-named' },
        review: {
          needed,
          ifUnreachable,
          fallback: { sha256: CONFIDENTIAL, request: { publication: 'confidential' } },
        },
      },
    ],
  });
  return (await store.mail(reference)).at(-1)?.id ?? '';
}

/** The whole way out, as the delivery takes it; which content left, or null where nothing may. */
async function tryToSend(store: Store): Promise<string | null> {
  for (const item of await store.dueMails('2026-03-02T12:00:00.000Z', 9)) {
    if (!item.released) continue;
    if (item.bytes === null && !(await store.freezeMail(item.id, FROZEN, NOON))) continue;
    if (!(await store.startSending(item.id, 'one', item.attempts))) continue;
    await store.endAttempt(item.id, 'sent', { kind: 'accepted', server: 'mx', at: NOON }, NOON, null);
    return item.sha256;
  }
  return null;
}

async function newsOf(store: Store, person: string): Promise<readonly unknown[]> {
  const news: unknown[] = [];
  for (let turn = await store.nextTurn(person); turn !== null; turn = await store.nextTurn(person)) {
    if (turn.event.kind === 'review') news.push(turn.event.news);
    if (turn.event.kind === 'staff-words') news.push(turn.event.text);
    await store.saveTurn(turnOver(turn, IN_CASE));
  }
  return news;
}

export function reviewsSpec(at: () => TempStore): void {
  const reviews = () => at().store.reviews;

  describe('releases', () => {
    test('two different reviewers release exactly this version, then it leaves, once', async () => {
      const { store } = at();
      const person = await openCase(store);
      await sendForReview(store, person);
      expect(await tryToSend(store)).toBeNull();
      expect(await reviews().release(by(AMARA))).toEqual({ kind: 'done', given: 1, needed: 2, leaves: false });
      expect(await reviews().release(by(AMARA))).toEqual({ kind: 'already' });
      expect(await tryToSend(store)).toBeNull();
      expect(await reviews().stateOf(REFERENCE)).toMatchObject({
        state: 'waiting',
        releasedBy: ['staff-amara'],
        needed: 2,
      });
      expect(await reviews().release(by(BENTO))).toEqual({ kind: 'done', given: 2, needed: 2, leaves: true });
      expect(await tryToSend(store)).toBe(SHA);
      expect(await tryToSend(store)).toBeNull();
      expect(await reviews().release(by(CHIARA))).toEqual({ kind: 'left' });
      expect(await newsOf(store, person)).toEqual([{ kind: 'released' }]);
      expect((await reviews().reviewsOf(REFERENCE)).map(({ act, reviewer }) => [act, reviewer])).toEqual([
        ['release', 'staff-amara'],
        ['release', 'staff-bento'],
      ]);
    });

    test('of all that come at the same moment each reviewer counts once, and the last one makes it due', async () => {
      const { store } = at();
      await sendForReview(store, await openCase(store));
      const results = await Promise.all([AMARA, AMARA, BENTO, AMARA].map((one) => reviews().release(by(one))));
      expect(results.filter(({ kind }) => kind === 'done')).toHaveLength(2);
      expect(results.filter((one) => one.kind === 'done' && one.leaves)).toHaveLength(1);
      expect(await tryToSend(store)).toBe(SHA);
    });

    test('readers, and who stepped back, release nothing; what they released before counts no more', async () => {
      const { store } = at();
      await sendForReview(store, await openCase(store));
      expect(await reviews().release(by(READER))).toEqual({ kind: 'not-allowed', why: 'reader' });
      await reviews().release(by(AMARA));
      await reviews().release(by(BENTO));
      const back = { reviewer: AMARA, reference: REFERENCE, at: NOON, reason: 'my cousin' };
      expect(await reviews().stepBack(back)).toEqual({ kind: 'done' });
      expect(await reviews().stepBack(back)).toEqual({ kind: 'already' });
      expect(await tryToSend(store)).toBeNull();
      expect(await reviews().release(by(AMARA))).toEqual({ kind: 'not-allowed', why: 'stepped-back' });
      expect(await reviews().say({ reviewer: AMARA, to: { reference: REFERENCE }, text: 'x', at: NOON })).toMatchObject(
        {
          kind: 'not-allowed',
        },
      );
      await reviews().release(by(CHIARA));
      expect(await tryToSend(store)).toBe(SHA);
    });

    test('take effect after their window, and until then their reviewer takes them back: the case is as before', async () => {
      const { store } = at();
      const person = await openCase(store);
      await sendForReview(store, person);
      const until = new Date(Date.parse(NOON) + 60_000).toISOString();
      const later = new Date(Date.parse(NOON) + 59_999).toISOString();
      await reviews().release(by(AMARA));
      expect(await reviews().takeReleaseBack(by(BENTO))).toEqual({ kind: 'already' });
      const before = await reviews().stateOf(REFERENCE);
      expect(await reviews().release({ ...by(BENTO), leavesFrom: until })).toMatchObject({ leaves: true });
      expect(await reviews().takeableReleases({ reviewer: BENTO.id, since: NOON })).toEqual([
        expect.objectContaining({ reference: REFERENCE, sha256: SHA, leavesAt: until }),
      ]);
      expect(await store.dueMails(later, 9)).toEqual([]);
      expect(await reviews().takeReleaseBack(by(BENTO))).toEqual({ kind: 'done' });
      expect(await reviews().takeReleaseBack(by(BENTO))).toEqual({ kind: 'already' });
      expect(await reviews().stateOf(REFERENCE)).toEqual(before);
      expect(await reviews().takeableReleases({ reviewer: BENTO.id, since: NOON })).toEqual([]);
      expect(await reviews().takeableReleases({ reviewer: AMARA.id, since: NOON })).toMatchObject([{ leavesAt: null }]);
      expect(await tryToSend(store)).toBeNull();
      expect(await reviews().release(by(BENTO))).toMatchObject({ given: 2, leaves: true });
      expect(await tryToSend(store)).toBe(SHA);
      expect(await reviews().takeReleaseBack(by(BENTO))).toEqual({ kind: 'left' });
      expect(await newsOf(store, person)).toEqual([
        { kind: 'released', leavesAt: until },
        { kind: 'release-taken-back' },
        { kind: 'released', leavesAt: until },
      ]);
    });

    test('of two each takes back their own, in either order', async () => {
      const { store } = at();
      await sendForReview(store, await openCase(store));
      const until = '2026-03-02T11:00:00.000Z';
      await reviews().release({ ...by(AMARA), leavesFrom: until });
      await reviews().release({ ...by(BENTO), leavesFrom: until });
      expect(await reviews().takeReleaseBack(by(AMARA))).toEqual({ kind: 'done' });
      expect(await reviews().stateOf(REFERENCE)).toMatchObject({ state: 'waiting', releasedBy: ['staff-bento'] });
      expect(await reviews().release(by(AMARA))).toMatchObject({ given: 2, leaves: true });
    });

    test('a person who doubts and wants it sent after all shortens no window', async () => {
      const { store } = at();
      const person = await openCase(store);
      await sendForReview(store, person, { needed: 1 });
      const until = '2026-03-01T18:00:00.000Z';
      await reviews().release({ ...by(AMARA), leavesFrom: until });
      await say(store, 'm-doubt', '?');
      await save(store, person, { ...IN_CASE, doubt: [REFERENCE] });
      await say(store, 'm-go', '!');
      await save(store, person, { ...IN_CASE, resume: [{ reference: REFERENCE, notBefore: NOON }] });
      expect(await store.dueMails('2026-03-01T17:59:59.999Z', 9)).toEqual([]);
      expect(await store.dueMails(until, 9)).toHaveLength(1);
    });

    test('over another version count for nothing, and are told what lies there now', async () => {
      const { store } = at();
      const person = await openCase(store);
      await sendForReview(store, person, { needed: 1 });
      await say(store, 'm-stop', 'stop');
      await save(store, person, { ...IN_CASE, cancel: [REFERENCE] });
      expect(await reviews().release(by(AMARA))).toEqual({ kind: 'taken-back' });
      const other = 'b'.repeat(64);
      await sendForReview(store, person, { needed: 1, sha256: other, message: 'm-send-2' });
      expect(await reviews().release(by(AMARA))).toEqual({ kind: 'changed', sha256: other });
      expect(await tryToSend(store)).toBeNull();
      expect(await reviews().release(by(AMARA, other))).toMatchObject({ kind: 'done', leaves: true });
      expect(await tryToSend(store)).toBe(other);
    });

    test('given before a hold, or before the text went back to its person, count no more', async () => {
      const { store } = at();
      await sendForReview(store, await openCase(store));
      await reviews().release(by(AMARA));
      expect(await reviews().hold({ ...by(BENTO), reason: 'ask the lawyer', tell: null })).toEqual({ kind: 'done' });
      expect(await reviews().release(by(CHIARA))).toEqual({ kind: 'on-hold' });
      expect(await reviews().liftHold(by(CHIARA))).toEqual({ kind: 'done' });
      expect(await reviews().liftHold(by(CHIARA))).toEqual({ kind: 'already' });
      await reviews().release(by(BENTO));
      expect(await tryToSend(store)).toBeNull();
      await reviews().release(by(AMARA));
      expect(await tryToSend(store)).toBe(SHA);
      expect((await reviews().reviewsOf(REFERENCE)).find(({ act }) => act === 'hold')).toMatchObject({
        note: 'ask the lawyer',
      });
    });

    test.each(['hold', 'second', 'step-back'] as const)(
      'that were enough and are no more (%s): its person’s session learns that it waits again, once',
      async (how) => {
        const { store } = at();
        const person = await openCase(store);
        await sendForReview(store, person, { needed: 1 });
        const until = '2026-03-01T12:30:00.000Z';
        expect(await reviews().release({ ...by(AMARA), leavesFrom: until })).toMatchObject({ leaves: true });
        if (how === 'hold') await reviews().hold({ ...by(BENTO), reason: 'ask first', tell: null });
        else if (how === 'second') await reviews().askSecond(by(BENTO));
        else await reviews().stepBack({ reviewer: AMARA, reference: REFERENCE, at: NOON, reason: null });
        await reviews().askSecond(by(BENTO));
        expect(await newsOf(store, person)).toEqual([
          { kind: 'released', leavesAt: until },
          { kind: 'release-taken-back' },
        ]);
      },
    );

    test('a second reviewer can be asked for, also inside the window; never one fewer', async () => {
      const { store } = at();
      await sendForReview(store, await openCase(store), { needed: 1 });
      expect(await reviews().release(by(AMARA))).toMatchObject({ leaves: true });
      expect(await reviews().askSecond(by(AMARA))).toEqual({ kind: 'done' });
      expect(await reviews().askSecond(by(BENTO))).toEqual({ kind: 'already' });
      expect(await tryToSend(store)).toBeNull();
      await reviews().release(by(BENTO));
      expect(await tryToSend(store)).toBe(SHA);
    });

    test('are asked for again at the last guard: no bytes are frozen without them', async () => {
      const { store } = at();
      const id = await sendForReview(store, await openCase(store), { needed: 1 });
      await reviews().release(by(AMARA));
      await at().store.reviews.stepBack({ reviewer: AMARA, reference: REFERENCE, at: NOON, reason: null });
      expect(await store.freezeMail(id, FROZEN, NOON)).toBe(false);
      expect(await store.startSending(id, 'one', 0)).toBe(false);
    });
  });

  describe('what reviewers ask', () => {
    test('a text that is given back waits for its person, and nothing leaves', async () => {
      const { store } = at();
      const person = await openCase(store);
      await sendForReview(store, person, { needed: 1 });
      const question = { kind: 'ready', id: 'names-agree' } as const;
      expect(await reviews().giveBack({ ...by(AMARA), question })).toEqual({ kind: 'done' });
      expect(await reviews().release(by(BENTO))).toEqual({ kind: 'taken-back' });
      expect(await tryToSend(store)).toBeNull();
      expect(await reviews().stateOf(REFERENCE)).toMatchObject({ state: 'with-person' });
      expect(await newsOf(store, person)).toEqual([{ kind: 'given-back', question }]);
    });

    test('only words of the text can be proposed to be withheld; refused, it goes back to the reviewers', async () => {
      const { store } = at();
      const person = await openCase(store);
      await sendForReview(store, person, { needed: 1 });
      expect(await reviews().proposeWithholding({ ...by(AMARA), words: 'Mensah' })).toEqual({ kind: 'not-in-text' });
      expect(await reviews().proposeWithholding({ ...by(AMARA), words: ' ' })).toEqual({ kind: 'not-in-text' });
      expect(await reviews().proposeWithholding({ ...by(AMARA), words: 'Koffi "K."' })).toEqual({ kind: 'done' });
      expect(await newsOf(store, person)).toEqual([{ kind: 'withholding-proposed', words: 'Koffi "K."' }]);
      await say(store, 'm-no', 'non');
      await save(store, person, {
        ...IN_CASE,
        answers: [{ reference: REFERENCE, sha256: SHA, accepted: false }],
      });
      expect((await reviews().reviewsOf(REFERENCE)).at(-1)).toMatchObject({ act: 'proposal-refused', reviewer: null });
      await reviews().release(by(BENTO));
      expect(await tryToSend(store)).toBe(SHA);
    });

    test('words reach a person of a case, and one who has none; nobody else', async () => {
      const { store } = at();
      const person = await openCase(store);
      const child = await say(store, 'm-1', 'bonjour', { channel: 'phone', account: 'one', address: '+00 000 0222' });
      const words = { reviewer: AMARA, text: 'Je m’appelle Amara.', at: NOON };
      expect(await reviews().say({ ...words, to: { reference: REFERENCE } })).toEqual({ kind: 'done' });
      expect(await reviews().say({ ...words, to: { person: child } })).toEqual({ kind: 'done' });
      expect(await reviews().say({ ...words, to: { person: 'nobody' } })).toEqual({ kind: 'unknown' });
      expect(await reviews().say({ ...words, to: { reference: 'GR-NONE' } })).toEqual({ kind: 'unknown' });
      expect(await reviews().say({ ...words, reviewer: READER, to: { person: child } })).toMatchObject({
        why: 'reader',
      });
      expect(await newsOf(store, person)).toEqual(['Je m’appelle Amara.']);
      expect(await newsOf(store, child)).toEqual(['Je m’appelle Amara.']);
    });

    test('a word of one’s own is set back for whose text it is, with the reason, and by nobody who may not', async () => {
      const { store } = at();
      const person = await openCase(store);
      await sendForReview(store, person);
      const contribution = (await store.mail(REFERENCE)).at(-1)?.contribution ?? '';
      const act = { reviewer: AMARA, reason: 'called-back', to: { contribution }, at: NOON } as const;
      expect(await reviews().setOwnWordBack({ ...act, reviewer: READER })).toMatchObject({ why: 'reader' });
      expect(await reviews().setOwnWordBack({ ...act, to: { contribution: 'none' } })).toEqual({ kind: 'unknown' });
      await reviews().stepBack({ reviewer: CHIARA, reference: REFERENCE, at: NOON, reason: null });
      expect(await reviews().setOwnWordBack({ ...act, reviewer: CHIARA })).toMatchObject({ why: 'stepped-back' });
      expect(await store.nextTurn(person)).toBeNull();
      expect(await reviews().setOwnWordBack(act)).toEqual({ kind: 'done' });
      expect((await store.nextTurn(person))?.event).toMatchObject({ kind: 'own-word-reset', at: NOON });
    });

    test('a refused mail is tried once more with the same bytes, and a restart takes nobody for a restored backup', async () => {
      const { store } = at();
      const id = await sendForReview(store, await openCase(store), { needed: 1 });
      await reviews().release(by(AMARA));
      await store.freezeMail(id, FROZEN, NOON);
      await store.startSending(id, 'one', 0);
      await store.endAttempt(id, 'refused', { kind: 'refused', server: 'mx', reply: '550', at: NOON }, NOON, null);
      expect(await reviews().retry(by(READER))).toMatchObject({ why: 'reader' });
      expect(await reviews().retry(by(BENTO))).toEqual({ kind: 'done' });
      expect(await reviews().retry(by(BENTO))).toEqual({ kind: 'already' });
      const [again] = await store.dueMails(NOON, 5);
      expect(again).toMatchObject({ id, state: 'frozen', attempts: 1 });
      expect(Buffer.from(again?.bytes ?? []).equals(FROZEN)).toBe(true);
      const restarted = await openTempStore({ database: at().database, ledgerFile: at().ledgerFile });
      expect(await restarted.store.heldMails()).toEqual([]);
      await restarted.store.close();
    });
  });

  describe('at the deadline', () => {
    test.each([
      ['withhold', 'withheld', 'review', null],
      ['confidential', 'confidential', 'waiting', CONFIDENTIAL],
      ['not-send', 'not-sent', 'cancelled', null],
      [null, 'not-sent', 'cancelled', null],
    ] as const)('%s: %s, once, in whichever process', async (ifUnreachable, decision, state, left) => {
      const { store } = at();
      const person = await openCase(store);
      const id = await sendForReview(store, person, { ifUnreachable });
      const twice = await Promise.all([reviews().decide(id, NOON), reviews().decide(id, NOON)]);
      expect(twice.filter((one) => one !== null)).toEqual([decision]);
      expect((await store.mail(REFERENCE))[0]).toMatchObject({ state });
      expect(await newsOf(store, person)).toEqual([{ kind: 'deadline', decision }]);
      expect(await tryToSend(store)).toBe(left);
      expect(await tryToSend(store)).toBeNull();
    });

    test('what is given back and unanswered does what its person chose; what is on hold is withheld', async () => {
      const { store } = at();
      const id = await sendForReview(store, await openCase(store), { ifUnreachable: 'confidential' });
      await reviews().giveBack({ ...by(AMARA), question: { kind: 'own', text: 'Votre frère est-il d’accord ?' } });
      expect(await reviews().decide(id, NOON)).toBe('confidential');
      expect(await tryToSend(store)).toBe(CONFIDENTIAL);
    });

    test('a hold is stronger than the clock', async () => {
      const { store } = at();
      const id = await sendForReview(store, await openCase(store), { ifUnreachable: 'confidential', needed: 1 });
      await reviews().hold({ ...by(AMARA), reason: 'a child is named', tell: null });
      expect(await reviews().decide(id, NOON)).toBe('withheld');
      expect(await tryToSend(store)).toBeNull();
      await reviews().setClosed(id, true);
      await reviews().liftHold(by(AMARA));
      expect(await reviews().release(by(AMARA))).toEqual({ kind: 'closed' });
      await reviews().setClosed(id, false);
      await reviews().release(by(AMARA));
      expect(await tryToSend(store)).toBe(SHA);
    });

    test('the alarm rings once for each deadline, in one process', async () => {
      const { store } = at();
      const id = await sendForReview(store, await openCase(store));
      const rings = await Promise.all([1, 2, 3].map(() => reviews().alarm(id, NOON)));
      expect(rings.filter(Boolean)).toHaveLength(1);
      expect(await reviews().alarm(id, '2026-03-09T12:00:00.000Z')).toBe(true);
      expect(await reviews().stateOf(REFERENCE)).toMatchObject({ alarmed: true });
    });
  });

  test('erasure takes the reviews, and what reviewers wrote, with it', async () => {
    const { store } = at();
    const person = await openCase(store);
    await sendForReview(store, person);
    await reviews().hold({ ...by(AMARA), reason: 'the aunt in Lomé', tell: 'Un instant.' });
    await store.erasePerson(person);
    expect(await reviews().reviewsOf(REFERENCE)).toEqual([]);
    expect(await reviews().stateOf(REFERENCE)).toBeNull();
    expect(await reviews().underReview()).toEqual([]);
    expect(await reviews().release(by(BENTO))).toEqual({ kind: 'unknown' });
  });

  const step = fc.constantFrom(
    'release-amara',
    'release-amara',
    'release-bento',
    'release-bento',
    'release-old',
    'hold',
    'lift',
    'give-back',
    'second',
    'decide',
    'send',
    'send',
    'stop',
    'approve',
    'restart',
  );

  test('whatever the order: nothing leaves without its releases over exactly its content, and nothing twice', async () => {
    const { store } = at();
    const person = await openCase(store);
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        round += 1;
        let version = 0;
        let id = '';
        const sha = (n = version) => `${round}-${n}`.padStart(64, 'f');
        const left: string[] = [];
        const approve = async () => {
          version += 1;
          const message = `send-${round}-${version}`;
          id = await sendForReview(store, person, { sha256: sha(), message, ifUnreachable: 'confidential' });
        };
        const stop = async (message: string) => {
          await say(store, message, 'stop');
          const taken = await store.saveTurn(
            turnOver(await pendingOf(store, person), { ...IN_CASE, cancel: [REFERENCE] }),
          );
          if (taken === 'stale') await save(store, person, IN_CASE);
        };
        await newsOf(store, person);
        await approve();
        for (const [index, one] of steps.entries()) {
          await newsOf(store, person);
          const act = by(one === 'release-bento' ? BENTO : AMARA, one === 'release-old' ? sha(version - 1) : sha());
          if (one.startsWith('release')) await reviews().release(act);
          if (one === 'hold') await reviews().hold({ ...act, reason: 'r', tell: null });
          if (one === 'lift') await reviews().liftHold(act);
          if (one === 'give-back') await reviews().giveBack({ ...act, question: { kind: 'own', text: 'q' } });
          if (one === 'second') await reviews().askSecond(act);
          if (one === 'decide') await reviews().decide(id, NOON);
          if (one === 'restart') await takeOverAll(store, NOON);
          if (one === 'stop') await stop(`stop-${round}-${index}`);
          if (one === 'approve') {
            await stop(`again-${round}-${index}`);
            await newsOf(store, person);
            if ((await store.mail(REFERENCE)).at(-1)?.state === 'cancelled') await approve();
          }
          if (one !== 'send') continue;
          const before = (await reviews().reviewsOf(REFERENCE)).filter((row) => row.act === 'release');
          const state = await reviews().stateOf(REFERENCE);
          const content = await tryToSend(store);
          if (content === null) continue;
          left.push(id);
          if (content === CONFIDENTIAL) expect(state?.decided).toBe('confidential');
          else {
            expect(content).toBe(sha());
            const who = new Set(before.filter((row) => row.sha256 === content).map((row) => row.reviewer));
            expect(who.size).toBeGreaterThanOrEqual(2);
            expect(state?.onHold).toBe(false);
            expect(new Set(state?.releasedBy).size).toBeGreaterThanOrEqual(2);
          }
        }
        expect(new Set(left).size).toBe(left.length);
        await newsOf(store, person);
        await stop(`end-${round}`);
      }),
      { numRuns: 25 },
    );
  });
}
