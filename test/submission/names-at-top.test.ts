// Of a joint submission: everybody who is named, at the top, if the body wants that.

import { expect, it } from 'vitest';
import type { Draft, Naming } from '../../src/dialog/engine/draft.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { buildModel } from '../../src/submission/document-model.ts';
import { CALLS, DRAFTS, textsIn } from './samples.ts';

const NAMES: readonly Naming[] = [
  { form: 'full', name: 'Ana Exemplo' },
  { form: 'initials', name: 'Bruno Invento' },
  { form: 'none', name: 'Carla Oculta' },
];

it.each(WHOLE_LANGUAGES)('in %s', (language) => {
  const contributions = NAMES.map((author): Draft => ({ ...DRAFTS[language], author }));
  const draft = { ...DRAFTS[language], contributions };
  const top = (wants: { readonly namesAtTop?: boolean; readonly namesInMail?: boolean }) => {
    const { blocks } = buildModel(draft, { ...CALLS[language], ...wants }, textsIn(language));
    const first = blocks.findIndex(({ kind }) => kind === 'heading1');
    return blocks.slice(0, first).map(({ text }) => text);
  };
  const line = `${textsIn(language).author} Ana Exemplo, B. I.`;
  expect(top({ namesAtTop: true })).toContain(line);
  expect(top({})).not.toContain(line);
  expect(top({})).toEqual(expect.arrayContaining([expect.stringMatching(/^\(1\) Ana Exemplo\b/u)]));
  expect(top({ namesAtTop: true, namesInMail: true }).join('\n')).not.toContain('Ana Exemplo');
});
