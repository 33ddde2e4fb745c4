// Who reads is the call's own body, everywhere: nothing that anybody reads says UN unless the call does.

import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { buildPrinted } from '../../src/app/printed-words.ts';
import type { CallForInputs } from '../../src/calls/call.ts';
import { whyNotServed } from '../../src/calls/why-not-served.ts';
import type { ShelvedCall } from '../../src/calls/call-registry.ts';
import { buildDocument, mailFor } from '../../src/conversation/build-document.ts';
import { draftFrom } from '../../src/dialog/engine/draft-from.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { loadCatalogues, templatesOf } from '../../src/texts/catalogues.ts';
import { FIXTURE_IDS, shelvedFixture } from '../fixtures/calls/fixture-call.ts';
import { documents, intake, lexicon, operator, Player, shelf, texts } from '../support/player.ts';

/** How the four languages name the UN, its offices and those who read for it. */
const UN =
  /\b(?:UN|U\.N\.|ONU|O\.N\.U\.|OHCHR|HCDH|ACNUDH)(?![\p{L}\d])|United Nations|Nations [Uu]nies|Naciones Unidas|Nações Unidas|High Commissioner|Haut-Commissariat|Alto Comi|Human Rights Council|Gen[eè]v[ae]|Ginebra|Genebra|[Ee]xpert|[Ee]spe[c]ialist|[Pp]erit[oa]s?(?![\p{L}\d])/u;

/** A place of the body or the call that nothing was put into. */
const UNFILLED =
  /\{\{\w*(?:[bB]ody|[rR]eaders|purpose|reprisals|wants\w*|matters|spared|callShort|asked\w*|spare\w*)\}\}|undefined/u;

const emler = shelf.current('emler-2024');
const CALLS = FIXTURE_IDS.map(shelvedFixture);

const STORY = 'Vinte e três de março: 12 balas. Samuel 2019.';

/** Served, whatever else the call says: only who asks and what it asks is of matter here. */
function served(shelved: ShelvedCall): ShelvedCall {
  const { response, sources, issuers, subject, id } = shelved.call;
  const call: CallForInputs = {
    ...{ ...emler.call, id, issuers, sources, response, subject, status: 'open' },
    formats: { accepted: ['docx'], refused: [], 'own-form': 'no' },
    deadline: { date: '2027-05-24', time: '12:00', zone: 'Europe/London', meaning: 'sent' },
  };
  expect(whyNotServed(call)).toBeNull();
  return { ...shelved, call };
}

for (const call of CALLS) texts.addCall(served(call));

const saysUn = ({ call, catalogues }: ShelvedCall) => UN.test(JSON.stringify([call.issuers, call.sources, catalogues]));

/** All texts that a person meets who goes the whole way, asks what can be asked, sends, and takes back. */
async function wholeWay(call: ShelvedCall, language: WholeLanguage): Promise<string> {
  const player = new Player({ language, call });
  const word = (command: string) => texts.translate(language, { key: `commands.${command}` }, '');
  const read: string[] = [];
  const say = async (text: string) => read.push(player.read(await player.says(text)));
  const answers: Readonly<Record<string, string>> = {
    ...{ hello: '1', safety: '1', keep: '1', 'for-whom': '1', 'harmed-form': '3', 'author-form': '3' },
    ...{ topics: word('next'), others: word('next') },
  };
  await say('1');
  for (let said = 0; player.session.at.prompt !== 'publication'; said++) {
    const { prompt } = player.session.at;
    if (said > 40) throw new Error(`stays at ${prompt}`);
    if (prompt === 'story' && player.parts.length === 0) await say(STORY);
    else await say(prompt === 'story' ? word('next') : (answers[prompt] ?? word('skip')));
  }
  for (const question of QUESTIONS[language]) await say(question);
  const typed = (what: 'send' | 'withdraw') => (lexicon.words[language].typed[what][0] ?? '').toUpperCase();
  for (const text of ['3', typed('send'), '3', typed('withdraw'), '1', typed('withdraw')]) await say(text);
  expect(player.effects.map(({ kind }) => kind)).toContain('approve');
  return read.join('\n\n');
}

/** Who are you, who reads this, what happens then, does it help. */
const QUESTIONS: Readonly<Record<WholeLanguage, readonly string[]>> = {
  en: ['who are you?', 'who reads this?', 'what happens then?', 'will I get a result?'],
  fr: ['qui êtes-vous ?', 'qui va le lire ?', 'que se passe-t-il ensuite ?', 'est-ce qu’on aura un résultat ?'],
  es: ['¿quiénes son ustedes?', '¿quién lo lee?', '¿qué pasa después?', '¿habrá un resultado?'],
  pt: ['quem são vocês?', 'quem vai ler?', 'o que acontece depois?', 'vai ter resultado?'],
};

/** The files, and the mails around them. */
async function leaves(shelved: ShelvedCall, language: WholeLanguage): Promise<string> {
  const { session: stranger } = new Player({ language, call: shelved });
  const session = {
    ...stranger,
    ...({ submissionLanguage: language, reference: 'GR-TEST1', role: 'family', kept: true, adult: true } as const),
    publication: 'confidential' as const,
  };
  const slots = ['story', 'asks/government', 'asks/experts', 'good', 'else'];
  const parts = slots.map((slot, n) => ({ id: `m${n}`, slot, text: STORY, words: 5 }));
  const request = { session, parts, shelved, consents: [], final: true, file: true };
  const { document, save } = await buildDocument(documents, request);
  const word = save[0]?.files.find(({ format }) => format === 'docx');
  const about = mailFor(documents, shelved, draftFrom(session, parts, shelved.call), 'inputs@body.example');
  return [
    document.sections.map(({ heading }) => heading).join('\n'),
    ...Object.entries(unzipSync(word?.bytes ?? new Uint8Array()))
      .filter(([name]) => /^(?:word\/(?:document|footer\d)|docProps\/core)\.xml$/u.test(name))
      .map(([, file]) => strFromU8(file).replaceAll(/<[^>]*>/gu, ' ')),
    documents.mail.submission(about).body,
    ...(['withdraw', 'not-publish'] as const).map((ask) => documents.mail.withdrawal(about, ask).body),
  ].join('\n\n');
}

const printedOf = (shelved: ShelvedCall, language: WholeLanguage) =>
  JSON.stringify(buildPrinted(shelved, operator, intake, texts.translate)(language), (key, value: unknown) =>
    key === 'id' ? undefined : value,
  );

const { words: _, talk: __, gaps: ___, ...catalogues } = loadCatalogues();

/** "Geneva time" is a clock, and is said only of a deadline that goes by it. */
const isClock = (key: string) => key.startsWith('zones.');

test.each(WHOLE_LANGUAGES)('no text of ours in %s names the UN by itself', (language) => {
  for (const [name, all] of Object.entries(catalogues))
    for (const [key, text] of templatesOf(all[language]))
      if (!isClock(key)) expect(text, `${name}: ${key}`).not.toMatch(UN);
});

describe.each(CALLS.map((shelved) => ({ id: shelved.call.id, shelved })))('$id', ({ shelved: fixture }) => {
  const shelved = served(fixture);

  describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
    const { body, issuer, 'how-used': howUsed } = fixture.catalogues[language];
    const un = saysUn(fixture) ? UN : null;

    it('every text of the bot says who reads', () => {
      const keys = [...templatesOf(catalogues.bot[language]).keys()].filter((key) => !isClock(key));
      const said = keys.map((key) => ({
        key,
        text: texts.translate(language, { key }, fixture.hash),
      }));
      expect(said.length).toBeGreaterThan(500);
      // An expectation for each of a hundred thousand texts took most of the time.
      const never = un === null ? [UNFILLED, UN] : [UNFILLED];
      expect(said.filter(({ text }) => never.some((one) => one.test(text)))).toEqual([]);
    });

    it('a whole conversation, and what leaves', async () => {
      const conversation = await wholeWay(shelved, language);
      const papers = await leaves(shelved, language);
      const page = printedOf(shelved, language);
      for (const name of [body?.name, body?.readers, body?.['some-readers'], body?.purpose, issuer]) {
        const bare = (name ?? '').replace(/^(?:the|le|la|les|des|el|los|las|o|a|os|as) |^l'/u, '');
        expect(bare).not.toBe('');
        expect(conversation, name).toContain(bare);
      }
      for (const said of [conversation, page]) expect(said).toContain(howUsed);
      // What is read aloud from paper asks what this call asks, and nothing of another one.
      const asked = JSON.stringify(body?.wants ?? fixture.catalogues[language].short).slice(2, -2);
      expect(page).toContain(asked);
      expect(papers).toContain(issuer.replaceAll('&', '&amp;'));
      if (un !== null) return;
      for (const said of [conversation, papers, page]) expect(said).not.toMatch(UN);
    });
  });
});

test('the list of words finds what the UN’s own calls say', () => {
  expect(CALLS.filter(saysUn).map(({ call }) => call.id)).toContain('emler-2023');
  expect(
    CALLS.filter((call) => !saysUn(call))
      .map(({ call }) => call.id)
      .sort(),
  ).toEqual([
    'achpr-2019-rules',
    'eu-have-your-say',
    'iachr-2024-cuba',
    'iachr-2024-slapps',
    'invented-nested',
    'invented-table',
    'uk-home-affairs-2010',
  ]);
});
