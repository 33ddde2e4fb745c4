// Buttons and lists: the ids that we give them, and what a tap on them says. docs/decisions/0212-buttons-and-numbers.md.

import { z } from 'zod';
import type { ChoiceRef } from '../../dialog/engine/event.ts';
import type { Rendered } from '../channel.ts';

/** WhatsApp's own limits, in characters and pieces. */
const MOST_BUTTONS = 3;
const MOST_ROWS = 10;
const BUTTON = 20;
const ROW_TITLE = 24;
const ROW_MORE = 72;
const LONGEST_ID = 200;

const WORD = 'word';

const idSchema = z.union([
  z.tuple([z.string().min(1), z.number().int().nonnegative(), z.string().min(1)]),
  z.tuple([z.literal(WORD), z.string().min(1)]),
]);

/** The buttons or the list under the last bubble; null: the numbers in the text are enough. `open`: on the button of a list. */
export function tappable(
  { choices, commands, prompt }: Pick<Rendered, 'choices' | 'commands' | 'prompt'>,
  open: string,
): object | null {
  if (prompt === null) return null;
  if (choices.length === 0)
    return buttons(commands.map(({ word }) => ({ id: JSON.stringify([WORD, word]), title: word })));
  const all = choices.map((choice) => ({
    ...choice,
    id: JSON.stringify([prompt.id, prompt.version, choice.value]),
  }));
  if (all.some(({ id }) => id.length > LONGEST_ID)) return null;
  return buttons(all.map(({ id, label }) => ({ id, title: label }))) ?? list(all, open);
}

function buttons(all: readonly { readonly id: string; readonly title: string }[]): object | null {
  const titles = new Set(all.map(({ title }) => title));
  const fits = all.every(({ title }) => title !== '' && title.length <= BUTTON) && titles.size === all.length;
  if (all.length === 0 || all.length > MOST_BUTTONS || !fits) return null;
  return { type: 'button', action: { buttons: all.map((reply) => ({ type: 'reply', reply })) } };
}

interface Row {
  readonly id: string;
  readonly number: number;
  readonly label: string;
}

/** A title that had to be cut is followed by the whole; if even that is too long, there is no list. */
function list(all: readonly Row[], open: string): object | null {
  if (all.length > MOST_ROWS || all.some(({ label }) => label.length > ROW_MORE)) return null;
  const rows = all.map(({ id, number, label }) => {
    const title = `${number}. ${label}`;
    if (title.length <= ROW_TITLE) return { id, title };
    return { id, title: `${title.slice(0, ROW_TITLE - 1).trimEnd()}…`, description: label };
  });
  return { type: 'list', action: { button: open, sections: [{ rows }] } };
}

/** Null if it is not ours. */
export function parseTap(tapped: {
  readonly id: string;
  readonly title: string;
  readonly description?: string | null | undefined;
}): { readonly text: string; readonly choice?: ChoiceRef } | null {
  let given: unknown;
  try {
    given = JSON.parse(tapped.id);
  } catch {
    return null;
  }
  const parsed = idSchema.safeParse(given);
  if (!parsed.success) return null;
  if (parsed.data.length === 2) return { text: parsed.data[1] };
  const [prompt, version, value] = parsed.data;
  const text = tapped.description ?? tapped.title.replace(/^\d{1,2}\. /u, '');
  return { text, choice: { prompt, version, value } };
}
