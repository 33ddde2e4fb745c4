// Written-down speech → one choice of what is being asked, or nothing. Stricter than what is typed: a number, the words of a
// choice or a command, and nothing else beside them. No sentence is interpreted, no spelling is guessed.

import { type Language, LANGUAGES } from '../../../languages.ts';
import type { Choice } from '../../engine/reply.ts';
import { commandIn, languageIn, typedIn } from '../../understanding/commands.ts';
import { cleanName, fold } from '../../understanding/fold.ts';
import type { Lexicon, Typed } from '../../understanding/lexicon.ts';
import { spelledNumber } from '../../understanding/recognize.ts';
import type { Meaning } from './interpretation.ts';

/** What stands open, as far as a voice may answer it. */
export interface Asked {
  readonly choices: readonly Choice[];
  /** Words that are typed in full elsewhere: SEND where something is sent. */
  readonly typed: readonly Typed[];
  /** A name is asked for. */
  readonly name: boolean;
  /** A word of one's own is asked for: nothing but a command is understood. */
  readonly secret: boolean;
  /** It asks for a language: its name is a choice. */
  readonly asksLanguage: boolean;
}

/** Characters of what can be a choice; more is somebody telling. */
const LONGEST = 60;
const NAME_WORDS = 8;

/** What people put around a number, folded. */
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

/** "2", "dos", "la opción dos", "two, a friend or a witness"; never where number and words disagree. */
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

/** Only where exactly one choice is said so: in the person's language, else in the others. */
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

/** A program that listens ends what it writes with a full stop. */
function nameIn(text: string): Meaning | null {
  const name = cleanName(text.trim().replace(/(?<![.,;:!?])[.,;:!?]+$/u, ''));
  const words = name.split(/\s+/u).length;
  return name === '' || words > NAME_WORDS || /\d/u.test(name) ? null : { kind: 'name', name };
}

/** A yes or a no to what was said back: whole words and few of them, never a number of the list. */
export function yesOrNo(lexicon: Lexicon, language: Language, text: string): 'yes' | 'no' | null {
  const said = fold(text);
  for (const one of [language, ...LANGUAGES.filter((other) => other !== language)]) {
    if (lexicon.choices[one].get('heard-yes')?.includes(said) === true) return 'yes';
    if (lexicon.choices[one].get('heard-no')?.includes(said) === true) return 'no';
  }
  return null;
}
