// What counts as a choice when it is spoken, and what does not, in the four languages.

import { describe, expect, it } from 'vitest';
import { WHOLE_LANGUAGES, type WholeLanguage } from '../../../src/languages.ts';
import { COMMANDS, TYPED } from '../../../src/dialog/understanding/word-lists.ts';
import { makePhrase, saysPhrase } from '../../../src/dialog/voice/spoken/phrase.ts';
import { understand, yesOrNo, type Asked } from '../../../src/dialog/voice/spoken/understand.ts';
import { intake, lexicon, shelf, texts } from '../../support/player.ts';

const asked = (values: readonly string[], more: Partial<Asked> = {}): Asked => ({
  choices: values.map((value) => ({ value, label: { key: `choices.${value}` } })),
  typed: [],
  name: false,
  secret: false,
  asksLanguage: false,
  ...more,
});

const PUBLICATION = asked(intake.choices.publication);
const KEEP = asked(intake.choices.keep);

describe('a number', () => {
  it.each<[WholeLanguage, string, number]>([
    ['en', 'Two.', 2],
    ['en', '2', 2],
    ['en', 'Number two.', 2],
    ['en', 'The number three, please.', 3],
    ['fr', 'Un.', 1],
    ['fr', 'Le numéro deux.', 2],
    ['fr', 'Trois, s’il vous plaît.', 3],
    ['es', 'La dos.', 2],
    ['es', 'Opción tres', 3],
    ['es', 'uno, por favor', 1],
    ['pt', 'Número dois.', 2],
    ['pt', 'Opção três.', 3],
    ['pt', 'Um.', 1],
  ])('%s: "%s" is %i', (language, said, number) => {
    const value = PUBLICATION.choices[number - 1]?.value;
    expect(understand(lexicon, language, said, PUBLICATION)).toEqual({ kind: 'choice', value, number });
  });

  it.each<[WholeLanguage, string]>([
    ['en', 'Four.'],
    ['en', 'Two or three.'],
    ['en', 'Not two.'],
    ['en', 'Two, no, three.'],
    ['en', 'Two of them came at night.'],
    ['en', 'No. 1 came first.'],
    ['es', 'No, la uno.'],
    ['es', 'Dos policías.'],
    ['pt', 'Não, dois.'],
    ['pt', 'Dois, confidencial.'],
    ['fr', 'Pas la deux.'],
    ['fr', 'Deux jours.'],
  ])('%s: "%s" is none', (language, said) => {
    expect(understand(lexicon, language, said, PUBLICATION)).toBeNull();
  });
});

describe.each(WHOLE_LANGUAGES)('in %s', (language) => {
  it('the words of every choice are that choice, alone or after its number, and never another', () => {
    for (const values of Object.values(intake.choices)) {
      values.forEach((value, index) => {
        const label = texts.translate(language, { key: `choices.${value}` }, shelf.current('emler-2024').hash);
        for (const said of [label, `${label}.`, `${index + 1}. ${label}`]) {
          const means = understand(lexicon, language, said, asked(values));
          // "Talk to a person" is the choice and the command, with one meaning.
          if (means?.kind === 'command') expect(said).toContain(label);
          else expect(means, said).toEqual({ kind: 'choice', value, number: index + 1 });
        }
        const wrong = `${((index + 1) % values.length) + 1}. ${label}`;
        if (values.length > 1) expect(understand(lexicon, language, wrong, asked(values)), wrong).toBeNull();
      });
    }
  });

  it('the words of every choice inside a sentence are none', () => {
    for (const value of [...intake.choices.keep, ...intake.choices.publication]) {
      const label = texts.translate(language, { key: `choices.${value}` }, shelf.current('emler-2024').hash);
      for (const said of [`${label} ${label} ${label}`, `Davi ${label} Davi`, `${label} Davi Davi Davi`]) {
        expect(understand(lexicon, language, said, asked([value])), said).toBeNull();
      }
    }
  });

  it('a command is one alone, and never inside anything longer', () => {
    for (const command of COMMANDS) {
      for (const phrase of lexicon.words[language].commands[command]) {
        expect(understand(lexicon, language, `${phrase}.`, KEEP), phrase).toEqual({ kind: 'command', command });
        expect(understand(lexicon, language, `Davi, ${phrase}, Davi`, KEEP), phrase).toBeNull();
      }
    }
  });

  it('SEND and the like are understood only where they are asked for', () => {
    for (const word of TYPED) {
      for (const phrase of lexicon.words[language].typed[word]) {
        expect(understand(lexicon, language, phrase, PUBLICATION)).toBeNull();
        expect(understand(lexicon, language, phrase, asked([], { typed: [word] }))).toEqual({ kind: 'typed', word });
      }
    }
  });

  it('no phrase of two words is a yes, a no, a choice, a command, or another phrase', () => {
    const { first, second } = lexicon.words[language].phrase;
    const all = first.flatMap((a) => second.map((b) => `${a} ${b}`));
    for (const phrase of all) {
      expect(yesOrNo(lexicon, language, phrase)).toBeNull();
      expect(understand(lexicon, language, phrase, KEEP)).toBeNull();
      expect(saysPhrase(lexicon, language, phrase, `${phrase.toUpperCase()}.`)).toBe(true);
      const others = all.filter((other) => other !== phrase);
      expect(others.filter((other) => saysPhrase(lexicon, language, phrase, other))).toEqual([]);
    }
    expect(new Set(all.map((_, seed) => makePhrase(lexicon, language, `seed ${seed}`))).size).toBeGreaterThan(20);
  });

  it('a phrase is said whole, perhaps after a yes, and never after a no', () => {
    const phrase = makePhrase(lexicon, language, 'a seed');
    const [yes] = lexicon.words[language].choices['heard-yes'] ?? [];
    const [no] = lexicon.words[language].choices['heard-no'] ?? [];
    const says = (text: string) => saysPhrase(lexicon, language, phrase, text);
    expect(says(`${yes}, ${phrase}.`)).toBe(true);
    for (const text of [
      `${no}, ${phrase}`,
      phrase.split(' ')[0] ?? '',
      phrase.split(' ')[1] ?? '',
      '',
      `Davi ${phrase}`,
    ]) {
      expect(says(text), text).toBe(false);
    }
  });

  it('what listeners invent, and what answers something else, is no yes', () => {
    const words = lexicon.words[language];
    const heard = [
      ...words.notSaid,
      ...words.greetings,
      ...(words.choices['right'] ?? []).filter((one) => one === 'ok'),
    ];
    for (const text of [...heard, 'Thank you.', 'Gracias.', 'Merci.', 'Obrigado.', 'OK', 'Okay', 'Hm', '1', 'uno']) {
      expect(yesOrNo(lexicon, language, text), text).toBeNull();
    }
  });
});

it('a name is one, and no sentence and no number is', () => {
  const name = asked([], { name: true });
  const heard = (text: string) => understand(lexicon, 'pt', text, name);
  expect(heard('Davi Exemplo.')).toEqual({ kind: 'name', name: 'Davi Exemplo' });
  expect(heard('Pular.')).toEqual({ kind: 'command', command: 'skip' });
  for (const text of ['O nome dele era Davi, mas todos o chamavam de outro jeito.', 'Davi 2', '...'])
    expect(heard(text)).toBeNull();
});

it('where a secret word is asked for nothing but a command is understood', () => {
  const secret = asked([], { secret: true });
  expect(understand(lexicon, 'es', 'La luna', secret)).toBeNull();
  expect(understand(lexicon, 'es', 'Saltar.', secret)).toEqual({ kind: 'command', command: 'skip' });
});
