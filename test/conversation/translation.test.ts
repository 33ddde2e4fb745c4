// Somebody writes in a language that the body does not read: nothing is translated without their yes, nothing leaves that
// they have not read, and their own words are kept.

import { describe, expect, it } from 'vitest';
import { draftFrom, hidesAlike } from '../../src/dialog/engine/draft-from.ts';
import type { Language } from '../../src/languages.ts';
import { buildModel } from '../../src/submission/document-model.ts';
import { documentCall } from '../../src/conversation/document-call.ts';
import { documents, Player, type PlayerOptions } from '../support/player.ts';

const OWN = { story: 'Pitit gason m nan te gen 19 an.', topic: 'Yo fèmen dosye a.' };
const FRENCH: Readonly<Record<string, string>> = {
  [OWN.story]: 'Mon fils avait 19 ans.',
  [OWN.topic]: 'Ils ont fermé le dossier.',
};
const SERVICE = { translator: { host: 'translate.example', here: false } };
const STAFF: NonNullable<PlayerOptions['operator']> = { desk: true, translatedByStaff: ['ht'] };

/** Up to the question how the readers get to understand it. */
async function toTranslation(options: PlayerOptions = {}, language: Language = 'ht'): Promise<Player> {
  const player = new Player({ language, ...options });
  for (const text of ['1', '1', '1', '1', OWN.story, 'next', 'skip', '3', OWN.topic, 'next', 'next', 'skip all'])
    await player.says(text);
  expect(player.session.at.prompt).toBe('submission-language');
  await player.taps('fr');
  return player;
}

const draftOf = (player: Player) => draftFrom(player.session, player.parts, player.world.call);
const textsOf = (player: Player) => player.parts.map(({ text }) => text);
const translating = (player: Player) => {
  const sent: string[] = [];
  player.translator = ({ parts }) => {
    sent.push(...parts.map(({ text }) => text));
    return Object.fromEntries(parts.map(({ id, text }) => [id, FRENCH[text] ?? '']));
  };
  return sent;
};

/** What staff send from the desk, of the words as they are now. */
function byStaff(player: Player) {
  const parts = player.parts.map(({ id, text }) => ({ id, of: text, text: FRENCH[text] ?? '' }));
  return { kind: 'translated-by-staff', case: player.session.case ?? '', parts } as const;
}

function documentOf(player: Player): string {
  const draft = draftOf(player);
  const texts = documents.texts[draft.language];
  const { blocks } = buildModel(draft, documentCall(player.shelved, draft.language, texts), texts);
  return blocks.map(({ text }) => text).join('\n');
}

describe('a text in a language that the body does not read', () => {
  it('goes in its own words if its author wants that, and says which language they are in', async () => {
    const player = await toTranslation();
    const sent = translating(player);
    await player.taps('translation-none');
    expect(sent).toEqual([]);
    expect(textsOf(player)).toEqual([OWN.story, OWN.topic]);
    expect(draftOf(player).wordsIn).toBe('ht');
    expect(documentOf(player)).toContain('créole haïtien');
    expect(player.session.at.prompt).toBe('others');
  });

  it('is translated part by part by somebody of their choice, and agreed to next to their own words', async () => {
    const player = await toTranslation();
    await player.taps('translation-mine');
    for (const text of [OWN.story, OWN.topic]) {
      expect(player.session.at.prompt).toBe('translation-part');
      await player.says(FRENCH[text] ?? '');
    }
    expect(player.session.at.prompt).toBe('translation-check');
    // Not agreed to yet: nothing says that this is their text.
    expect(draftOf(player).translated).toBeUndefined();
    const shown = player.read(await player.says('repeat'));
    for (const [own, french] of Object.entries(FRENCH)) expect(shown).toContain(`${french}\n—\n${own}`);
    await player.taps('translation-yes');
    expect(draftOf(player)).toMatchObject({ language: 'fr', translated: { from: 'ht', by: 'person' } });
    expect(draftOf(player).wordsIn).toBeUndefined();
    expect(player.parts.map(({ original }) => original)).toEqual([
      { text: OWN.story, language: 'ht' },
      { text: OWN.topic, language: 'ht' },
    ]);
    const document = documentOf(player);
    expect(document).toContain('Mon fils avait 19 ans.');
    expect(document).toContain('a écrit en créole haïtien');
    expect(document).not.toContain(OWN.story);
  });

  it('is followed by the author’s own words if they want that', async () => {
    const player = await toTranslation({ operator: SERVICE });
    translating(player);
    await player.taps('translation-service');
    await player.taps('translation-both');
    const document = documentOf(player);
    expect(document.indexOf(OWN.story)).toBeGreaterThan(document.indexOf('Mon fils avait 19 ans.'));
    expect(document).toContain('Dans les mots d’origine');
  });

  it('goes to a service only after the yes, with the service named, and is read before it counts', async () => {
    const player = await toTranslation({ operator: SERVICE });
    const sent = translating(player);
    const asked = player.read(await player.says('repeat'));
    expect(asked).toContain('translate.example');
    expect(sent).toEqual([]);
    await player.taps('translation-service');
    expect(sent).toEqual([OWN.story, OWN.topic]);
    expect(player.effects).toContainEqual(
      expect.objectContaining({ kind: 'consent', purpose: 'translate', value: 'yes' }),
    );
    expect(player.session.at.prompt).toBe('translation-check');
    await player.taps('translation-yes');
    expect(draftOf(player).translated).toEqual({ from: 'ht', by: 'service' });
  });

  it('is translated by staff who were asked, and told of in a line that says nothing of it', async () => {
    const player = await toTranslation({ operator: STAFF });
    expect(player.read(await player.says('repeat'))).toContain('Casa Exemplo');
    await player.taps('translation-staff');
    expect(player.session.at.prompt).toBe('translation-wait');
    expect(player.session.flags).toContain('wants-translation');
    expect(player.effects).toContainEqual(expect.objectContaining({ purpose: 'translate', value: 'staff' }));
    // The words of both, as the person reads them in one message of the network: neither may be in the first line.
    const came = await player.hears(byStaff(player));
    expect(came.map(({ text }) => text)).toEqual(['translation.came']);
    expect(player.session.flags).not.toContain('wants-translation');
    expect(draftOf(player).translated).toBeUndefined();
    const shown = player.read(await player.taps('translation-read'));
    for (const [own, french] of Object.entries(FRENCH)) expect(shown).toContain(`${french}\n—\n${own}`);
    await player.taps('translation-yes');
    expect(draftOf(player)).toMatchObject({ language: 'fr', translated: { from: 'ht', by: 'staff' } });
    expect(documentOf(player)).toContain('L’organisation qui envoie le texte l’a traduit');
    expect(player.parts.map(({ original }) => original?.text)).toEqual([OWN.story, OWN.topic]);
  });

  it('is not taken from staff for words that were changed meanwhile, nor after another choice', async () => {
    const player = await toTranslation({ operator: STAFF });
    await player.taps('translation-staff');
    const late = byStaff(player);
    await player.hears({ kind: 'edit', target: player.parts[0]?.id ?? '', text: 'Li te gen 20 an.' });
    const said = await player.hears(late);
    expect(said.map(({ text }) => text)).toEqual(['translation.wait']);
    expect(player.session.flags).toContain('wants-translation');
    expect(textsOf(player)).toEqual(['Li te gen 20 an.', FRENCH[OWN.topic]]);
    await player.hears({
      ...late,
      parts: [{ id: player.parts[0]?.id ?? '', of: 'Li te gen 20 an.', text: 'Il a 20.' }],
    });
    await player.taps('translation-read');
    await player.taps('translation-none');
    await player.hears(byStaff(player));
    expect(textsOf(player)).toEqual(['Li te gen 20 an.', OWN.topic]);
    expect(draftOf(player)).toMatchObject({ wordsIn: 'ht' });
  });

  it('waits for staff only as long as its author wants', async () => {
    const player = await toTranslation({ operator: STAFF });
    await player.taps('translation-staff');
    expect((await player.says('next')).map(({ text }) => text)).toEqual(['translation.wait']);
    await player.taps('translation-other');
    expect(player.session.at.prompt).toBe('translation');
    await player.taps('translation-mine');
    expect(player.session.flags).not.toContain('wants-translation');
    expect(player.session.at.prompt).toBe('translation-part');
  });

  it.each<[string, NonNullable<PlayerOptions['operator']>]>([
    ['staff do not know', { ...STAFF, translatedByStaff: ['ar'] }],
    ['nobody at the desk could translate', { ...STAFF, desk: false }],
  ])('in a language that %s is not offered to them', async (_, operator) => {
    const player = await toTranslation({ operator });
    expect((await player.says('repeat')).at(-1)?.choices?.map(({ value }) => value)).not.toContain('translation-staff');
  });

  it('is not offered to a service that nobody has configured, and one that does not answer changes nothing', async () => {
    const none = await toTranslation();
    expect((await none.says('repeat')).at(-1)?.choices?.map(({ value }) => value)).toEqual([
      'translation-mine',
      'translation-none',
    ]);
    const player = await toTranslation({ operator: SERVICE });
    const said = (await player.taps('translation-service')).map(({ text }) => text);
    expect(said[0]).toBe('translation.failed');
    expect(player.session.at.prompt).toBe('translation');
    expect(textsOf(player)).toEqual([OWN.story, OWN.topic]);
  });

  it('has its own words again whenever its author wants that', async () => {
    const player = await toTranslation({ operator: SERVICE });
    translating(player);
    await player.taps('translation-service');
    expect(textsOf(player)).toEqual(Object.values(FRENCH));
    await player.taps('translation-none');
    expect(textsOf(player)).toEqual([OWN.story, OWN.topic]);
    expect(draftOf(player)).toMatchObject({ wordsIn: 'ht' });
  });

  it('that was changed after it was translated is not taken for a translation, and is asked about before it is shown', async () => {
    const player = await toTranslation({ operator: SERVICE });
    translating(player);
    await player.taps('translation-service');
    await player.taps('translation-yes');
    await player.hears({ kind: 'edit', target: player.parts[0]?.id ?? '', text: 'Li te gen 20 an.' });
    expect(draftOf(player).translated).toBeUndefined();
    const said: string[] = [];
    for (const text of ['next', 'skip all', 'next', 'next'])
      if (player.session.at.prompt !== 'translation-part')
        said.push(...(await player.says(text)).map((reply) => reply.text));
    expect(said).toContain('translation.new-words');
    expect(player.session.at.prompt).toBe('translation-part');
    await player.says('Il avait 20 ans.');
    await player.taps('translation-yes');
    expect(draftOf(player)).toMatchObject({ translated: { from: 'ht', by: 'service' } });
    expect(player.parts[0]?.original?.text).toBe('Li te gen 20 an.');
  });

  it('hides a word in the author’s own words too, or leaves these out', async () => {
    const player = await toTranslation({ operator: SERVICE });
    translating(player);
    await player.taps('translation-service');
    await player.taps('translation-both');
    await player.says('dossier');
    expect(player.session).toMatchObject({ at: { prompt: 'withheld-kind' }, withheld: ['dossier'] });
    await player.says('3');
    // "dossier" is "dosye" there, and would be read.
    expect(hidesAlike(player.session.withheld, player.parts)).toBe(false);
    expect(documentOf(player)).not.toContain('dosye');
    expect(documentOf(player)).not.toContain('dossier.');
    const said = [...(await player.says('next')), ...(await player.says('skip all'))].map(({ text }) => text);
    expect(said).toContain('translation.alone');
  });

  it('in another script never goes together with a translation', async () => {
    const player = await toTranslation({ operator: SERVICE }, 'ar');
    translating(player);
    await player.taps('translation-service');
    const choices = (await player.says('repeat')).at(-1)?.choices?.map(({ value }) => value);
    expect(choices).not.toContain('translation-both');
  });
});

it('nobody whose language the body reads is asked about a translation', async () => {
  const player = new Player({ language: 'fr', operator: SERVICE });
  const sent = translating(player);
  const said: string[] = [];
  for (const text of ['1', '1', '1', '1', OWN.story, 'next', 'skip', 'next', 'skip all', 'next', 'skip all', '4', '3'])
    said.push(...(await player.says(text)).map((reply) => reply.text));
  expect(said.filter((key) => key.startsWith('translation.'))).toEqual([]);
  expect(sent).toEqual([]);
  expect(player.session.at.prompt).toBe('send');
});
