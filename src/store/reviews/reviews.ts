// The acts of reviewers and of the clock, together.

import { bindAll, type Context } from '../db/context.ts';
import {
  askSecond,
  giveBack,
  hold,
  liftHold,
  proposeWithholding,
  release,
  stepBack,
  takeReleaseBack,
} from './review-acts.ts';
import { alarm, decide, heldByDoubt, setClosed, tellDeadlineNear, underReview } from './review-clock.ts';
import { reviewsOf, stateOf, takeableReleases } from './review-read.ts';
import { giveTranslation, keepTranslation, keptTranslation, toTranslate } from './review-translations.ts';
import { retry, say, setOwnWordBack } from './review-words.ts';

export function reviews(context: Context) {
  return bindAll(context, {
    release,
    takeReleaseBack,
    takeableReleases,
    hold,
    liftHold,
    giveBack,
    proposeWithholding,
    askSecond,
    retry,
    stepBack,
    say,
    setOwnWordBack,
    toTranslate,
    giveTranslation,
    keepTranslation,
    keptTranslation,
    reviewsOf,
    stateOf,
    underReview,
    heldByDoubt,
    tellDeadlineNear,
    alarm,
    decide,
    setClosed,
  });
}

export type Reviews = ReturnType<typeof reviews>;
