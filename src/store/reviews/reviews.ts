// The acts of reviewers and of the clock, as one port (reviews-port.ts).

import type { Context } from '../db/context.ts';
import { askSecond, giveBack, hold, liftHold, proposeWithholding, release, stepBack } from './review-acts.ts';
import { alarm, decide, heldByDoubt, setClosed, tellDeadlineNear, underReview } from './review-clock.ts';
import { reviewsOf, stateOf } from './review-read.ts';
import { retry, say, setOwnWordBack } from './review-words.ts';
import type { Reviews } from './reviews-port.ts';

export function reviews(context: Context): Reviews {
  return {
    release: (act) => release(context, act),
    hold: (act) => hold(context, act),
    liftHold: (act) => liftHold(context, act),
    giveBack: (act) => giveBack(context, act),
    proposeWithholding: (act) => proposeWithholding(context, act),
    askSecond: (act) => askSecond(context, act),
    retry: (act) => retry(context, act),
    stepBack: (act) => stepBack(context, act),
    say: (words) => say(context, words),
    setOwnWordBack: (act) => setOwnWordBack(context, act),
    reviewsOf: (reference) => reviewsOf(context, reference),
    stateOf: (reference) => stateOf(context, reference),
    underReview: () => underReview(context),
    heldByDoubt: () => heldByDoubt(context),
    tellDeadlineNear: (mail, near) => tellDeadlineNear(context, mail, near),
    alarm: (mail, rings) => alarm(context, mail, rings),
    decide: (mail, at) => decide(context, mail, at),
    setClosed: (mail, closed) => setClosed(context, mail, closed),
  };
}
