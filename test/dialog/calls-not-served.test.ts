// What the bot cannot serve loads, is marked, and says where to go instead; a closed call costs nobody hours.

import { describe, expect, it } from 'vitest';
import { deadlineOf } from '../../src/calls/call.ts';
import { whyNotServed } from '../../src/calls/why-not-served.ts';
import { FIXTURE_IDS, fixtureCall } from '../fixtures/calls/fixture-call.ts';
import { Player, shelf } from '../support/player.ts';

const emler = shelf.current('emler-2024');
const open = {
  ...emler.call,
  status: 'open' as const,
  deadline: { ...(emler.call.deadline as object), date: '2027-05-24' },
};

describe('a call that cannot be answered by mail', () => {
  for (const id of FIXTURE_IDS) {
    const call = fixtureCall(id);
    if (whyNotServed(call) === null) continue;
    it(`${id}: says so at once, and where to go`, async () => {
      const player = new Player({ call: { ...emler, call } });
      const read = player.read(await player.says('hello'));
      expect(player.session.at.prompt).toBe('closed');
      expect(read).toContain('can’t take answers to');
      expect(player.read(await player.says('They killed my brother and nobody listens to us'))).toContain(
        'can’t take answers',
      );
      expect(player.parts).toEqual([]);
      expect(player.held).toEqual([]);
    });
  }
});

describe('a call that has closed', () => {
  it('is off where the operator recorded nothing', async () => {
    const player = new Player({ operator: { takesLate: false } });
    expect(player.read(await player.says('hello'))).toContain('24 May 2024');
    expect(player.session.at.prompt).toBe('closed');
  });

  it('runs where late texts are taken, and the document is marked late', async () => {
    const player = new Player();
    await player.says('hello');
    expect(player.read(await player.says('1'))).toContain('closed on 24 May 2024');
    for (const text of ['1', '1', 'We never heard from the court again.']) await player.says(text);
    expect(player.session.late).toBe(true);
    expect(player.effects).toContainEqual({ kind: 'flag', flag: 'late' });
  });
});

describe('a call that is open', () => {
  const player = () => new Player({ call: { ...emler, call: open as typeof emler.call } });

  it('says until when, and that the hour is assumed', async () => {
    const one = player();
    await one.says('hello');
    const read = one.read(await one.says('1'));
    expect(read).toContain('until 24 May 2027');
    expect(read).toContain('No exact hour is given');
    expect(one.session.late).toBe(false);
  });

  it('cuts the window short where the deadline falls into it', async () => {
    const one = player();
    for (const text of [
      'hello',
      '1',
      '1',
      '1',
      'We never heard from the court again.',
      'next',
      'skip',
      'next',
      'skip all',
      'next',
      'skip all',
      '4',
    ]) {
      await one.says(text);
    }
    const deadline = Date.parse(deadlineOf(open as typeof emler.call)?.instant ?? '');
    one.clock = deadline - 6 * 60_000;
    await one.says('hello');
    await one.says('3');
    await one.says('SEND');
    const approved = one.effects.find((effect) => effect.kind === 'approve');
    expect(approved?.kind === 'approve' && Date.parse(approved.notBefore)).toBe(deadline - 2 * 60_000);
  });

  it('that closes meanwhile is not sent to, and nothing is lost', async () => {
    const one = new Player({ call: { ...emler, call: open as typeof emler.call }, operator: { takesLate: false } });
    for (const text of [
      'hello',
      '1',
      '1',
      '1',
      'We never heard from the court again.',
      'next',
      'skip',
      'next',
      'skip all',
      'next',
      'skip all',
      '4',
    ]) {
      await one.says(text);
    }
    one.clock = Date.parse('2027-05-25T12:00:00Z');
    await one.says('hello');
    expect(one.read(await one.says('3'))).toContain('has closed');
    await one.says('SEND');
    expect(one.effects.filter(({ kind }) => kind === 'approve')).toEqual([]);
    expect(one.parts).toHaveLength(1);
  });
});
