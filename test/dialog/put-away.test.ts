// A text that only the keys of staff open: whatever is written, nothing joins it, nothing of it is shown, and every command is answered.

import { describe, expect, test } from 'vitest';
import type { Effect } from '../../src/dialog/engine/effect.ts';
import { newSession, parseSession, type Session } from '../../src/dialog/engine/session.ts';
import { putAway } from '../../src/dialog/stages/put-away.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { lexicon, Player } from '../support/player.ts';

const AT = '2026-11-10T12:00:00.000Z';
const NAME = 'Koffi Agbodjan';

/** After its mail was accepted. */
function sent(player: Player): Session {
  return {
    ...newSession(player.session),
    ...{ at: { prompt: 'after' }, case: 'case-1', contribution: 'contribution-1', reference: 'GR-TEST1' },
    ...{ kept: true, adult: true, publication: 'public-unnamed', version: 30, role: 'family' },
    ...{ withheld: [NAME], harmed: { form: 'full', name: NAME }, counts: { story: { parts: 1, words: 9 } } },
    ownRole: { text: `the mother of ${NAME}`, language: 'en' },
    flags: ['asks-for-person', 'in-danger'],
    mails: [
      {
        reference: 'GR-TEST1',
        mail: 'submission',
        leavesAt: AT,
        outcome: 'accepted',
        server: 'mx',
        at: AT,
        case: 'case-1',
      },
    ],
  };
}

/** Effects that need a text that is here. */
const OF_TEXT: readonly Effect['kind'][] = ['hold', 'held.use', 'build', 'approve', 'copy', 'translate', 'open-case'];
const touchesText = ({ kind }: Effect) => kind.startsWith('part.') || OF_TEXT.includes(kind);

const LONG = {
  en: 'I want to add that my cousin Koffi Agbodjan was at the window, and that he saw the two officers hit my brother again.',
  fr: 'Je veux ajouter que mon cousin Koffi Agbodjan était à la fenêtre et qu’il a vu les deux policiers frapper encore mon frère.',
  es: 'Quiero agregar que mi primo Koffi Agbodjan estaba en la ventana y vio a los dos policías pegarle otra vez a mi hermano.',
  pt: 'Quero acrescentar que meu primo Koffi Agbodjan estava na janela e viu os dois policiais baterem de novo no meu irmão.',
} as const;

describe.each(WHOLE_LANGUAGES)('a text that is put away, in %s', (language) => {
  const words = lexicon.words[language];
  const commands = Object.values(words.commands).flatMap((all) => all.slice(0, 2));
  const asked = [...commands, '1', '2', '3', '4', '9', LONG[language], `hide ${NAME}`, NAME, 'ok', '?'];

  function returned(): Player {
    const player = new Player({ language, operator: { desk: true } });
    const remainder = putAway(sent(player), AT);
    if (remainder === null) throw new Error('It is not put away.');
    player.session = parseSession(JSON.parse(JSON.stringify(remainder)));
    return player;
  }

  test('holds no word of anybody, and where its person is', () => {
    const { session } = returned();
    expect(JSON.stringify(session)).not.toMatch(/Koffi|mother/u);
    expect(session).toMatchObject({ case: 'case-1', contribution: null, reference: 'GR-TEST1', flags: ['in-danger'] });
  });

  test.each(asked)('answers %j, and the next message too', async (text) => {
    const player = returned();
    for (const one of [text, LONG[language], text]) {
      const replies = await player.says(one);
      if (player.session.putAway === undefined || player.session.paused) return;
      expect(replies.length, one).toBeGreaterThan(0);
      expect(player.effects.filter(touchesText), one).toEqual([]);
      expect(player.session.withheld).toEqual([]);
    }
  });

  test('takes no edit, file or deletion for a part of it', async () => {
    const player = returned();
    await player.hears({ kind: 'edit', target: 'm-old', text: LONG[language] });
    await player.hears({ kind: 'deletion', target: 'm-old' });
    await player.hears({ kind: 'file-read', text: LONG[language], name: 'a.docx' } as never);
    expect(player.effects.filter(touchesText)).toEqual([]);
    expect(player.effects.filter(({ kind }) => kind === 'redact')).not.toEqual([]);
  });

  test('is not put away as long as something of it is open', () => {
    const player = new Player({ language });
    const open: readonly Partial<Session>[] = [
      { replaces: 'GR-TEST0' },
      { gathers: 'case' },
      { drafts: true },
      { at: { prompt: 'read-back' } },
      { fromStaff: [{ kind: 'words', text: 'Hello' }] },
      { mails: [] },
    ];
    for (const change of open) expect(putAway({ ...sent(player), ...change }, AT), JSON.stringify(change)).toBeNull();
  });
});
