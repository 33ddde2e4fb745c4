// Reads what is written when a name is asked for: the name, a refusal, a question, a sentence for the story.

import type { TextRef } from '../../engine/reply.ts';
import { LANGUAGES } from '../../../languages.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { isKinOnly } from '../../understanding/age.ts';
import { wishesToHide } from '../../understanding/alarm.ts';
import { questionIn } from '../../understanding/commands.ts';
import { cleanName, fold, isNearMiss } from '../../understanding/fold.ts';
import type { Lexicon } from '../../understanding/lexicon.ts';
import { isParticle } from '../../understanding/names/folded.ts';
import { namePart } from '../../understanding/names/name-in-sentence.ts';
import { isNoName, isTold, typedName } from '../../understanding/names/typed-name.ts';
import {
  asksByMark,
  isAskingBack,
  isRefusal,
  isWish,
  looksLikeSentence,
  plainAnswerIn,
} from '../../understanding/plain-answer.ts';
import { numberIn, perhapsMeant, recognizeChoice } from '../../understanding/recognize.ts';
import { likeliest } from '../../understanding/talk/hear.ts';
import { heardAside } from '../../understanding/talk/said-aside.ts';
import type { Question } from '../../understanding/word-lists.ts';

/** The person of the name, in words. */
export function whose({ session: { gathers, role } }: Turn, who: 'harmed' | 'author'): TextRef {
  const author = gathers !== undefined ? 'teller' : role === 'organisation' ? 'organisation' : 'author';
  return { key: `names.stands-who-${who === 'harmed' ? who : author}` };
}

type Read =
  | { readonly kind: 'name'; readonly name: string }
  /** `question`: null for one that only the reason for asking answers. */
  | { readonly kind: 'asks'; readonly question: Question | null }
  | { readonly kind: 'refuses' }
  /** "Só as iniciais": another form of the name, which is still asked for. */
  | { readonly kind: 'form'; readonly form: 'full' | 'initials' }
  | { readonly kind: 'tells' }
  /** Neither: the name alone is asked for. */
  | { readonly kind: 'unfit' };

/** A message of so many words without a clear name is asked for the name alone; a longer one may belong to the story. */
const SHORT_WORDS = 5;
/** Words that may be left out around a name. */
const MOST_DROPPED = 7;
/** Share from which a refusal or a question in other words than those of the lists is heard. */
const HEARD_SHARE = 0.4;
/** Share from which a message refuses a name, among all that is said at the question for one. */
const REFUSED = 0.4;

/** Other answers to the question before, in their own words. */
const FORMS = ['full', 'initials', 'none'];

/** "Only the initials", at the question for a name. */
export function saysForm(turn: Turn, text: string): boolean {
  return recognizeChoice(turn.world.lexicon, turn.session.language, text, FORMS, true).kind === 'accepted';
}

/** Words of a sentence that names a form. */
const FORM_WORDS = 14;

/** "Quiero que se sepa su nombre completo": the form that is named. Only good for asking back. */
export function formIn({ world, session: { language } }: Turn, text: string): string | null {
  return perhapsMeant(world.lexicon, language, text, world.intake.choices.naming, FORM_WORDS);
}

/** A name that is read is shown before it counts. */
export function readName(turn: Turn, said: Said): Read {
  const { lexicon } = turn.world;
  const { text } = said;
  const form = recognizeChoice(lexicon, turn.session.language, text, FORMS, true);
  if (form.kind === 'accepted' && numberIn(said) === null && plainAnswerIn(lexicon, text) === null) {
    return form.value === 'full' || form.value === 'initials'
      ? { kind: 'form', form: form.value }
      : { kind: 'refuses' };
  }
  if (isKinOnly(lexicon, text) && said.aside === null) return { kind: 'unfit' };
  const name = cleanName(typedName(lexicon, text));
  const question = questionIn(lexicon, said);
  const heard = heardIn(turn, text, name);
  const refuses = said.aside === 'none' || isRefusal(lexicon, text) || heard === 'refusal';
  const asks = question !== null || heard === 'question' || asksBack(turn, text, name);
  if (asks || (!refuses && wishesToHide(lexicon, said))) return { kind: 'asks', question };
  if (refuses) return { kind: 'refuses' };
  if (plainAnswerIn(lexicon, text) !== null || isWish(lexicon, text)) return { kind: 'unfit' };
  const part = namePart(lexicon, name);
  const words = text.split(/\s+/u).length;
  const isLong = words > SHORT_WORDS;
  // Words that no name needs would be lost.
  if (part !== null && words - part.split(/\s+/u).length > MOST_DROPPED) return { kind: 'tells' };
  if (part === null) return { kind: isLong || isTold(lexicon, name) ? 'tells' : 'unfit' };
  const isSentence = looksLikeSentence(lexicon, part);
  if (!isSentence && isNoName(lexicon, part)) return { kind: 'unfit' };
  return isSentence || isTold(lexicon, part) ? { kind: 'tells' } : { kind: 'name', name: part };
}

/** A name after "vous pouvez mettre" asks nothing. */
function asksBack({ world: { lexicon } }: Turn, text: string, name: string): boolean {
  const isLed = fold(name) !== fold(text) && !looksLikeSentence(lexicon, name) && !isNoName(lexicon, name);
  return isAskingBack(lexicon, text) && !(isLed && !asksByMark(name));
}

const ASKED = ['question:must-name', 'question:anonymous', 'question:police', 'question:must-answer'] as const;

/** Two words in a row that begin with a capital. */
function hasTwoCapitals(name: string): boolean {
  const capital = name.split(/\s+/u).map((word) => /^\p{Lu}/u.test(word));
  return capital.some((is, at) => is && capital[at + 1] === true);
}

/** A sentence that names nobody: refused, or asked, in other words than those of the lists. */
function heardIn({ world, session }: Turn, text: string, name: string): 'refusal' | 'question' | null {
  if (text.split(/\s+/u).length < 3 || hasTwoCapitals(name)) return null;
  // After the first letter a capital may begin a name.
  const { refusal } = heardAside(world.lexicon, session.language, text, 'names');
  if (refusal >= REFUSED && !/.\p{Lu}/u.test(name)) return 'refusal';
  const found = likeliest(world.lexicon, session.language, text, ['name', 'refusal', ...ASKED]);
  if (found === null || found.share < HEARD_SHARE || found.label === 'name') return null;
  return found.label === 'refusal' ? 'refusal' : 'question';
}

/**
 * "Ella se llama Rosa Mamani, ponga solo Rosa" at the check of another name: a sentence with a name that shares no
 * word with it answers nothing. A name alone, or after a no, is a correction.
 */
export function namesAnother(turn: Turn, shown: string, said: Said): boolean {
  const { lexicon } = turn.world;
  const read = readName(turn, said);
  const [first = '', ...rest] = said.folded.split(' ');
  const isNo = LANGUAGES.some((language) => lexicon.plain[language].no.has(first));
  if (read.kind !== 'name' || isNo) return false;
  const [name, before] = [fold(read.name).split(' '), fold(shown).split(' ')];
  const others = [first, ...rest].filter((word) => !name.includes(word));
  return others.length > 1 && !name.some((word) => before.some((one) => one === word || isNearMiss(word, one)));
}

/** Words of which a wish about a name consists: "put his full name, it is". */
function isAroundName({ ages, besideChoice, choices, common, plain, words }: Lexicon, word: string): boolean {
  return LANGUAGES.some((language) => {
    const phrases = [...words[language].nameLeads.map(fold), ...(choices[language].get('full') ?? [])];
    const lists = [
      ages[language].kin,
      besideChoice[language],
      common[language],
      plain[language].around,
      plain[language].yes,
    ];
    return lists.some((list) => list.has(word)) || phrases.some((phrase) => phrase.split(' ').includes(word));
  });
}

/** "Name", "nombre": the leads of one word that are a noun; or a word of "full name". */
function saysName({ choices, words }: Lexicon, word: string): boolean {
  return LANGUAGES.some((language) => {
    const isLead = words[language].nameLeads.includes(word) && word.length > 2;
    return isLead && [...(choices[language].get('full') ?? [])].some((phrase) => phrase.split(' ').includes(word));
  });
}

interface NamedForm {
  readonly name: string;
  readonly form: 'full' | 'initials';
}

/** A name of two words or more after the word "name", with nothing that tells: what is asked for at both questions. */
export function nameWithForm(turn: Turn, { text }: Said): NamedForm | null {
  const { lexicon } = turn.world;
  const words = text.trim().split(/\s+/u);
  if (words.length > FORM_WORDS || asksByMark(text) || isRefusal(lexicon, text)) return null;
  const isCapital = (word: string) => /^\p{Lu}/u.test(word);
  const last = words.findLastIndex((word) => !isCapital(word) && !isParticle(word));
  const from = words.findIndex((word, at) => at > last && isCapital(word));
  const name = from === -1 ? [] : words.slice(from);
  const around = fold(words.slice(0, from).join(' ')).split(' ');
  if (name.filter(isCapital).length < 2 || !around.some((word) => saysName(lexicon, word))) return null;
  const form = formIn(turn, text);
  if (form === 'none' || !around.every((word) => isAroundName(lexicon, word))) return null;
  return { name: cleanName(name.join(' ').replace(/[.,!]$/u, '')), form: form === 'initials' ? 'initials' : 'full' };
}
