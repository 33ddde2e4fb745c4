// Whatever was sent, corrected, stopped, held, reopened and taken back before: withdrawing names everything that is out.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sendingOf } from '../../src/dialog/stages/sending-window.ts';
import { Player } from '../support/player.ts';

const STEPS = [
  'send',
  'leave',
  'leave-earlier',
  'correct',
  'another',
  'stop',
  'doubt',
  'hold',
  'refuse',
  'withdraw',
] as const;
type Step = (typeof STEPS)[number];

const AT = '2026-11-23T14:00:00.000Z';

/** A person, and what is known from outside of each of their mails. */
class Sender {
  readonly player = new Player();
  readonly left = new Set<string>();
  readonly askedBack = new Set<string>();

  get waiting(): readonly string[] {
    const { mails } = this.player.session;
    return mails
      .filter(({ mail, outcome }) => mail !== 'withdrawal' && outcome === 'waiting')
      .map(({ reference }) => reference)
      .filter((reference) => !this.left.has(reference));
  }

  get out(): readonly string[] {
    return [...this.left].filter((reference) => !this.askedBack.has(reference)).toSorted();
  }

  async says(text: string): Promise<string> {
    this.know();
    const read = this.player.read(await this.player.says(text));
    this.know();
    return read;
  }

  know(): void {
    const { mails } = this.player.session;
    const newest = mails.findLast(({ mail, outcome }) => mail !== 'withdrawal' && outcome === 'waiting');
    this.player.mailLeft = newest !== undefined && this.left.has(newest.reference);
    this.player.alsoHere = this.waiting.filter((one) => one !== newest?.reference);
  }

  async take(step: Step): Promise<void> {
    const { player } = this;
    switch (step) {
      case 'send':
        return this.send();
      case 'leave':
        return this.leave(this.waiting.at(-1));
      case 'leave-earlier':
        return this.waiting.length > 1 ? this.leave(this.waiting[0]) : undefined;
      case 'correct':
      case 'another':
        if (player.session.at.prompt !== 'after') return;
        this.know();
        await player.taps(step);
        return;
      case 'stop':
        await this.says('stop');
        return this.leaveStop();
      case 'doubt':
        if (sendingOf(this.turn()) !== undefined) await this.says('wait, I changed my mind, do not send it');
        return;
      case 'hold':
        return this.ends(this.waiting.at(-1), 'held');
      case 'refuse': {
        const one = this.waiting.at(-1);
        if (one !== undefined) this.left.add(one);
        return this.ends(one, 'refused');
      }
      case 'withdraw':
        await this.withdrawAll();
        return;
      default:
        return step satisfies never;
    }
  }

  turn() {
    this.know();
    const { session, mailLeft, alsoHere } = this.player;
    return {
      session,
      facts: { boot: '', channel: { seenBy: 'network', takesFiles: false }, mailLeft, alsoHere } as const,
    };
  }

  /** *stop* where nothing was being sent asks something of its own. */
  async leaveStop(): Promise<void> {
    if (this.player.session.at.prompt === 'stop') await this.says('1');
  }

  async leave(reference: string | undefined): Promise<void> {
    const mail = this.player.session.mails.findLast((one) => one.reference === reference && one.mail !== 'withdrawal');
    if (reference === undefined || mail === undefined || mail.doubted === true) return;
    this.left.add(reference);
    this.know();
    const outcome = { kind: 'accepted', server: 'mx.example', at: AT } as const;
    await this.player.hears({ kind: 'mail', reference, mail: mail.mail, outcome });
  }

  async ends(reference: string | undefined, kind: 'held' | 'refused'): Promise<void> {
    const mail = this.player.session.mails.findLast((one) => one.reference === reference && one.mail !== 'withdrawal');
    if (reference === undefined || mail === undefined || mail.doubted === true) return;
    this.know();
    const outcome =
      kind === 'held' ? ({ kind, at: AT } as const) : ({ kind, server: 'mx.example', at: AT, reply: '550' } as const);
    await this.player.hears({ kind: 'mail', reference, mail: mail.mail, outcome });
  }

  /** From wherever it stands to SEND, over a text that has words. */
  async send(): Promise<void> {
    const { player } = this;
    for (let step = 0; step < 60; step++) {
      const { prompt } = player.session.at;
      if (prompt === 'send') {
        await this.says('SEND');
        if (player.session.at.prompt === 'write-back') await this.says('2');
        return;
      }
      if (['after', 'gone', 'write-back'].includes(prompt)) return;
      if (prompt === 'story' && player.parts.length === 0) await this.says('It was in May. Nobody told us.');
      else await this.says(ANSWERS[prompt] ?? 'next');
    }
  }

  /** The word, then all of it. Returns what was named, and what the UN is asked to take back. */
  async withdrawAll(): Promise<{ readonly named: string; readonly asked: readonly string[] } | null> {
    const { player, out } = this;
    if (out.length === 0) return null;
    const before = player.effects.length;
    let named = await this.says('withdraw');
    expect(player.session.at.prompt, named).toBe('withdraw-kind');
    this.know();
    if (named.includes('Which of them')) await player.taps('text:all');
    named = await this.says('1');
    expect(player.session.at.prompt, named).toBe('withdraw-sure');
    await this.says('withdraw');
    const asked = player.effects.slice(before).flatMap((effect) => {
      return effect.kind === 'withdraw' ? [effect.reference, ...(effect.also ?? [])] : [];
    });
    for (const reference of asked) this.askedBack.add(reference);
    return { named, asked: asked.toSorted() };
  }
}

const ANSWERS: Readonly<Record<string, string>> = {
  hello: '1',
  safety: '1',
  keep: '1',
  'for-whom': '1',
  stop: '1',
  hold: '2',
  'read-back': '4',
  publication: '3',
  'own-word': 'skip',
  'withdraw-kind': 'back',
};

describe('no harm 6: withdrawing after anything', () => {
  it('names every version of every text that left or may have left, and nothing of it leaves any more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...STEPS), { minLength: 2, maxLength: 12 }), async (steps) => {
        const sender = new Sender();
        await sender.send();
        for (const step of steps) await sender.take(step);
        const { out } = sender;
        const waiting = [...sender.waiting];
        const before = sender.player.effects.length;
        const done = await sender.withdrawAll();
        if (done === null) return;
        for (const reference of out) expect(done.named).toContain(reference);
        expect(done.asked).toEqual(out);
        const cancelled = sender.player.effects.slice(before).filter(({ kind }) => kind === 'cancel');
        expect(cancelled.map((effect) => effect.kind === 'cancel' && effect.reference).toSorted()).toEqual(
          waiting.toSorted(),
        );
        expect(sender.waiting).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
