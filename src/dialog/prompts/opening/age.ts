// Asks about an age that may not be the writer's. "Under 18" is shown back and can be taken back. No age erases
// anything.

import { countWords } from '../../../words.ts';
import { changeHeld, holdTestimony, yearOf } from '../../engine/pending-consent.ts';
import { choicePrompt, definePrompt } from '../../engine/prompt.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { takeAge, TELLING_WORDS, YES } from '../../stages/take-age.ts';
import { deniesBeingMinor, whoseAgeIn } from '../../understanding/age.ts';
import { plainAnswerIn } from '../../understanding/plain-answer.ts';
import { eraseAtOnce, operatorParams, supportList } from './opening.ts';

const WHOSE = ['age-adult', 'age-minor', 'age-not'] as const;

function isYes({ session }: Turn): boolean {
  return session.at.of === YES;
}

function whoseChoices(turn: Turn): readonly string[] {
  return isYes(turn) ? WHOSE.slice(0, 2) : WHOSE;
}

/** `of`: the id of the message, which is held meanwhile; or YES after talk of an age. None after the consent. */
export const ageWhose = choicePrompt('age-whose', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true },
  strict: true,
  values: whoseChoices,
  ask(turn) {
    const whose = turn.session.kept ? 'keep.whose-told' : 'keep.whose';
    turn.ask(isYes(turn) ? 'keep.age' : whose, undefined, { choices: whoseChoices(turn) });
  },
  choose(turn, value) {
    // After the consent the words are in the text.
    if (turn.session.kept) return value === 'age-minor' ? turn.onward({ prompt: 'minor' }) : turn.resume('short');
    const { of: message = '' } = turn.session.at;
    const words = turn.session.held.ids?.[message] ?? 0;
    if (value !== 'age-not' && words < TELLING_WORDS) changeHeld(turn, message, null);
    if (value === 'age-minor') return turn.go({ prompt: 'minor' });
    if (value === 'age-adult') return turn.go({ prompt: 'keep-yes' });
    turn.resume('short');
  },
  otherwise(turn, said) {
    const answer = isYes(turn) ? plainAnswerIn(turn.world.lexicon, said.text) : null;
    if (answer !== null) {
      turn.go({ prompt: answer === 'yes' ? 'keep-yes' : 'minor' });
      return true;
    }
    const whose = whoseAgeIn(turn.world.lexicon, turn.session.language, said.text, yearOf(turn));
    if (whose === null || whose === 'unclear') return false;
    if (turn.session.kept) {
      if (whose === 'own-minor') turn.onward({ prompt: 'minor' });
      else turn.resume('short');
      return true;
    }
    if (whose !== 'other') changeHeld(turn, turn.session.at.of ?? '', null);
    turn.resume('short');
    return takeAge(turn, said);
  },
});

export const minor = choicePrompt('minor', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', phrase: [], endsFirst: true },
  values: minorChoices,
  exactly: ['minor-leave'],
  takesWords: true,
  ask(turn) {
    turn.flag('under-age');
    const { held, kept, voice } = turn.session;
    if (turn.asking !== 'short' && kept) turn.say('minor.kept');
    else if (turn.asking !== 'short' && held.parts + voice.notes.length > 0) turn.say('minor.held');
    const text = turn.world.operator.desk ? 'minor.ask' : 'minor.ask-call';
    turn.ask(text, { support: supportList(turn, 'call', 'own') }, { choices: minorChoices(turn), whole: true });
  },
  choose(turn, value, said) {
    // "Yes, but it was my son's age": the writer is not under 18.
    if (said.tapped === null && denies(turn, said)) return takeBack(turn, said);
    if (value === 'minor-leave') return eraseAtOnce(turn);
    if (value === 'minor-not') return takeBack(turn, null);
    turn.flag('asks-for-person');
    turn.flag('wants-contact');
    turn.change({ personMayWrite: true });
    return turn.go({ prompt: 'minor-waiting' });
  },
  otherwise(turn, said) {
    if (denied(turn, said)) return true;
    if (countWords(said.text) < TELLING_WORDS) return false;
    turn.say('minor.told');
    turn.again('short');
    return true;
  },
});

function minorChoices({ world }: Turn): readonly string[] {
  const { minor: choices } = world.intake.choices;
  return world.operator.desk ? choices : choices.filter((value) => value !== 'minor-contact');
}

/** Staff take over; the bot asks nothing more and keeps no message. */
export const minorWaiting = definePrompt('minor-waiting', {
  traits: { kind: 'interrupt', guarded: false, consent: 'none', endsFirst: true },
  ask: (turn) => turn.ask('minor.waiting', { ...operatorParams(turn), support: supportList(turn, 'call', 'own') }),
  answer(turn, said) {
    if (!denied(turn, said)) turn.again('full');
  },
});

function denies(turn: Turn, { text }: Said): boolean {
  return deniesBeingMinor(turn.world.lexicon, turn.session.language, text, yearOf(turn));
}

function denied(turn: Turn, said: Said): boolean {
  if (!denies(turn, said)) return false;
  takeBack(turn, said);
  return true;
}

function saysOwnAge(turn: Turn, { text }: Said): boolean {
  return whoseAgeIn(turn.world.lexicon, turn.session.language, text, yearOf(turn)) === 'own-adult';
}

/** Returns to the consent with all pending messages; a message that tells something is also held. */
function takeBack(turn: Turn, said: Said | null): void {
  turn.unflag('under-age');
  if (turn.session.kept && turn.session.under.length > 0) {
    turn.say('minor.back-told');
    return turn.resume('full');
  }
  turn.say('minor.back');
  turn.change({ ageSpoken: true });
  // "No, sorry, I am 40" tells an age, but no story.
  const tells = said !== null && (countWords(said.text) >= 2 * TELLING_WORDS || !saysOwnAge(turn, said));
  if (said !== null && tells) holdTestimony(turn, said);
  turn.go({ prompt: 'keep' });
}
