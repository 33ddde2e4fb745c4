// What a call wants to know beside the answers: the country, who writes and where that stands, a subject that names both.

import { describe, expect, it, test } from 'vitest';
import type { CallForInputs } from '../../src/calls/call.ts';
import type { ShelvedCall } from '../../src/calls/call-registry.ts';
import { buildDocument, mailFor } from '../../src/conversation/build-document.ts';
import { draftFrom } from '../../src/dialog/engine/draft-from.ts';
import type { Publication } from '../../src/calls/publication.ts';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../src/languages.ts';
import { documents, Player, shelf, texts } from '../support/player.ts';

const emler = shelf.current('emler-2024');

function calling(change: Partial<CallForInputs>): ShelvedCall {
  return { ...emler, call: { ...emler.call, ...change } };
}

const PATTERN: CallForInputs['subject'] = {
  kind: 'pattern',
  pattern: '{submitter} – {kind} – {country} – {session}',
  session: 'May 2027',
};

const word = (language: WholeLanguage, command: string) =>
  texts.translate(language, { key: `commands.${command}` }, '');

/** Someone whose text is told and whose name is asked next. */
async function atNames(call: ShelvedCall, language: WholeLanguage = 'en'): Promise<Player> {
  const player = new Player({ call, language });
  for (const text of ['1', '1', '1', '1', 'Ninguém veio à nossa porta em março.']) await player.says(text);
  for (let left = 20; left > 0 && player.session.at.prompt !== 'harmed-form'; left--) {
    const { prompt } = player.session.at;
    await player.says(
      word(language, prompt === 'story' || prompt === 'topics' || prompt === 'others' ? 'next' : 'skip'),
    );
  }
  await player.says('3');
  await player.says(word(language, 'skip'));
  expect(player.session.at.prompt).toBe('author-form');
  return player;
}

async function named(call: ShelvedCall, language: WholeLanguage = 'en'): Promise<Player> {
  const player = await atNames(call, language);
  for (const text of ['1', 'Ana Exemplo', '1']) await player.says(text);
  return player;
}

async function leaves(player: Player, publication: Publication = 'public-named') {
  const { rows: parts, shelved } = player;
  const session = { ...player.session, publication };
  const { document } = await buildDocument(documents, {
    session,
    parts,
    shelved,
    consents: [],
    final: false,
    file: false,
  });
  const mail = mailFor(documents, shelved, draftFrom(session, parts, shelved.call), 'inputs@body.example');
  return { document, mail, body: documents.mail.submission(mail).body };
}

describe.each(WHOLE_LANGUAGES)('the country, in %s', (language) => {
  it('is asked for where the call wants one, said back, undone, and changed at the check', async () => {
    const player = await named(calling({ subject: PATTERN }), language);
    expect(player.session.at.prompt).toBe('country');
    await player.says('?!');
    expect(player.session).toMatchObject({ at: { prompt: 'country' }, country: null });
    expect(player.read(await player.says('República Dominicana'))).toContain('República Dominicana');
    expect(player.session.country).toBe('República Dominicana');
    await player.says(word(language, 'undo'));
    expect(player.session.country).toBeNull();
  });

  it('can be left out, and then its place in the subject is left out too', async () => {
    const player = await named(calling({ subject: PATTERN }), language);
    await player.says(word(language, 'skip'));
    expect(player.session.country).toBeNull();
    expect(player.session.at.prompt).not.toBe('country');
    const { kinds } = documents.texts[language];
    expect((await leaves(player)).mail.subject).toBe(`Ana Exemplo – ${kinds.family} – May 2027`);
  });

  it('is one of those that the call is about, by number or by name', async () => {
    const call = calling({ scope: { ...emler.call.scope, countries: ['Cuba', 'Haïti'] } });
    const player = await named(call, language);
    await player.says('Brasil');
    expect(player.session).toMatchObject({ at: { prompt: 'country' }, country: null });
    await player.says('haiti');
    expect(player.session.country).toBe('Haïti');
  });
});

test('nobody is asked for the country of a call that is about one, or that does not want one', async () => {
  for (const countries of ['all' as const, 'not-stated' as const, ['Cuba']]) {
    const player = await named(calling({ scope: { ...emler.call.scope, countries } }));
    expect(player.session.at.prompt).not.toBe('country');
  }
});

test('the subject and the first page name them', async () => {
  const player = await named(calling({ subject: PATTERN }));
  await player.says('Peru');
  const { document, mail } = await leaves(player);
  expect(mail.subject).toBe('Ana Exemplo – Family or survivor – Peru – May 2027');
  expect(JSON.stringify(document)).not.toContain('undefined');
});

test.each(['public-unnamed', 'confidential'] as const)(
  'a name that may not be published is in no subject, and the mail that must have it says so: %s',
  async (publication) => {
    const identity = { asked: 'required' as const, details: ['name' as const], where: 'mail' as const };
    const player = await named(calling({ subject: PATTERN, identity }));
    await player.says('Peru');
    const { mail, body } = await leaves(player, publication);
    expect(mail.subject).toBe('Family or survivor – Peru – May 2027');
    expect(body).toContain('Written by: Ana Exemplo, a family member or survivor. This name is for you');
  },
);

test('a name that its person does not show is in no subject', async () => {
  const player = await atNames(calling({ subject: PATTERN }));
  for (const text of ['3', 'Ana Exemplo', '1', 'Peru']) await player.says(text);
  expect((await leaves(player)).mail.subject).toBe('Family or survivor – Peru – May 2027');
});

describe('who writes', () => {
  const identity = { asked: 'required', details: ['name'], where: 'mail' } as const;

  it('stands in the mail and not in the document, if the body wants it there', async () => {
    const player = await named(calling({ identity: { ...identity, details: ['name'] } }));
    expect((await leaves(player)).body).toContain('Written by: Ana Exemplo, a family member or survivor');
    const { session, rows: parts, shelved } = player;
    const built = await buildDocument(documents, { session, parts, shelved, consents: [], final: true, file: true });
    const manifest = JSON.parse(built.save[0]?.manifest ?? '{}') as { model: unknown; body: string };
    expect(JSON.stringify(manifest.model)).not.toContain('Ana Exemplo');
    expect(manifest.body).toContain('Ana Exemplo');
  });

  it('is reached through the operator, if the body wants a contact: nobody is asked for a number', async () => {
    const player = await named(calling({ identity: { ...identity, details: ['name', 'telephone', 'email'] } }));
    expect((await leaves(player)).body).toContain(
      'Contact for questions about it: Casa Exemplo, +00 000 0100, texts@casa.example',
    );
    const other = await named(calling({ identity: { ...identity, details: ['name'] } }));
    expect((await leaves(other)).body).not.toContain('+00 000 0100');
  });

  it('stands in the document otherwise, and nowhere if the person does not want it', async () => {
    const top = await named(calling({ identity: { ...identity, details: ['name'], where: 'document-top' } }));
    expect((await leaves(top)).body).not.toContain('Ana Exemplo');
    const nowhere = await atNames(calling({ identity: { ...identity, details: ['name'] } }));
    for (const text of ['3', 'Ana Exemplo', '1']) await nowhere.says(text);
    expect((await leaves(nowhere)).body).not.toContain('Ana Exemplo');
  });
});
