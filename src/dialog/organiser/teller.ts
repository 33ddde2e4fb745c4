// The questions to an organiser before a contributor's story: one document or many, name, language, and the
// contributor's own consent. Before that only the name is kept.

import { isLanguage, type Language, LANGUAGES } from '../../languages.ts';
import { openCase } from '../engine/pending-consent.ts';
import { choice, choicePrompt, definePrompt } from '../engine/prompt.ts';
import type { Param } from '../engine/reply.ts';
import { nextStep } from '../engine/route.ts';
import type { Turn } from '../engine/turn.ts';
import { sayItIsPublished } from '../prompts/approval/no-refusal.ts';
import { keepParams, supportList } from '../prompts/opening/opening.ts';
import { wishes } from '../understanding/alarm.ts';
import { cleanName, fold } from '../understanding/fold.ts';
import { isNoLabel, withoutLead } from '../understanding/names/typed-name.ts';
import { plainAnswerIn } from '../understanding/plain-answer.ts';
import { numberIn } from '../understanding/recognize.ts';
import type { Reported } from '../understanding/reported-answer.ts';
import { NAME_WORDS } from './cases.ts';
import { nameOf, shareOfNine } from './gathering.ts';
import { isNamed } from './named.ts';
import { answersNoName, answersNothing, languageChoice } from './typed-answers.ts';

export const together = choicePrompt('together', {
  traits: { kind: 'step', guarded: false, consent: 'none', phrase: [] },
  values: () => ['each', 'joint'],
  ask(turn) {
    const share = shareOfNine(turn.world.call);
    turn.ask(share === null ? 'gathering.together-unlimited' : 'gathering.together', share === null ? {} : { share }, {
      choices: ['each', 'joint'],
    });
  },
  choose(turn, value) {
    turn.change({ together: value === 'joint' });
    turn.go(nextStep(turn, 'together'));
  },
  otherwise(turn, said) {
    if (said.spelt.length > 1 || !wishes(turn.world.lexicon, said, 'oneEach'))
      return answersNothing(turn, said, 'gathering.noted-before');
    turn.change({ together: false });
    turn.go(nextStep(turn, 'together'));
    return true;
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.change({ together: false });
    turn.go(nextStep(turn, 'together'));
    return true;
  },
});

export const tellerName = definePrompt('teller-name', {
  traits: { kind: 'step', guarded: false, consent: 'none' },
  literal: true,
  ask: (turn) => turn.ask('gathering.who', undefined, { commands: ['cases'] }),
  answer(turn, said) {
    if (answersNoName(turn, said, 'gathering.who-why')) return;
    const label = cleanName(withoutLead(turn.world.lexicon, said.text));
    if (
      isNoLabel(label) ||
      fold(label).split(' ').length > NAME_WORDS ||
      label.length > 40 ||
      numberIn(label) !== null
    ) {
      turn.say('gathering.who-unfit');
      return turn.again('short');
    }
    const others = turn.cases();
    if (others.some(({ session }) => isNamed(session.teller?.label, label))) {
      turn.say('gathering.who-twice');
      return turn.again('short');
    }
    const number = Math.max(0, ...others.map(({ session }) => session.teller?.number ?? 0)) + 1;
    turn.change({ teller: { number, label, since: turn.event.at } });
    // The name must only be in the case itself.
    turn.effects.push({ kind: 'redact', message: said.id });
    turn.go(nextStep(turn, 'teller-name'));
  },
});

/** One of the four, or any other by its name. */
export const tellerLanguage = definePrompt('teller-language', {
  traits: { kind: 'step', guarded: false, consent: 'none', phrase: [] },
  asksLanguage: true,
  ...languageChoice({ prompt: 'teller-language', text: 'gathering.language', choose: speaks }),
});

function speaks(turn: Turn, told: string): void {
  const { teller, language } = turn.session;
  if (teller === undefined) return turn.go(nextStep(turn, 'teller-language'));
  turn.change({ teller: { ...teller, told }, built: null });
  if (told !== language) return turn.go({ prompt: 'teller-written' });
  turn.change({ submissionLanguage: language });
  turn.go(nextStep(turn, 'teller-language'));
}

const SPOKEN = LANGUAGES.map((one) => `language-${one}`);

/** It may be written down in another language than it is told in. */
export const tellerWritten = definePrompt('teller-written', {
  traits: { kind: 'step', guarded: false, consent: 'none', phrase: [] },
  asksLanguage: true,
  ...choice({
    values: () => SPOKEN,
    ask: (turn) => turn.ask('gathering.written', { name: nameOf(turn) }, { choices: SPOKEN }),
    choose(turn, value) {
      const written = value.slice('language-'.length);
      if (isLanguage(written)) turn.change({ submissionLanguage: written, built: null });
      turn.go(nextStep(turn, 'teller-written'));
    },
  }),
});

/** The language to read to them in: theirs, or if we do not have it, the written one, for the organiser to translate. */
export function aloudIn(turn: Turn): Language {
  const { teller, submissionLanguage, language } = turn.session;
  return isLanguage(teller?.told) ? teller.told : (submissionLanguage ?? language);
}

/** A language by its name in the language of the conversation. */
export function languageName(told: string | undefined): Param {
  return isLanguage(told) ? { key: `choices.language-${told}` } : (told ?? '');
}

const YES = 'gathering.aloud-keep';

/** `of`: what the organiser has reported already. */
type Heard = 'yes' | 'adult';

function heardSoFar({ session }: Turn): Heard | null {
  const { of } = session.at;
  return of === 'yes' || of === 'adult' ? of : null;
}

function consentChoices(turn: Turn): readonly string[] {
  const heard = heardSoFar(turn);
  if (heard === 'adult') return ['teller-says', 'teller-no'];
  return [heard === 'yes' ? 'teller-adult' : 'teller-yes', 'teller-minor', 'teller-no'];
}

/** The contributor's own consent and age, as the organiser reports them: neither follows from the other. */
export const tellerConsent = choicePrompt('teller-consent', {
  traits: { kind: 'step', guarded: false, consent: 'none', phrase: [] },
  strict: true,
  values: consentChoices,
  ask(turn) {
    const heard = heardSoFar(turn);
    const name = nameOf(turn);
    if (heard !== null) return turn.ask(`gathering.says-${heard}`, { name }, { choices: consentChoices(turn) });
    if (turn.asking !== 'short') {
      turn.say('gathering.read-aloud', { name, language: languageName(turn.session.teller?.told) });
      sayItIsPublished(turn, 'before', aloudIn(turn));
      turn.say(YES, keepParams(turn), { language: aloudIn(turn) });
    }
    turn.ask('gathering.says', { name }, { choices: consentChoices(turn) });
  },
  choose(turn, value) {
    if (value === 'teller-yes' || value === 'teller-adult' || value === 'teller-says') return agree(turn);
    refuse(turn, value === 'teller-minor' ? 'gathering.minor' : 'gathering.no');
  },
  reported: takesReport,
  otherwise(turn, said) {
    const heard = heardSoFar(turn);
    // "Yes, that's fine": a yes, and no age.
    const agrees = heard !== 'yes' && plainAnswerIn(turn.world.lexicon, said.text) === 'yes';
    return agrees ? takesReport(turn, { answer: 'agrees', age: null }) : answersNothing(turn, said, 'gathering.noted');
  },
});

/** The person's age was spoken of after their yes. */
export const tellerAge = choicePrompt('teller-age', {
  traits: { kind: 'interrupt', guarded: false, consent: 'keep', phrase: [] },
  strict: true,
  values: () => ['teller-minor', 'teller-adult'],
  ask: (turn) => turn.ask('gathering.age', { name: nameOf(turn) }, { choices: ['teller-minor', 'teller-adult'] }),
  choose(turn, value) {
    turn.resume('short');
    if (value === 'teller-minor') refuse(turn, 'gathering.minor');
  },
  reported(turn, { age, answer }) {
    if (age === null) return false;
    turn.resume('short');
    if (age === 'minor' && answer !== 'no') refuse(turn, 'gathering.minor');
    return true;
  },
});

/**
 * "She said yes" answers all of what was read to her. "She agreed" says no age, and "she is 60" no yes: the other half
 * is asked. An age under 18 is asked back, since it ends everything.
 */
function takesReport(turn: Turn, { answer, age }: Reported): boolean {
  const heard = heardSoFar(turn);
  const agrees = answer === 'yes' || answer === 'agrees' || heard === 'yes';
  const grown = answer === 'yes' || age === 'adult' || heard === 'adult';
  if (answer === 'no') refuse(turn, 'gathering.no');
  else if (age === 'minor') askWhetherMeant(turn, 'teller-minor');
  else if (agrees && grown) {
    turn.say('gathering.says-both', { name: nameOf(turn) }, { commands: ['delete'] });
    agree(turn);
  } else turn.go({ prompt: 'teller-consent', of: agrees ? 'yes' : 'adult' });
  return true;
}

function askWhetherMeant(turn: Turn, value: string): void {
  const number = consentChoices(turn).indexOf(value) + 1;
  if (number > 0) turn.say('choice.perhaps', { choice: { key: `choices.${value}` }, number });
  else turn.say('choice.not-among');
  turn.again('short');
}

/** An organiser is no child: she is told what can be done, and who may listen to the child. */
function refuse(turn: Turn, text: 'gathering.minor' | 'gathering.no'): void {
  const { kept } = turn.session;
  const commands = text === 'gathering.minor' ? ['new'] : [];
  turn.say(kept ? `${text}-kept` : text, { support: supportList(turn, 'child', 'own') }, { commands });
  // After *back* something was written down already: the word is asked for before it is erased.
  if (kept) return turn.aside({ prompt: 'erase-which' });
  if (turn.session.case !== null) turn.effects.push({ kind: 'erase', what: 'case' });
  turn.leaveFor({ kind: 'home', at: 'home' }, true);
}

function agree(turn: Turn): void {
  // The text is not its organiser's own any more.
  if (turn.session.undo?.before.alone === true) turn.forgetUndo();
  openCase(turn);
  for (const purpose of ['keep', 'adult'] as const) {
    turn.consent(purpose, 'yes', { key: YES, params: keepParams(turn) }, 'author', aloudIn(turn));
  }
  turn.flag('organiser-word');
  turn.go(nextStep(turn, 'for-whom'));
}
