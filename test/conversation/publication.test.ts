// What is promised about publication is what the call grants: before the first word, at the choice, at SEND, in the
// document and in the mail, whatever its body does with texts.

import { describe, expect, it } from 'vitest';
import { acceptedLanguages } from '../../src/calls/call.ts';
import { whyNotServed } from '../../src/calls/why-not-served.ts';
import { leastOf, offeredBy, termsOf } from '../../src/calls/publication.ts';
import { buildDocument } from '../../src/conversation/build-document.ts';
import { inEvery, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { templatesOf } from '../../src/texts/catalogues.ts';
import { FIXTURE_IDS, shelvedFixture } from '../fixtures/calls/fixture-call.ts';
import { documents, lexicon, Player, shelf, texts } from '../support/player.ts';
import { TERMS, withTerms } from '../support/terms.ts';
import {
  bot,
  CONFIDENTIAL,
  documentTexts,
  firstLines,
  NAMED,
  say,
  UNNAMED,
  untilPublication,
  untilSend,
} from '../support/until-send.ts';

const emler = shelf.current('emler-2024');

/** The choices that each `default` with each `opt-out` (yes, no, not stated) may offer, and what the wish is worth. */
const GRANTS = {
  published: ['granted', 'refused', 'request'],
  'only-if-asked': ['granted', 'granted', 'granted'],
  'may-be-published': ['granted', 'refused', 'request'],
  always: ['refused', 'refused', 'refused'],
  never: ['needless', 'needless', 'needless'],
  'not-stated': ['granted', 'refused', 'request'],
} as const;

const OFFERED = {
  granted: [NAMED, UNNAMED, CONFIDENTIAL],
  request: [NAMED, UNNAMED, CONFIDENTIAL],
  refused: [NAMED, UNNAMED],
  needless: [],
} as const;

const ROWS = TERMS.map((shelved, index) => {
  const { default: by, 'opt-out': optOut, 'opt-out-where': where } = shelved.call.publication;
  const column = { yes: 0, no: 1, 'not-stated': 2 }[optOut];
  const worth = GRANTS[by][column] ?? 'refused';
  const onForm = where === 'form' && worth === 'granted' && by !== 'only-if-asked';
  const language = WHOLE_LANGUAGES[index % WHOLE_LANGUAGES.length] ?? 'en';
  return {
    name: `${by}, opt-out ${optOut}${onForm ? ' by form' : ''}`,
    shelved,
    worth: onForm ? 'request' : worth,
    language,
  };
});

/** "Confidential", however a language says it of a text. */
const CONFIDENTIALITY = /confiden[tc]i/iu;
/** Texts that say how things are until something is sent, and those of calls that grant it for single answers. */
const UNTIL_SENT =
  /^(?:for-whom\.ask|story\.\w+|questions\.anonymous|printed\.story|kept-back\.[\w-]+|talk\.part-out-confidential|publication\.(?:partly|rule\.partial)|read-back\.kept-back|joint\.alone)$/u;

describe('no terms offer "confidential" that the body does not grant', () => {
  it.each(ROWS)('$name: $worth', ({ shelved, worth }) => {
    expect(whyNotServed(shelved.call)).toBeNull();
    const offered = offeredBy(shelved.call);
    expect(offered).toEqual(OFFERED[worth]);
    const { wish } = termsOf(shelved.call);
    expect(wish === 'by-form' ? 'request' : wish).toBe(worth);
  });
});

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  it.each(ROWS)('no text promises more: $name', ({ shelved: { hash, call }, worth }) => {
    const { publishes } = termsOf(call);
    for (const key of templatesOf(bot[language]).keys()) {
      if (key.startsWith('terms.')) continue;
      const text = say(language, hash, key);
      expect(text, key).not.toMatch(/ {2}|\n\n|undefined/u);
      const places = [...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, place]) => place);
      expect(Object.keys(bot[language].terms), key).not.toEqual(
        expect.arrayContaining(places.length > 0 ? places : ['']),
      );
      if (worth !== 'granted' && CONFIDENTIALITY.test(text.replaceAll(/\{\{\w+\}\}/gu, '')))
        expect(key).toMatch(UNTIL_SENT);
    }
    const asked = say(language, hash, 'publication.ask');
    expect(CONFIDENTIALITY.test(asked)).toBe(worth === 'granted');
    expect(asked.length).toBeLessThanOrEqual(480);
    if (publishes === 'always')
      expect(say(language, hash, 'for-whom.ask')).not.toContain(bot[language].terms.untilEnd.granted);
  });
});

describe('a whole conversation', () => {
  it.each(ROWS)('$name, in $language', async ({ shelved, worth, language }) => {
    const { hash } = shelved;
    const player = new Player({ language, call: shelved });
    let asked = '';
    const read = await untilSend(player, async () => {
      const { prompt } = (await player.says(texts.translate(language, { key: 'commands.repeat' }, ''))).at(-1) ?? {};
      expect(prompt?.id).toBe('publication');
      if (worth === 'refused') {
        // "Confidential" is no choice here, in any words: nothing is decided, and what is so is said.
        for (const wish of [...(lexicon.words[language].choices[CONFIDENTIAL] ?? []), '3']) {
          asked += player.read(await player.says(wish));
          expect(player.session).toMatchObject({ at: { prompt: 'publication' }, publication: null });
        }
        asked += player.read(await player.says('2'));
      } else asked += player.read(await player.says('3'));
    });

    const before = say(language, hash, 'publication.before');
    const again = say(language, hash, 'publication.again');
    const all = `${read}\n\n${asked}`;
    if (worth === 'refused') {
      expect(read.indexOf(before)).toBeGreaterThan(-1);
      expect(read.indexOf(before)).toBeLessThan(read.indexOf(say(language, hash, 'keep.ask').split('\n')[0] ?? ''));
      expect(asked.indexOf(again)).toBeGreaterThan(-1);
      expect(asked.lastIndexOf(say(language, hash, 'send.ask').split('\n')[0] ?? '')).toBeGreaterThan(
        asked.indexOf(again),
      );
    } else for (const said of [before, again]) expect(all).not.toContain(said);

    if (worth === 'needless') {
      expect(asked).toBe('');
      expect(read).toContain(say(language, hash, 'publication.none'));
    }
    const chosen = worth === 'refused' ? UNNAMED : CONFIDENTIAL;
    expect(player.session.publication).toBe(chosen);
    expect(all).toContain(`, ${say(language, hash, `publication.label.${chosen}`)}, `);

    const lines = await firstLines(player);
    expect(lines.sha256).not.toBeNull();
    expect([lines.document, lines.mail]).toEqual(Array(2).fill(documentTexts[language].publication[chosen]));
  });
});

describe('a body that publishes only what it is asked to', () => {
  it.each(WHOLE_LANGUAGES)(
    'is asked to, in %s, in the first line of the document and of the mail',
    async (language) => {
      const shelved = withTerms({ default: 'only-if-asked', 'opt-out-where': 'subject' });
      const player = new Player({ language, call: shelved });
      await untilSend(player, async () => {
        await player.says('1');
        expect(player.session.at.prompt).toBe('publication-sure');
        await player.says((lexicon.words[language].typed.publish[0] ?? '').toUpperCase());
      });
      const lines = await firstLines(player);
      const { publicationAsked } = documentTexts[language];
      expect([lines.document, lines.mail]).toEqual(Array(2).fill(publicationAsked[NAMED]));
      expect(lines.subject).toBe(`EMLER 2024 Report – ${publicationAsked.short}`);
    },
  );
});

describe('the place where the body wants the wish', () => {
  const WHERE = ['subject', 'mail', 'document'] as const;

  it.each(WHOLE_LANGUAGES.flatMap((language) => WHERE.map((where) => ({ language, where }))))(
    '$where, in $language',
    async ({ language, where }) => {
      const shelved = withTerms({ 'opt-out-where': where });
      const player = new Player({ language, call: shelved });
      let asked = '';
      await untilSend(player, async () => {
        asked += player.read(await player.says(texts.translate(language, { key: 'commands.back' }, '')));
        for (const prompt = 'publication'; player.session.at.prompt !== prompt;)
          asked += player.read(await player.says(texts.translate(language, { key: 'commands.next' }, '')));
        await player.says('3');
      });
      expect(asked).toContain(say(language, shelved.hash, `publication.rule.where-${where}`));
      const { document, mail, subject, withdrawn } = await firstLines(player);
      const { publication, publicationShort } = documentTexts[language];
      // In the document and in the mail in any case.
      expect([document, mail]).toEqual(Array(2).fill(publication[CONFIDENTIAL]));
      const inSubject = where === 'subject' ? ` – ${publicationShort[CONFIDENTIAL]}` : '';
      expect([subject, withdrawn]).toEqual(Array(2).fill(`EMLER 2024 Report${inSubject}`));
    },
  );

  it('is the subject of the confidential version too, if that leaves at the deadline', async () => {
    const shelved = withTerms({ 'opt-out-where': 'subject' });
    const player = new Player({ call: shelved, operator: { release: 'staff', desk: true } });
    await untilSend(
      player,
      async () => {
        await player.says('2');
      },
      { 'if-unreachable': '2' },
    );
    const { session, rows: parts } = player;
    const request = { session, parts, shelved, consents: [], final: true, file: true, fallback: true } as const;
    const { save } = await buildDocument(documents, request);
    const subjects = save.map(({ manifest }) => (JSON.parse(manifest ?? '{}') as { subject: string }).subject);
    expect(subjects).toEqual([
      'EMLER 2024 Report – Publish without names only',
      'EMLER 2024 Report – Confidential: not for publication',
    ]);
  });
});

describe('other terms', () => {
  it.each(WHOLE_LANGUAGES)('are said once, where it is chosen who may read it, in %s', async (language) => {
    const said = async (change: Parameters<typeof withTerms>[0]) => {
      const player = new Player({ language, call: withTerms(change) });
      const before = await untilPublication(player);
      return [before.split('\n\n').slice(-4).join('\n\n'), before] as const;
    };
    const rule = (name: string) => say(language, emler.hash, `publication.rule.${name}`);
    expect((await said({}))[0]).not.toContain(say(language, emler.hash, 'publication.rules').split('\n')[0]);
    expect((await said({ 'as-received': 'no' }))[0]).toContain(rule('changed'));
    expect((await said({ 'as-received': 'not-stated' }))[0]).toContain(rule('perhaps-changed'));
    const [last, all] = await said({ 'remove-personal-data': 'yes' });
    expect(last).toContain(rule('take-out'));
    expect(all).toContain(say(language, emler.hash, 'others.take-out'));
    expect((await said({ default: 'never', 'as-received': 'no' }))[1]).not.toContain(rule('changed'));
  });

  it.each(WHOLE_LANGUAGES)(
    'personal data that must go are shown once more before anything is public, in %s',
    async (language) => {
      const player = new Player({ language, call: withTerms({ 'remove-personal-data': 'yes' }) });
      await untilPublication(player, 'Carlos Nunes 71 98765-4321');
      await player.says('1');
      expect(player.session.at).toEqual({ prompt: 'names-found', of: NAMED });
      await player.says('1');
      expect(player.session.withheld.join(' ')).toContain('98765-4321');
      expect(player.session).toMatchObject({ at: { prompt: 'publication-sure' }, publication: null });
    },
  );
});

describe('the real calls', () => {
  const calls = FIXTURE_IDS.map(shelvedFixture).flatMap((shelved) => {
    const call = { ...shelved.call, status: 'open' as const, deadline: 'none' as const };
    return whyNotServed(call) === null ? [{ ...shelved, call, hash: `open ${shelved.hash}` }] : [];
  });
  for (const shelved of calls) texts.addCall(shelved);
  const rows = calls.flatMap((shelved) =>
    WHOLE_LANGUAGES.filter((language) => acceptedLanguages(shelved.call).includes(language)).map((language) => ({
      ...{ id: shelved.call.id, language, shelved },
    })),
  );

  it('are many', () => expect(calls.length).toBeGreaterThan(7));

  it.each(rows)('$id in $language, with the last of its choices', async ({ shelved, language }) => {
    const player = new Player({ language, call: shelved });
    const choices = offeredBy(shelved.call);
    await untilSend(player, async () => {
      await player.says(String(choices.length));
    });
    expect(player.session.publication).toBe(choices.at(-1) ?? CONFIDENTIAL);
    const { document, mail } = await firstLines(player);
    expect([document, mail]).toEqual(Array(2).fill(documentTexts[language].publication[leastOf(shelved.call)]));
  });
});

it.each(WHOLE_LANGUAGES)('a call that says nothing of the use of texts is not quoted, in %s', async (language) => {
  const catalogues = inEvery((each) => {
    const { 'how-used': _, ...silent } = emler.catalogues[each];
    return silent;
  });
  const call = { ...emler, hash: 'says nothing of the use', catalogues };
  if (!texts.hasCall(call.hash)) texts.addCall(call);
  const read = await untilPublication(new Player({ language, call }));
  expect(read).toContain(say(language, call.hash, 'publication.how-unsaid'));
});
