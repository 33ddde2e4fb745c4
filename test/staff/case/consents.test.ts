// What somebody agreed to, as the desk shows it: the words that were shown, of every age of record.

import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { loadTexts } from '../../../src/app/load-texts.ts';
import { newSession } from '../../../src/dialog/engine/session.ts';
import { inEvery, type WholeLanguage, WHOLE_LANGUAGES } from '../../../src/languages.ts';
import { knownWordings } from '../../../src/staff/call-facts.ts';
import { consentList } from '../../../src/staff/case/case-partials.ts';
import { maskOf } from '../../../src/staff/case/mask.ts';
import type { ConsentRow } from '../../../src/store/turns/turn-work.ts';
import { shelf, texts } from '../../support/player.ts';
import { staffTexts } from '../a-desk.ts';

const { bot } = loadTexts('UTC');
const emler = shelf.current('emler-2024');
const CASA = { org: 'Casa Exemplo', idle: 30, closed: 90 };
const session = {
  ...newSession({ language: 'pt', call: { id: 'c', hash: 'h' }, boot: 'b', lastAt: '2026-03-01T12:00:00.000Z' }),
  withheld: ['Lima'],
};

async function drawn(row: Partial<ConsentRow>, kept: unknown = session): Promise<string> {
  const whole: ConsentRow = {
    ...({
      purpose: 'keep',
      subject: 'author',
      value: 'yes',
      wordingHash: 'h',
      language: 'pt',
      messageId: 'm',
    } as const),
    at: '2026-03-01T12:00:00.000Z',
    ...row,
  };
  const { case: caseTexts, queue } = staffTexts.en;
  const page = { texts: caseTexts, queue, knows: { wordingOf, withheldLabels }, moment: (iso: string) => iso };
  const drawing = await consentList([whole], page, maskOf(kept, caseTexts.transcript.withheld));
  return drawing.toString();
}

const wordingOf = knownWordings(texts.translate, bot, [emler], CASA);
const withheldLabels = inEvery(() => []);
const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const { wordingGone, wordingPartly } = staffTexts.en.case;

it('shows the very words that are kept, in their language, with the choices below them', async () => {
  const page = await drawn({ words: '640 palavras, para <onu@exemplo.int>.', choices: ['Sim', 'Não'] });
  expect(page).toContain('<p class="body" lang="pt">640 palavras, para &lt;onu@exemplo.int&gt;.</p>');
  expect(page).toMatch(/<li>Sim<\/li>\s*<li>Não<\/li>/);
  expect(page).not.toContain(wordingGone);
});

it('hides what is to be withheld in words that quote the person, and all of them once nobody knows what that is', async () => {
  const row = { words: 'Estas palavras ainda estão no texto: Lima, praça', quotes: true } as const;
  const { withheld } = staffTexts.en.case.transcript;
  expect(await drawn(row)).toContain(`no texto: ${withheld}, praça`);
  expect(await drawn(row, null)).not.toMatch(/Lima|praça/);
  expect(await drawn({ words: 'Podemos guardar?' }, null)).toContain('Podemos guardar?');
});

it('shows of a yes that was spoken what was written down on the way to it, as text and masked like all else', async () => {
  const page = await drawn({ words: 'Podemos guardar?', spoken: 'Um. · <b>Flor azul</b>, Lima.' });
  expect(page).toContain(staffTexts.en.case.spoken);
  expect(page).toContain('Um. · &lt;b&gt;Flor azul&lt;/b&gt;');
  expect(page).not.toContain('Lima');
  expect(await drawn({ words: 'Podemos guardar?' })).not.toContain(staffTexts.en.case.spoken);
});

it('knows the words of an older record by their hash, in every language', async () => {
  for (const language of WHOLE_LANGUAGES) {
    const words = texts.translate(language, { key: 'keep.ask', params: CASA }, '');
    expect(await drawn({ wordingHash: hash(words), language })).toContain('Casa Exemplo');
    const asked = texts.translate(language, { key: 'publication.ask' }, emler.hash);
    expect(wordingOf(hash(asked))).toEqual({ text: asked, isWhole: true });
  }
});

it('says so where an older record kept not all of them, or nothing that is known any more', async () => {
  const older = texts.translate('pt', { key: 'send.ask' }, '');
  const page = await drawn({ purpose: 'approve', wordingHash: hash(older) });
  expect(page).toContain('…, …, para …');
  expect(page).toContain(wordingPartly);
  const other = texts.translate(
    'pt' satisfies WholeLanguage,
    { key: 'keep.ask', params: { ...CASA, org: 'Outra' } },
    '',
  );
  expect(await drawn({ wordingHash: hash(other) })).toContain(wordingGone);
});
