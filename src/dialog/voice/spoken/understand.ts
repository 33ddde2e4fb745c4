// Transcription → one choice of the open prompt, or null. Stricter than for typed text: a number, the words of a choice
// or a command, and nothing else. No sentence is interpreted, no spelling is guessed.

import { type Language, LANGUAGES } from '../../../languages.ts';
import type { Choice } from '../../engine/reply.ts';
import { commandIn, languageIn, typedIn } from '../../understanding/commands.ts';
import { cleanName, fold } from '../../understanding/fold.ts';
import type { Lexicon } from '../../understanding/lexicon.ts';
import type { Typed } from '../../understanding/word-lists.ts';
import { spelledNumber } from '../../understanding/recognize.ts';
import type { Meaning } from '../../engine/recordings.ts';

/** The open prompt, as far as it can be answered by voice. */
export interface Asked {
  readonly choices: readonly Choice[];
  /** Words that must be typed in full: SEND, if something can be sent. */
  readonly typed: readonly Typed[];
  /** A name is asked for. */
  readonly name: boolean;
  /** A passphrase is asked for: only commands are understood. */
  readonly secret: boolean;
  /** It asks for a language: its name is a choice. */
  readonly asksLanguage: boolean;
}

/** In characters: the longest choice; a longer text is a story. */
const LONGEST = 60;
const NAME_WORDS = 8;

/** Words around a number, folded. */
const BEFORE =
  /^(?:(?:the|la|el|le) )?(?:number|numero|option|opcion|opcao|choix|choice|respuesta|resposta|reponse)? ?/u;
const AFTER = / (?:please|por favor|s il vous plait)$/u;

export function understand(lexicon: Lexicon, language: Language, text: string, asked: Asked): Meaning | null {
  if (text.length > LONGEST) return null;
  const command = commandIn(lexicon, text);
  if (command !== null) return { kind: 'command', command };
  if (asked.secret) return null;
  const said = fold(text);
  const chosen = numbered(lexicon, language, said, asked.choices) ?? worded(lexicon, language, said, asked.choices);
  if (chosen !== null) return chosen;
  if (asked.typed.length > 0 && yesOrNo(lexicon, language, text) === 'no') return { kind: 'no' };
  const word = typedIn(lexicon, text);
  if (word !== null) return asked.typed.includes(word) ? { kind: 'typed', word } : null;
  if (asked.name) return nameIn(text);
  const spoken = asked.asksLanguage ? null : languageIn(lexicon, text);
  return spoken === null ? null : { kind: 'language', language: spoken };
}

/** "2", "dos", "la opción dos", "two, a friend or a witness"; null if number and words disagree. */
function numbered(lexicon: Lexicon, language: Language, said: string, choices: readonly Choice[]): Meaning | null {
  const bare = said.replace(BEFORE, '').replace(AFTER, '');
  const [first = '', ...rest] = bare.split(' ');
  const number = /^\d{1,2}$/u.test(first) ? Number(first) : spelledNumber(first, language);
  const choice = number === null ? undefined : choices[number - 1];
  if (number === null || choice === undefined) return null;
  const found: Meaning = { kind: 'choice', value: choice.value, number };
  if (rest.length === 0) return found;
  const beside = worded(lexicon, language, rest.join(' '), choices);
  return beside?.kind === 'choice' && beside.value === choice.value ? found : null;
}

/** Returns a choice only if exactly one has these words: in the person's language, else in the others. */
function worded(lexicon: Lexicon, language: Language, said: string, choices: readonly Choice[]): Meaning | null {
  for (const one of [language, ...LANGUAGES.filter((other) => other !== language)]) {
    const found = choices.flatMap(({ value }, index) =>
      lexicon.choices[one].get(value)?.includes(said) === true ? [{ value, number: index + 1 }] : [],
    );
    const [only, second] = found;
    if (only !== undefined) return second === undefined ? { kind: 'choice', ...only } : null;
  }
  return null;
}

/** Transcriptions end with a full stop. */
function nameIn(text: string): Meaning | null {
  const name = cleanName(text.trim().replace(/(?<![.,;:!?،؛؟])[.,;:!?،؛؟]+$/u, ''));
  const words = name.split(/\s+/u).length;
  return name === '' || words > NAME_WORDS || /\d/u.test(name) ? null : { kind: 'name', name };
}

/** A yes or a no at a confirmation: few whole words, never a number of the list. */
export function yesOrNo(lexicon: Lexicon, language: Language, text: string): 'yes' | 'no' | null {
  const said = fold(text);
  for (const one of [language, ...LANGUAGES.filter((other) => other !== language)]) {
    if (lexicon.choices[one].get('heard-yes')?.includes(said) === true) return 'yes';
    if (lexicon.choices[one].get('heard-no')?.includes(said) === true) return 'no';
  }
  return null;
}
