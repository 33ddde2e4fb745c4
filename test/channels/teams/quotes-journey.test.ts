// A person who answers every question by quoting it and naming us, as the app offers it: over real HTTP, into the text.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../src/texts/catalogues.ts';
import { APP_ID, TENANT_ID } from '../../support/microsoft-login.ts';
import { openTeamsApp, type TeamsApp } from '../../support/teams-app.ts';
import { teamsPerson } from '../../support/teams-network.ts';

const bot = loadCatalogue('bot');
let teams: TeamsApp;
beforeAll(async () => {
  teams = await openTeamsApp();
});
afterAll(() => teams.close());

/** One answer to our message `id`, in each of the shapes in turn. */
function shaped(words: string, turn: number, id: string): Record<string, unknown> {
  const quote = `<blockquote itemtype="http://schema.skype.com/Reply" itemid="${id}"><p itemprop="preview">1. … 2. …</p></blockquote>`;
  const entity = { type: 'mention', text: '<at>Griot</at>', mentioned: { id: `28:${APP_ID}`, name: 'Griot' } };
  const html = (content: string) => ({ contentType: 'text/html', content });
  // What was typed is escaped in HTML.
  const escaped = words.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const twin = html(`${quote}<p>${escaped}</p>`);
  switch (turn % 5) {
    case 0:
      return { text: `<quoted messageId="${id}"/> ${words}`, attachments: [twin] };
    case 1:
      return { text: `<at>Griot</at>&nbsp;${words}`, entities: [entity], attachments: [html(`<p>${escaped}</p>`)] };
    case 2:
      return { text: `Griot\r\n1. … 2. …\r\n\r\n${words}`, attachments: [twin] };
    case 3:
      return {
        text: '',
        attachments: [html(`${quote}<p><at id="0">Griot</at>&nbsp;${escaped}</p>`)],
        entities: [entity],
      };
    default:
      return {
        text: `<quoted messageId="${id}"/><at>Griot</at> ${words}`,
        entities: [entity],
        attachments: [twin, twin],
      };
  }
}

const JOURNEYS = [
  {
    name: 'lucia',
    locale: 'pt-BR',
    says: [
      'oi',
      'continuar',
      '1',
      '“sim”',
      'Meu irmão saiu às oito e <nunca> voltou.',
      'Ninguém nos disse nada.',
      'próximo',
      'pular',
    ],
    story: ['Meu irmão saiu às oito e <nunca> voltou.', 'Ninguém nos disse nada.'],
  },
  {
    name: 'amelie',
    locale: 'fr-FR',
    says: [
      'bonjour',
      'continuer',
      '1',
      '« oui »',
      'Mon frère est sorti à huit heures.',
      'Personne ne nous a rien dit.',
      'suite',
      'passer',
    ],
    story: ['Mon frère est sorti à huit heures.', 'Personne ne nous a rien dit.'],
  },
];

describe('by quotes and mentions alone', () => {
  it.each(JOURNEYS)('$name reaches the points of the call, and only her words are kept', async (journey) => {
    for (const offset of [0, 1, 2, 3, 4]) {
      const name = `${journey.name}-${offset}`;
      const person = teamsPerson(teams.net, teams.port, name, journey.locale);
      const known = () => teams.app.store.personAt({ channel: 'teams', account: TENANT_ID, address: `29:${name}` });
      for (const [turn, words] of journey.says.entries()) {
        expect(await person.post(person.activity(shaped(words, turn + offset, person.got().at(-1)?.id ?? '')))).toBe(
          200,
        );
        await teams.app.conversation.settle((await known())?.person ?? '');
        await teams.app.settle();
      }
      const { person: id = '' } = (await known()) ?? {};
      const { contribution, at } = (await teams.app.store.session(id)) as { contribution: string; at: object };
      expect(at).toEqual({ prompt: 'topics' });
      expect((await teams.app.store.parts(contribution)).map(({ text }) => text)).toEqual(journey.story);
    }
  });
});

/** The last choice of a question; a notice is a line. */
const lastLine = ({ text = '' }: { readonly text?: string }) => text.split('\n').at(-1);

const EARLIER = [
  { language: 'pt', name: 'rosa', locale: 'pt-BR', says: ['oi', 'continuar'], answer: 'não' },
  { language: 'fr', name: 'chloe', locale: 'fr-FR', says: ['bonjour', 'continuer'], answer: 'non' },
  { language: 'es', name: 'ana', locale: 'es-ES', says: ['hola', 'continuar'], answer: 'no' },
  { language: 'en', name: 'june', locale: 'en-US', says: ['hello', 'continue'], answer: 'no' },
] as const;

describe('an answer to an earlier question', () => {
  it.each(EARLIER)('is not taken for one to the open question, and that is said: $locale', async (journey) => {
    const { language, name, locale, says, answer } = journey;
    const person = teamsPerson(teams.net, teams.port, name, locale);
    const known = () => teams.app.store.personAt({ channel: 'teams', account: TENANT_ID, address: `29:${name}` });
    const settled = async () => {
      const { person: id = '' } = (await known()) ?? {};
      await teams.app.conversation.settle(id);
      await teams.app.settle();
      return (await teams.app.store.session(id)) as { at: { prompt: string }; safety?: unknown };
    };
    const [first, second] = says;
    await person.says(first);
    await settled();
    const asked = person.got().at(-1)?.id ?? '';
    await person.says(second);
    const before = await settled();
    const question = person.got().map(lastLine).at(-1);
    for (const turn of [0, 2, 3, 4]) {
      const count = person.got().length;
      await person.post(person.activity(shaped(answer, turn, asked)));
      expect((await settled()).at).toEqual(before.at);
      const told = person.got().slice(count);
      // Said twice, and then left: the same words again get no more of it.
      if (turn < 3) expect(told.map(lastLine)).toEqual([bot[language].unheard.quoted, question]);
    }
    // To a message that is not ours, it is an answer like any other.
    await person.post(person.activity(shaped(second, 0, 'of-nobody')));
    expect((await settled()).at).not.toEqual(before.at);
  });
});
