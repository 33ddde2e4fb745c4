// What a call wants beside its answers is said at the step that it concerns, in every language, and only if the call says it.

import { describe, expect, it, test } from 'vitest';
import type { CallForInputs } from '../../src/calls/call.ts';
import type { ShelvedCall } from '../../src/calls/call-registry.ts';
import { buildDocument } from '../../src/conversation/build-document.ts';
import { draftFrom } from '../../src/dialog/engine/draft-from.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { documents, Player, shelf, texts } from '../support/player.ts';

const emler = shelf.current('emler-2024');
const DAY = { date: '2027-05-24', time: '12:00', zone: 'Europe/London', meaning: 'sent' } as const;

function calling(change: Partial<CallForInputs>): ShelvedCall {
  return { ...emler, call: { ...emler.call, status: 'open', deadline: DAY, ...change } };
}

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const said = (key: string) => texts.translate(language, { key }, emler.hash);
  const first = (key: string) => said(key).split('\n')[0] ?? '';

  async function atStory(call: ShelvedCall): Promise<{ readonly player: Player; readonly read: string }> {
    const player = new Player({ call, language });
    for (const text of ['1', '1', '1', '1']) await player.says(text);
    return { player, read: player.read(await player.says('1')) };
  }

  it('a family that the call does not name hears it before the story, and may go on', async () => {
    const { player, read } = await atStory(calling({ audience: ['academics', 'institutions'] }));
    expect(read).toContain(said('wants.group.academics'));
    expect(player.session.at.prompt).toBe('story');
    const alike = await atStory(calling({ audience: ['civil-society', 'institutions'] }));
    expect(alike.read).toContain(said('wants.group.civil-society'));
    const named = await atStory(calling({ audience: ['academics', 'families'] }));
    expect(named.read).not.toContain(said('wants.group.academics'));
  });

  it('the countries, the time and what may be used are said before the story', async () => {
    const scope: CallForInputs['scope'] = {
      ...emler.call.scope,
      ...{ countries: ['Cuba', 'Haïti'], period: { from: '2020-01-31', to: '2023-12-31' } },
    };
    const afterwards = { confirmation: 'no', reuse: 'restricted', 'unpublished-only': 'yes' } as const;
    const { player, read } = await atStory(calling({ scope, afterwards }));
    for (const part of ['Cuba, Haïti', '2020', '2023', said('wants.unpublished'), said('wants.not-elsewhere')]) {
      expect(read).toContain(part);
    }
    await player.says('Nadie vino en tres meses.');
    const help = texts.translate(language, { key: 'commands.repeat' }, '');
    expect(player.read(await player.says(help))).not.toContain('Cuba');
  });

  it('a call that says nothing of it adds nothing', async () => {
    const { read } = await atStory(calling({}));
    expect(read).not.toContain(first('wants.ask'));
  });

  it('that the date was prolonged, and that arrival counts, is said after the first tap', async () => {
    const deadline: CallForInputs['deadline'] = {
      ...DAY,
      meaning: 'received',
      extended: [{ date: '2027-06-30', time: '12:00', zone: 'Europe/London' }],
    };
    const player = new Player({ call: calling({ deadline }), language });
    await player.hears({ kind: 'opened' });
    const read = player.read(await player.says('1'));
    expect(read).toContain(said('hello.extended').split('\n')[1]);
    const received = said('hello.open-received').split('{{')[0] ?? '';
    expect(received.length).toBeGreaterThan(10);
    expect(read).toContain(received);
  });

  it('whoever comes back hears of another date, once, and of one that has passed', async () => {
    const { player } = await atStory(calling({}));
    await player.says('Nadie vino en tres meses.');
    const { world } = player;
    Object.assign(world, { call: calling({ deadline: { ...DAY, date: '2027-07-01' } }).call });
    player.wait(24 * 60);
    expect(player.read(await player.says('1234567 no es nada'))).toContain(first('hello.moved'));
    player.wait(24 * 60);
    expect(player.read(await player.says('Y después tampoco vino nadie.'))).not.toContain(first('hello.moved'));
    Object.assign(world, { call: calling({ deadline: { ...DAY, date: '2026-11-01' } }).call });
    player.wait(24 * 60);
    expect(player.read(await player.says('Y así quedó todo.'))).toContain(said('hello.late').split('{{')[0]);
    expect(player.session.late).toBe(true);
  });

  it('a draft hears at once that late texts are not taken', async () => {
    const player = new Player({ call: calling({}), language, operator: { takesLate: false } });
    for (const text of ['1', '1', '1', '1', '1', 'Nadie vino en tres meses.']) await player.says(text);
    Object.assign(player.world, { call: calling({ deadline: { ...DAY, date: '2026-11-01' } }).call });
    player.wait(24 * 60);
    expect(player.read(await player.says('Y así quedó todo.'))).toContain(first('closed.ask'));
  });

  it('links are asked for unless the call takes none, with what can be added besides', async () => {
    const route = async (call: ShelvedCall) => {
      const { player } = await atStory(call);
      const read: string[] = [];
      const [next, skip] = ['next', 'skip'].map((one) => texts.translate(language, { key: `commands.${one}` }, ''));
      await player.says('Nadie vino en tres meses.');
      for (let left = 20; left > 0 && player.session.at.prompt !== 'others'; left--) {
        const isList = ['story', 'topics'].includes(player.session.at.prompt);
        read.push(player.read(await player.says((isList ? next : skip) ?? '')));
      }
      return read.join('\n');
    };
    const attachments = { allowed: 'no', 'reports-of-others': 'no' } as const;
    const open = await route(calling({ attachments }));
    for (const key of ['wants.annexes-no', 'wants.reports-no']) expect(open).toContain(said(key));
    expect(open).toContain(first('links.ask'));
    expect(await route(calling({ links: 'refused' }))).not.toContain(first('links.ask'));
  });
});

test('an organiser hears that a call takes no text of several people', async () => {
  const joint = { allowed: 'no', 'names-at-top': 'not-stated' } as const;
  const player = new Player({ call: calling({ joint }) });
  for (const text of ['1', '1', '1', '1', '4']) await player.says(text);
  const read = player.read(await player.says('together'));
  expect(read).toContain('Each person can send their own.');
});

describe.each(WHOLE_LANGUAGES)('the languages of a call, in %s', (language) => {
  const said = (key: string) => texts.translate(language, { key }, emler.hash);
  const other = language === 'en' ? 'fr' : 'en';
  const source = { ...emler.call.sources[0], language: other, official: true } as CallForInputs['sources'][number];

  it('that they are not stated is said, and the text stays in the language of its author', async () => {
    const player = new Player({ call: calling({ languages: 'not-stated', sources: [source] }), language });
    await player.hears({ kind: 'opened' });
    const read = player.read(await player.says('1'));
    expect(read).toContain(said('other-language.not-stated').split('\n')[1]?.split('{{')[0]);
    expect(draftFrom(player.session, [], player.shelved.call)).toMatchObject({ language });
    for (const text of ['1', '1', '1']) await player.says(text);
    const answer = player.read(await player.says(WHICH[language]));
    expect(answer).toContain(said('other-language.not-stated').split('\n')[1]?.split('{{')[0]);
    const here = new Player({ call: calling({ languages: [language] }), language });
    await here.hears({ kind: 'opened' });
    expect(here.read(await here.says('1'))).not.toContain(said('other-language.not-stated').split('\n')[1]);
  });

  it('words that the body does not read leave as what they are', async () => {
    const player = new Player({ call: calling({ languages: [other] }), language });
    for (const text of ['1', '1', '1', '1', '1', 'Nadie vino en tres meses.']) await player.says(text);
    const { session, rows: parts, shelved } = player;
    expect(draftFrom(session, parts, shelved.call)).toMatchObject({ language: other, wordsIn: language });
    const request = {
      session: { ...session, reference: 'GR-TEST1' },
      parts,
      shelved,
      consents: [],
      final: true,
      file: true,
    };
    const { save } = await buildDocument(documents, request);
    const { told } = documents.texts[other];
    expect(save[0]?.manifest).toContain(told.wordsIn.replace('{{spoken}}', told.languages[language]));
  });
});

test.each(WHOLE_LANGUAGES)(
  'a call that is not served says which one it is, why, and where more is, in %s',
  async (language) => {
    const said = (key: string) => texts.translate(language, { key }, emler.hash);
    const form = { kind: 'web-form', url: 'https://body.example/form', account: 'not-stated' } as const;
    const fax = { kind: 'fax', to: '+41 22 000 00 00' } as const;
    const at = async (change: Partial<CallForInputs>) => {
      const player = new Player({ call: calling(change), language });
      return player.read(await player.hears({ kind: 'opened' }));
    };
    const read = await at({ channels: [form, fax] });
    for (const part of [said('closed.why.web-form'), form.url, said('call:short')]) expect(read).toContain(part);
    expect(read).not.toContain(fax.to);
    const states = await at({ audience: ['states'], channels: [{ kind: 'email', to: 'not-stated' }, fax] });
    expect(states).toContain(said('closed.why.states-only'));
    expect(states).not.toContain(fax.to);
  },
);

const WHICH = {
  en: 'which languages may I write in?',
  fr: 'dans quelles langues puis-je écrire ?',
  es: '¿en qué idiomas puedo escribir?',
  pt: 'em que línguas posso escrever?',
};
