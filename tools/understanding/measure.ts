// Plays each labelled message on the engine, at its prompt, and compares the outcome with the label.

import { soundsLikeTalk } from '../../src/dialog/engine/talk-in-text.ts';
import { hear } from '../../src/dialog/understanding/talk/hear.ts';
import { lexicon } from '../../test/support/player.ts';
import { outcomeOf } from './outcome.ts';
import { Stage } from './play.ts';
import { isTelling, type Labelled } from './sets.ts';

export interface Judged {
  readonly message: Labelled;
  readonly told: boolean;
  readonly labels: readonly string[];
  readonly shown: string;
  readonly why: string;
}

/** Each message of a known place. */
export async function judge(messages: readonly Labelled[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  const stage = new Stage();
  for (const message of messages) {
    const played = await stage.play(message.lang, message.at === 'yes-no' ? 'keep-yes' : message.at, message.text);
    if (played === null) continue;
    const outcome = outcomeOf(played.before, played.after, played.replies, played.added);
    const why = hear(lexicon, message.lang, message.text)?.why() ?? '';
    judged.push({ message, ...outcome, why });
  }
  return judged;
}

export interface Share {
  readonly of: number;
  readonly right: number;
}

/**
 * Counts with their totals: talk noticed while telling, talk understood, urgent talk noticed, testimony interrupted; talk that stays in
 * the text and is not listed before the read-back either, and testimony that is listed there.
 */
export function figuresOf(judged: readonly Judged[]) {
  const telling = judged.filter(({ message }) => isTelling(message));
  const talk = telling.filter(({ message }) => !message.expect.includes('testimony'));
  const told = telling.filter(({ message }) => message.expect.length === 1 && message.expect[0] === 'testimony');
  const urgent = talk.filter(({ message }) => message.expect.some((label) => URGENT.includes(label)));
  const share = (all: readonly Judged[], isRight: (one: Judged) => boolean): Share => ({
    of: all.length,
    right: all.filter(isRight).length,
  });
  const isRight = ({ message, labels }: Judged) => message.expect.some((label) => labels.includes(label));
  return {
    noticed: share(talk, (one) => !one.told),
    understood: share(talk, isRight),
    urgent: share(urgent, (one) => !one.told),
    interrupted: share(told, (one) => !one.told),
    unpointed: share(talk, (one) => one.told && !isListed(one)),
    listed: share(told, (one) => one.told && isListed(one)),
  };
}

function isListed({ message: { lang, at, text } }: Judged): boolean {
  return soundsLikeTalk(lexicon, lang, text, at);
}

const URGENT = ['danger', 'despair', 'command:stop', 'command:take-back', 'command:delete'];
