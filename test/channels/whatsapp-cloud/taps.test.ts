// What is drawn under a question, and what a tap on it says.

import { describe, expect, it } from 'vitest';
import { parseTap, tappable } from '../../../src/channels/whatsapp-cloud/taps.ts';
import { refusalOf } from '../../support/graph-api/message-limits.ts';

const prompt = { id: 'safety', version: 3 };
const choicesOf = (labels: readonly string[]) =>
  labels.map((label, index) => ({ number: index + 1, value: `value-${index}`, label }));
const drawn = (labels: readonly string[]) =>
  tappable({ choices: choicesOf(labels), commands: [], prompt }, 'Elegir') as {
    readonly type: string;
    readonly action: {
      readonly buttons?: readonly { readonly reply: { readonly id: string; readonly title: string } }[];
      readonly sections?: readonly {
        readonly rows: readonly { readonly id: string; readonly title: string; readonly description?: string }[];
      }[];
    };
  } | null;

describe('choices', () => {
  it.each([
    ['one', ['Sí'], 'button'],
    ['three short ones', ['Sí', 'No', 'Más tarde'], 'button'],
    ['three, one of 21 characters', ['Sí', 'No', 'x'.repeat(21)], 'list'],
    ['two of the same words', ['Sí', 'Sí'], 'list'],
    ['four', ['a', 'b', 'c', 'd'], 'list'],
    ['ten of 72 characters', Array.from({ length: 10 }, (_, index) => `${index}${'x'.repeat(71)}`), 'list'],
    ['eleven', Array.from({ length: 11 }, (_, index) => `${index}`), null],
    ['one that is too long for a list', ['a', 'b', 'c', 'x'.repeat(73)], null],
  ] as const)('%s', (_, labels, type) => {
    const found = drawn(labels);
    expect(found?.type ?? null).toBe(type);
    if (found === null) return;
    const interactive = { ...found, body: { text: '?' } };
    const message = { messaging_product: 'whatsapp', type: 'interactive', interactive };
    expect(refusalOf(message, new Map())).toBeNull();
  });

  it('say the whole label when they are tapped, also where it was cut', () => {
    const long = 'Que nadie más lo pueda leer en ninguna parte';
    const labels = ['Sí', 'No', 'Quizás', long];
    const rows = drawn(labels)?.action.sections?.[0]?.rows ?? [];
    expect(rows.map((row) => parseTap(row))).toEqual(
      labels.map((text, index) => ({ text, choice: { prompt: 'safety', version: 3, value: `value-${index}` } })),
    );
    expect(rows[3]?.title).toHaveLength(24);
  });
});

describe('commands', () => {
  it('are buttons under a question without choices, and say their word', () => {
    const commands = [{ command: 'next', word: 'siguiente' } as const, { command: 'pause', word: 'pausa' } as const];
    const found = tappable({ choices: [], commands, prompt }, 'Elegir') as NonNullable<ReturnType<typeof drawn>>;
    expect(found.action.buttons?.map(({ reply }) => parseTap(reply))).toEqual([
      { text: 'siguiente' },
      { text: 'pausa' },
    ]);
    expect(tappable({ choices: [], commands, prompt: null }, 'Elegir')).toBeNull();
  });
});

it.each(['', 'x', '{}', '[]', '["safety"]', '["safety",-1,"x"]', '["safety",1.5,"x"]', '["other","x"]', '[1,2,3]'])(
  'a tap on %j is not ours',
  (id) => {
    expect(parseTap({ id, title: 'Sí' })).toBeNull();
  },
);
