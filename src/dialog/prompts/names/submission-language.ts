// The language of the document.

import { acceptedLanguages } from '../../../calls/call.ts';
import { isLanguage } from '../../../languages.ts';
import { choicePrompt } from '../../engine/prompt.ts';
import { nextStep } from '../../engine/route.ts';
import { operatorParams } from '../opening/opening.ts';
import { takeTranslationBack } from './translation.ts';
import { backToCheck } from '../approval/check-lines.ts';

/** Asked only if the body does not read the language of the conversation; a review can change it for everybody. */
export const submissionLanguage = choicePrompt('submission-language', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [] },
  values: (turn) => acceptedLanguages(turn.world.call).filter(isLanguage),
  ask(turn) {
    const accepted = acceptedLanguages(turn.world.call).filter(isLanguage);
    const key = accepted.includes(turn.session.language) ? 'ask' : 'not-yours';
    turn.ask(`submission-language.${key}`, operatorParams(turn), { choices: accepted });
  },
  choose(turn, value) {
    const inReview = turn.session.under.length > 0;
    if (inReview) turn.remember('submissionLanguage');
    if (turn.session.translation !== undefined && turn.session.translation.to !== value) takeTranslationBack(turn);
    if (isLanguage(value)) turn.change({ submissionLanguage: value, built: null });
    turn.noteChange();
    if (inReview) backToCheck(turn, 'submissionLanguage');
    else turn.go(nextStep(turn, 'submission-language'));
  },
  command(turn, command) {
    if ((command !== 'next' && command !== 'skip') || turn.session.under.length === 0) return false;
    turn.resume('full');
    return true;
  },
});
