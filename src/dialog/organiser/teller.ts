// The questions to an organiser before a contributor's story: one document or many, name, language, and the
// contributor's own consent. Before that only the name is kept.

import { isLanguage, type Language, LANGUAGES } from '../../languages.ts';
import { askAboutStray, choice, choicePrompt, definePrompt } from '../engine/prompt.ts';
import type { Param } from '../engine/reply.ts';
import { nextStep } from '../engine/route.ts';
import type { Turn } from '../engine/turn.ts';
import type { Said } from '../engine/world.ts';
import { sayItIsPublished } from '../prompts/approval/no-refusal.ts';
import { sayKnownAnswer } from '../prompts/opening/wants.ts';
import { keepParams, supportList } from '../prompts/opening/opening.ts';
import { questionIn } from '../understanding/commands.ts';
import { cleanName, fold } from '../understanding/fold.ts';
import { isNoLabel, withoutLead } from '../understanding/names/typed-name.ts';
import { isAskingBack, isRefusal, looksLikeSentence, plainAnswerIn } from '../understanding/plain-answer.ts';
import { numberIn, recognizeChoice } from '../understanding/recognize.ts';
import { isNamed, NAME_WORDS } from './cases.ts';
import { nameOf, shareOfNine } from './gathering.ts';

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
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.change({ together: false });
    turn.go(nextStep(turn, 'together'));
    return true;
  },
});

/**
 * At any prompt for a person's name: answers a question, explains after a refusal, and offers a sentence to the story.
 * Returns true if it was one of these. `why`: key of the text that says why the name is needed.
 */
export function answersNoName(turn: Turn, said: Said, why: string): boolean {
  const { lexicon, operator } = turn.world;
  const question = questionIn(lexicon, said.text);
  const refused = said.aside === 'none' || isRefusal(lexicon, said.text);
  if (question !== null || refused || isAskingBack(lexicon, said.text)) {
    if (question === null) turn.say(why, { org: operator.name });
    else sayKnownAnswer(turn, question);
    turn.again('full');
    return true;
  }
  if (looksLikeSentence(lexicon, withoutLead(lexicon, said.text))) {
    if (turn.session.kept) askAboutStray(turn, said);
    else {
      turn.say(why, { org: operator.name });
      turn.again('full');
    }
    return true;
  }
  if (plainAnswerIn(lexicon, said.text) === null) return false;
  turn.say(why, { org: operator.name });
  turn.again('full');
  return true;
}

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

const SPOKEN = LANGUAGES.map((one) => `language-${one}`);

/** One of the four, or any other by its name. */
export const tellerLanguage = definePrompt('teller-language', {
  traits: { kind: 'step', guarded: false, consent: 'none', phrase: [] },
  asksLanguage: true,
  ...choice({
    values: () => SPOKEN,
    ask: (turn) => turn.ask('gathering.language', { name: nameOf(turn) }, { choices: SPOKEN }),
    choose: (turn, value) => speaks(turn, value.slice('language-'.length)),
    otherwise(turn, said) {
      const name = otherLanguage(turn, said.text);
      if (name !== null) speaks(turn, name);
      return name !== null;
    },
  }),
});

/** A language that is not one of LANGUAGES, by its typed name; null if the text is no name. */
export function otherLanguage({ world, session }: Turn, text: string): string | null {
  const name = cleanName(text);
  if (name.length < 2 || name.length > 40 || fold(name).split(' ').length > 3 || numberIn(name) !== null) return null;
  const yesOrNo = recognizeChoice(world.lexicon, session.language, name, ['yes', 'no'], true);
  return yesOrNo.kind === 'accepted' ? null : name;
}

function speaks(turn: Turn, told: string): void {
  const { teller, language } = turn.session;
  if (teller === undefined) return turn.go(nextStep(turn, 'teller-language'));
  turn.change({ teller: { ...teller, told }, built: null });
  if (told !== language) return turn.go({ prompt: 'teller-written' });
  turn.change({ submissionLanguage: language });
  turn.go(nextStep(turn, 'teller-language'));
}

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

/** The contributor's own consent and age, as the organiser reports them. */
export const tellerConsent = choicePrompt('teller-consent', {
  traits: { kind: 'step', guarded: false, consent: 'none', phrase: [] },
  strict: true,
  values: () => ['teller-yes', 'teller-minor', 'teller-no'],
  ask(turn) {
    if (turn.asking !== 'short') {
      turn.say('gathering.read-aloud', { name: nameOf(turn), language: languageName(turn.session.teller?.told) });
      sayItIsPublished(turn, 'before', aloudIn(turn));
      turn.say(YES, keepParams(turn), { language: aloudIn(turn) });
    }
    turn.ask('gathering.says', { name: nameOf(turn) }, { choices: ['teller-yes', 'teller-minor', 'teller-no'] });
  },
  choose(turn, value) {
    if (value === 'teller-yes') return agree(turn);
    if (value === 'teller-minor') {
      turn.say('gathering.minor', { support: supportList(turn, 'call', 'own') });
    } else turn.say('gathering.no');
    if (turn.session.case !== null) turn.effects.push({ kind: 'erase', what: 'case' });
    return turn.leaveFor({ kind: 'home', at: 'home' }, true);
  },
});

function agree(turn: Turn): void {
  if (turn.session.case === null || turn.session.contribution === null) {
    const contribution = turn.world.newId('contribution');
    const opened = turn.world.newId('case');
    turn.effects.push({ kind: 'open-case', case: opened, contribution });
    turn.change({ case: opened, contribution });
  }
  turn.change({ kept: true, adult: true });
  for (const purpose of ['keep', 'adult'] as const) {
    turn.consent(purpose, 'yes', { key: YES, params: keepParams(turn) }, 'author', aloudIn(turn));
  }
  turn.flag('organiser-word');
  turn.go(nextStep(turn, 'for-whom'));
}
