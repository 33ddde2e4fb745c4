// Taking back names every version that left or may have left: after a correction there are two, and the first is the one that
// may be public.

import { describe, expect, it } from 'vitest';
import { buildMailWriter } from '../../src/mail/outbox/write-mail.ts';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../src/languages.ts';
import { documents, lexicon, Player, texts } from '../support/player.ts';

const ACCEPTED = { kind: 'accepted', server: 'mx.example', at: '2026-11-23T14:00:00.000Z' } as const;

async function leaves(player: Player): Promise<void> {
  player.mailLeft = true;
  const mail = player.session.mails.findLast(({ outcome }) => outcome === 'waiting');
  if (mail === undefined) throw new Error('nothing waits');
  await player.hears({ kind: 'mail', reference: mail.reference, mail: mail.mail, outcome: ACCEPTED });
  player.mailLeft = false;
}

/** One version has left, and a corrected one was approved. */
async function corrected(language: WholeLanguage): Promise<Player> {
  const player = new Player({ language });
  const { commands, typed } = lexicon.words[language];
  const next = commands.next[0] ?? '';
  for (const text of ['1', '1', '1', '1', '1', 'It was in May. Nobody told us.']) await player.says(text);
  for (let step = 0; player.session.at.prompt !== 'publication' && step < 30; step++) {
    await player.says(player.session.at.prompt === 'read-back' ? '4' : next);
  }
  for (const text of ['3', typed.send[0] ?? '', '1']) await player.says(text);
  await leaves(player);
  expect(player.session.at.prompt).toBe('after');
  await player.taps('correct');
  for (let step = 0; player.session.at.prompt !== 'publication' && step < 10; step++) {
    await player.says(player.session.at.prompt === 'read-back' ? '4' : next);
  }
  for (const text of ['3', typed.send[0] ?? '', '1']) await player.says(text);
  expect(player.session.mails.map(({ reference, mail }) => [reference, mail])).toEqual([
    ['GR-TEST1', 'submission'],
    ['GR-TEST2', 'correction'],
  ]);
  return player;
}

const withdrawals = (player: Player) => player.effects.filter(({ kind }) => kind === 'withdraw');

describe.each(WHOLE_LANGUAGES)('no harm 6: withdraw after a correction (%s)', (language) => {
  const word = lexicon.words[language].typed.withdraw[0] ?? '';
  const stop = lexicon.words[language].commands.stop[0] ?? '';

  it('the second stopped in its window: the first is named, and can be withdrawn by the word itself', async () => {
    const player = await corrected(language);
    const stopped = player.read(await player.says(stop));
    expect(stopped).toContain('GR-TEST1');
    expect(stopped).toContain(word.toUpperCase());
    await player.says(word);
    expect(player.read(await player.says('1'))).toContain('GR-TEST1');
    await player.says(word);
    expect(withdrawals(player)).toEqual([{ kind: 'withdraw', reference: 'GR-TEST1', ask: 'withdraw' }]);
  });

  it('by its own word also after a pause of hours, when a bare number answers nothing', async () => {
    const player = await corrected(language);
    await leaves(player);
    player.clock += 30 * 3_600_000;
    await player.says('3');
    expect(player.session.at.prompt).toBe('after');
    player.clock += 30 * 3_600_000;
    await player.says(lexicon.choices[language].get('withdraw')?.[0] ?? '');
    expect(player.session.at.prompt).toBe('withdraw-kind');
  });

  it('the second still in its window: it is taken back, and the first is asked back', async () => {
    const player = await corrected(language);
    await player.taps('withdraw');
    await player.says('1');
    await player.says(word);
    expect(player.effects).toContainEqual({ kind: 'cancel', reference: 'GR-TEST2' });
    expect(withdrawals(player)).toEqual([{ kind: 'withdraw', reference: 'GR-TEST1', ask: 'withdraw' }]);
    expect(player.effects.some(({ kind }) => kind === 'erase')).toBe(false);
    await leaves(player);
    expect(player.effects.at(-1)).toEqual({ kind: 'erase', what: 'case' });
  });

  it('both have left: both are named, to the person and in the mail', async () => {
    const player = await corrected(language);
    await leaves(player);
    await player.taps('withdraw');
    const sure = player.read(await player.says('1'));
    expect(sure).toContain('GR-TEST1, GR-TEST2');
    await player.says(word);
    expect(withdrawals(player)).toEqual([
      { kind: 'withdraw', reference: 'GR-TEST2', ask: 'withdraw', also: ['GR-TEST1'] },
    ]);
    const { body } = documents.mail.withdrawal(aboutIn(language), 'withdraw', { also: ['GR-TEST1'] });
    expect(body.split('\n')[0]).toContain('GR-TEST1, GR-TEST2');
    expect(body.match(/GR-TEST1, GR-TEST2/gu)?.length).toBeGreaterThanOrEqual(3);
  });

  it('not to publish, with the second in its window: the first is asked about, and the second is chosen again', async () => {
    const player = await corrected(language);
    await player.taps('withdraw');
    await player.says('2');
    await player.says(word);
    expect(withdrawals(player)).toEqual([{ kind: 'withdraw', reference: 'GR-TEST1', ask: 'not-publish' }]);
    expect(player.session.at.prompt).toBe('publication');
  });
});

function aboutIn(language: WholeLanguage): Parameters<ReturnType<typeof buildMailWriter>['withdrawal']>[0] {
  return {
    draft: { callId: 'emler-2024', language, reference: 'GR-TEST2', publication: 'confidential', late: false },
    to: 'inputs@body.example',
    subject: 'Inputs',
    callTitle: 'Call',
    issuer: 'Body',
  };
}

describe.each(WHOLE_LANGUAGES)('no harm 6: withdraw with a newer text in its window (%s)', (language) => {
  const word = lexicon.words[language].typed.withdraw[0] ?? '';

  async function twoTexts(): Promise<Player> {
    const player = await corrected(language);
    await leaves(player);
    await player.taps('another');
    for (const text of ['1', '1', '1', 'It was in May. Nobody told us.']) await player.says(text);
    const { commands, typed } = lexicon.words[language];
    for (let step = 0; player.session.at.prompt !== 'publication' && step < 30; step++) {
      await player.says(player.session.at.prompt === 'read-back' ? '4' : (commands.next[0] ?? ''));
    }
    for (const text of ['3', typed.send[0] ?? '']) await player.says(text);
    return player;
  }

  it('held and reopened, or not: the word asks which text, and names every version of it', async () => {
    for (const reopened of [false, true]) {
      const player = await twoTexts();
      if (reopened) {
        const outcome = { kind: 'held', at: ACCEPTED.at } as const;
        await player.hears({ kind: 'mail', reference: 'GR-TEST3', mail: 'submission', outcome });
        expect(player.session.at.prompt).toBe('read-back');
        const send = lexicon.words[language].typed.send[0] ?? '';
        for (const text of ['4', '3', send]) await player.says(text);
        expect(player.session.mails).toHaveLength(4);
      }
      expect(player.session.mails.at(-1)).toMatchObject({ reference: 'GR-TEST3', outcome: 'waiting' });
      const which = player.read(await player.says(word));
      expect(which).toContain('*1* GR-TEST1, GR-TEST2');
      expect(which).toContain('*2* GR-TEST3');
      expect(player.session.mails.at(-1)).toMatchObject({ doubted: true });
      await player.says('1');
      expect(player.read(await player.says('1'))).toContain('GR-TEST1, GR-TEST2');
      await player.says(word);
      expect(withdrawals(player)).toEqual([
        { kind: 'withdraw', reference: 'GR-TEST2', ask: 'withdraw', also: ['GR-TEST1'] },
      ]);
      // The newer one was held meanwhile, and is asked about.
      expect(player.session).toMatchObject({ at: { prompt: 'hold' } });
    }
  });

  it('all of them: what left is asked back, what waits is taken back, and our copies go', async () => {
    const player = await twoTexts();
    const second = player.session.case;
    await player.says(word);
    await player.says('3');
    const sure = player.read(await player.says('1'));
    expect(sure).toContain('GR-TEST3');
    expect(sure).toContain('GR-TEST1, GR-TEST2');
    await player.says(word);
    expect(withdrawals(player)).toHaveLength(1);
    expect(player.effects).toContainEqual({ kind: 'cancel', reference: 'GR-TEST3' });
    expect(player.effects).toContainEqual({ kind: 'erase', what: 'case' });
    expect(second).not.toBeNull();
    expect(player.session.at.prompt).toBe('gone');
    // Asked back once is asked back.
    await player.says(word);
    expect(withdrawals(player)).toHaveLength(1);
  });

  it('where nothing is kept of what was sent, it says so', async () => {
    const player = await corrected(language);
    await leaves(player);
    player.gone = ['GR-TEST1', 'GR-TEST2'];
    const read = player.read(await player.taps('withdraw'));
    expect(read).toContain(texts.translate(language, { key: 'withdraw.nothing', params: { org: 'Casa Exemplo' } }, ''));
    expect(player.session.at.prompt).toBe('after');
  });
});

describe('no harm 6: the other ways to withdraw', () => {
  it('a person’s own code: what waits is cancelled, what has left is asked back', async () => {
    const player = await corrected('en');
    await player.hears({ kind: 'withdrawn-by-person', case: player.session.case ?? '' });
    expect(player.effects).toContainEqual({ kind: 'cancel', reference: 'GR-TEST2' });
    expect(withdrawals(player)).toEqual([{ kind: 'withdraw', reference: 'GR-TEST1', ask: 'withdraw' }]);
  });

  it('a document for several: each version by the number that the text had in it', async () => {
    const player = await corrected('en');
    await leaves(player);
    const members = [['a', 'b'], ['b']];
    player.session = {
      ...player.session,
      joint: { members: ['b'] },
      mails: player.session.mails.map((mail, at) => ({ ...mail, members: members[at] ?? [] })),
    };
    await player.hears({ kind: 'member-left', case: player.session.case ?? '', contribution: 'b', number: 1 });
    expect(withdrawals(player)).toEqual([
      { kind: 'withdraw', reference: 'GR-TEST1', ask: 'withdraw', part: 2 },
      { kind: 'withdraw', reference: 'GR-TEST2', ask: 'withdraw', part: 1 },
    ]);
  });

  it('from within the next text: that one stays when the first is erased', async () => {
    const player = await corrected('en');
    await leaves(player);
    const first = player.session.case;
    await player.taps('another');
    for (const text of ['1', '1', 'They took my cousin from the market as well.']) await player.says(text);
    await player.says('withdraw');
    for (const text of ['1', 'withdraw']) await player.says(text);
    expect(withdrawals(player)).toHaveLength(1);
    expect(player.session.at.prompt).toBe('story');
    await leaves(player);
    expect(player.effects.at(-1)).toEqual({ kind: 'erase', what: 'case', case: first });
    expect(player.session.case).not.toBe(first);
  });
});
