// The languages say the same, and no word of one means another thing in another. A language that borrows texts is held to
// the same as far as it has its own.

import { describe, expect, it } from 'vitest';
import { offeredBy } from '../src/calls/publication.ts';
import { fold } from '../src/dialog/understanding/fold.ts';
import { LANGUAGE_FACTS, LANGUAGES, type Language } from '../src/languages.ts';
import { COMMANDS, GATHERING_WORDS, TYPED } from '../src/dialog/understanding/word-lists.ts';
import { recognizeChoice } from '../src/dialog/understanding/recognize.ts';
import { commandIn, questionIn, readText, typedIn } from '../src/dialog/understanding/commands.ts';
import { plainAnswerIn } from '../src/dialog/understanding/plain-answer.ts';
import type { TextTree } from '../src/texts/body.ts';
import { loadCatalogues } from '../src/texts/catalogues.ts';
import { intake, lexicon, texts } from './support/player.ts';
import { TERMS } from './support/terms.ts';

const { bot } = loadCatalogues();

function flat(catalogue: TextTree, before = ''): [string, string][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
    typeof value === 'object' ? flat(value as TextTree, `${before}${key}.`) : [[`${before}${key}`, String(value)]],
  );
}

/** Every set of choices that is ever offered together. */
const OFFERED: readonly (readonly string[])[] = [
  ...Object.values(intake.choices),
  ['held-use', 'held-erase'],
  ['stop-keep', 'stop-erase', 'stop-go-on'],
  ['stop-on', 'stop-erase'],
  ['doubt-command', 'doubt-text'],
  ['doubt-add', 'doubt-leave'],
  ['doubt-take-out', 'doubt-stay', 'doubt-words'],
  ['part-add', 'part-remove', 'part-done'],
  ['link-shorten', 'link-keep'],
  ['person-write', 'person-on'],
  ['names-withhold', 'names-stay'],
  ['kind-name', 'kind-place', 'kind-words'],
  ['standing-review', 'standing-confidential'],
  ['withdraw-all', 'withdraw-public'],
  ['yes', 'no'],
  ['each', 'joint'],
  ['teller-yes', 'teller-minor', 'teller-no'],
  ['read-aloud', 'read-phone', 'read-themselves'],
  ['agrees-yes', 'agrees-no'],
  ['erase-case', 'erase-all'],
  ['hand-person', 'hand-organiser', 'hand-not'],
  ['hand-back'],
  ['take-yes', 'take-no'],
  ['close-yes', 'close-no'],
  ['joint-shorten', 'joint-leave-out'],
  ['import-erase', 'import-on'],
  LANGUAGES.map((language) => `language-${language}`),
];

describe('words that people write', () => {
  it('no command word of one language means another command in another', () => {
    const meanings = new Map<string, string>();
    for (const language of LANGUAGES) {
      for (const command of COMMANDS) {
        for (const phrase of lexicon.words[language].commands[command]) {
          const known = meanings.get(fold(phrase));
          expect([undefined, command], `"${phrase}" (${language})`).toContain(known);
          meanings.set(fold(phrase), command);
        }
      }
    }
  });

  it('an organiser’s word is no command, and means one thing only', () => {
    for (const language of LANGUAGES) {
      for (const word of GATHERING_WORDS) {
        for (const phrase of lexicon.words[language].gathering[word]) {
          expect(commandIn(lexicon, phrase), `${phrase} (${language})`).toBeNull();
          expect(readText(lexicon, phrase).gatheringWord).toBe(word);
        }
        const label = texts.translate(language, { key: `commands.${word}` }, '');
        expect(readText(lexicon, label).gatheringWord, label).toBe(word);
      }
    }
  });

  it('the words that destroy or send are no command, and mean one thing only', () => {
    for (const language of LANGUAGES) {
      for (const typed of TYPED) {
        for (const phrase of lexicon.words[language].typed[typed]) {
          expect(commandIn(lexicon, phrase), `${phrase} (${language})`).toBeNull();
          expect(typedIn(lexicon, phrase)).toBe(typed);
        }
      }
    }
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    it.each(TERMS)(
      'every choice is recognised by its label, by its number and by each of its phrases: $hash',
      (terms) => {
        const { choices } = intake;
        const offered = OFFERED.map((values) => (values === choices.publication ? offeredBy(terms.call) : values));
        for (const values of offered) {
          values.forEach((value, index) => {
            const label = texts.translate(language, { key: `choices.${value}` }, terms.hash);
            for (const said of [
              label,
              label.toUpperCase(),
              `${index + 1}`,
              `${index + 1}.`,
              ...(lexicon.words[language].choices[value] ?? []),
            ]) {
              const recognized = recognizeChoice(lexicon, language, said, values, true);
              expect(recognized, `"${said}" among ${values.join(', ')}`).toEqual({ kind: 'accepted', value });
            }
          });
        }
      },
    );

    it('the label of every command is one of its words, and every word works whatever the case and accents', () => {
      for (const command of COMMANDS) {
        const label = texts.translate(language, { key: `commands.${command}` }, '');
        expect(commandIn(lexicon, label), label).toBe(command);
        for (const phrase of lexicon.words[language].commands[command]) {
          expect(commandIn(lexicon, `«${phrase.toUpperCase()}!»`)).toBe(command);
          expect(commandIn(lexicon, phrase.normalize('NFD').replace(/\p{M}/gu, ''))).toBe(command);
        }
      }
    });

    it('every *word* that a text asks people to write is one that is understood', () => {
      const known = (word: string) =>
        commandIn(lexicon, word) !== null ||
        readText(lexicon, word).gatheringWord !== null ||
        typedIn(lexicon, word) !== null ||
        readText(lexicon, word).languageName !== null ||
        plainAnswerIn(lexicon, word) !== null ||
        readText(lexicon, word).aside !== null;
      for (const [key, text] of flat(bot[language])) {
        // A button of the page, not a word to write.
        if (key === 'safety.network') continue;
        for (const [, word = ''] of text.replaceAll(/\*\{\{\w+\}\}\*/gu, '').matchAll(/(?<!\w)\*([^*{}]+)\*/gu)) {
          expect(known(word), `${key}: *${word}*`).toBe(true);
        }
      }
      for (const typed of TYPED) {
        const asks = {
          send: 'send.ask',
          erase: 'erase.ask',
          publish: 'publication.sure',
          withdraw: 'withdraw.sure',
          replace: 'cut.sure-new',
        }[typed];
        const asked = new Map(flat(bot[language])).get(asks);
        const { fallback } = LANGUAGE_FACTS[language];
        // A text that is borrowed asks for the word of its language.
        const from = fallback !== null && asked === new Map(flat(bot[fallback])).get(asks) ? fallback : language;
        expect(asked, asks).toContain(lexicon.words[from].typed[typed][0]?.toUpperCase());
      }
    });
  });
});

const QUESTIONS: readonly (readonly [Language, string, string])[] = [
  ['pt', 'A polícia vai ler isso?', 'police'],
  ['pt', 'É de graça?', 'free'],
  ['pt', 'Quem são vocês?', 'who'],
  ['es', '¿La policía lo va a leer?', 'police'],
  ['es', '¿Es gratis?', 'free'],
  ['es', '¿Quiénes son ustedes?', 'who'],
  ['fr', 'La police va-t-elle le lire ?', 'police'],
  ['fr', "C'est gratuit ?", 'free'],
  ['fr', 'Qui êtes-vous ?', 'who'],
  ['en', 'will the police read it?', 'police'],
  ['en', 'Is it free?', 'free'],
  ['en', 'who are you?', 'who'],
];

describe('questions to the bot', () => {
  it.each(QUESTIONS)('%s: %s', (_, text, question) => {
    expect(questionIn(lexicon, text)).toBe(question);
  });

  it.each([
    'Que haya justicia para mi hijo y para todos los demás',
    '¿Dónde están los derechos humanos?',
    '¿Cuánto costó el funeral?',
    'Who paid for the bottle he held?',
    'Por que ninguém foi preso?',
    'stop the violence',
  ])('testimony is none: %s', (text) => {
    expect(questionIn(lexicon, text)).toBeNull();
    expect(commandIn(lexicon, text)).toBeNull();
  });
});

describe('what is said', () => {
  const NEVER: Readonly<Record<Language, RegExp>> = {
    en: /received by \{\{body\}\}|\{\{[bB]ody\}\} (?:has )?received|!|guarantee/iu,
    fr: /reçue? par \{\{body\}\}|\{\{[bB]ody\}\} (?:l['’])?a (?:bien )?reçu|(?<! )!|garanti/iu,
    es: /recibid[oa] por \{\{body\}\}|\{\{[bB]ody\}\} (?:lo )?recibió|!|garantiz/iu,
    pt: /recebid[oa] por \{\{body\}\}|\{\{[bB]ody\}\} recebeu|!|garantimos|garantia/iu,
    ht: /\{\{[bB]ody\}\} resevwa|!|garanti/iu,
    ar: /(?:استلم|تلق)\p{L}* \{\{[bB]ody\}\}|!|نضمن|مضمون/iu,
  };
  const NOT_FIRST =
    /polic|police|polís|polít|lapolis|mort|muert|killed|death|lanmò|شرط|قتل|موت|\{\{(?:org|text|heading|name|harmed|part|topic|support)\}\}/iu;

  describe.each(LANGUAGES)('in %s', (language) => {
    it('nothing promises what nobody knows, nothing is cheerful', () => {
      for (const [key, text] of flat(bot[language])) {
        expect(text, key).not.toMatch(NEVER[language]);
        expect(text, key).not.toMatch(/\p{Extended_Pictographic}/u);
      }
    });

    it('the first line of a bubble is neutral: it may show on a lock screen', () => {
      const inside =
        /^(?:choices|parts|commands|joint\.(?:line|member|name|names|group|begin|ask-s|over-line|case-line)|gathering\.(?:names|line|several-line|tells|standing|person)|others\.(?!ask)|support|names\.(?:stands|sentence|place|reads|stays|more)|jointly\.(?:place|more)|review\.(?:part|harmed|author|role$)|check\.(?!read|which|now|again)|over-limit\.part|topics\.(?:answered|named|field|if-yes|if-no|by-number)|publication\.label|delivery\.(?:our|their)|read-back\.(?:names|no-recipient|kept-back)|kept-back\.line|copy\.(?!file)|hello\.(?:no-phone|takes)|staff\.questions|unreachable\.said|spoken\.ear|printed\.story|terms)/u;
      for (const [key, text] of flat(bot[language])) {
        if (inside.test(key) || key === 'reviewed') continue;
        expect(text.split('\n')[0], key).not.toMatch(NOT_FIRST);
      }
    });

    it('every catalogue waits for its native reader', () => {
      expect(bot[language].reviewed).toBe(false);
      expect(lexicon.words[language].reviewed).toBe(false);
    });
  });
});
