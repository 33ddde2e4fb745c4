// A person who answers every question by quoting it and naming us, as the app offers it: over real HTTP, into the text.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APP_ID, TENANT_ID } from '../../support/microsoft-login.ts';
import { openTeamsApp, type TeamsApp } from '../../support/teams-app.ts';
import { teamsPerson } from '../../support/teams-network.ts';

let teams: TeamsApp;
beforeAll(async () => {
  teams = await openTeamsApp();
});
afterAll(() => teams.close());

const QUOTE =
  '<blockquote itemtype="http://schema.skype.com/Reply" itemid="1"><p itemprop="preview">1. … 2. …</p></blockquote>';

/** One answer, in each of the shapes in turn. */
function shaped(words: string, turn: number): Record<string, unknown> {
  const entity = { type: 'mention', text: '<at>Griot</at>', mentioned: { id: `28:${APP_ID}`, name: 'Griot' } };
  const html = (content: string) => ({ contentType: 'text/html', content });
  // What was typed is escaped in HTML.
  const escaped = words.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const twin = html(`${QUOTE}<p>${escaped}</p>`);
  switch (turn % 5) {
    case 0:
      return { text: `<quoted messageId="1"/> ${words}`, attachments: [twin] };
    case 1:
      return { text: `<at>Griot</at>&nbsp;${words}`, entities: [entity], attachments: [html(`<p>${escaped}</p>`)] };
    case 2:
      return { text: `Griot\r\n1. … 2. …\r\n\r\n${words}`, attachments: [twin] };
    case 3:
      return {
        text: '',
        attachments: [html(`${QUOTE}<p><at id="0">Griot</at>&nbsp;${escaped}</p>`)],
        entities: [entity],
      };
    default:
      return { text: `<quoted messageId="1"/><at>Griot</at> ${words}`, entities: [entity], attachments: [twin, twin] };
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
        expect(await person.post(person.activity(shaped(words, turn + offset)))).toBe(200);
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
