// What is read aloud of a reply: its words without our marks, then its choices, then how to answer by voice.

import type { Rendered } from './channel.ts';

/** "*1* Continue" → "1. Continue."; a choice that only a button shows is read, too. */
export function aloudText({ bubbles, choices, ear }: Pick<Rendered, 'bubbles' | 'choices' | 'ear'>): string {
  const said = bubbles.map(({ text, bold }) =>
    bold.toReversed().reduce((now, [from, to]) => {
      const word = now.slice(from + 1, to - 1);
      return now.slice(0, from) + (/^\d+$/u.test(word) ? `${word}.` : word) + now.slice(to);
    }, text),
  );
  const whole = said.join('\n');
  const unsaid = choices.filter(({ number, label }) => !whole.includes(`${number}. ${label}`));
  const last = ear === undefined ? [] : [ear.replaceAll('*', '')];
  return [whole, ...unsaid.map(({ number, label }) => `${number}. ${label}.`), ...last].join('\n');
}
