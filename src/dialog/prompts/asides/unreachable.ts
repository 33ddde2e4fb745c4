// Step 12, second half, if staff release: what shall happen if nobody has released the text before the deadline, or if
// staff ask something and get no answer. Nothing is preselected; without an answer nothing is sent.

import { lastMoment } from '../../engine/last-moment.ts';
import { deadlineOf } from '../../../calls/call.ts';
import { termsOf } from '../../../calls/publication.ts';
import { choicePrompt } from '../../engine/prompt.ts';
import type { Params } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import type { IfUnreachable } from '../../engine/event.ts';

// For organisers: the page to print, with the text to read aloud, the questions, and a form for places without a
// network.

/** Says nothing if people cannot reach our pages. */
export function tellOfPrint(turn: Turn): void {
  const { printAt } = turn.facts.channel;
  if (printAt !== undefined) turn.say('printed.tell', { url: `${printAt}/${turn.session.language}` });
}

// After an unclean stop: the last message that was saved, so that people notice what was lost.

/** Characters of the last message that are shown. */
const BEGINNING = 60;

/** Returns true if it was said. */
export function tellInterruption(turn: Turn): boolean {
  const { interrupted } = turn.facts;
  if (interrupted === undefined || !turn.session.kept) return false;
  const { at, text } = interrupted;
  const when = { date: { at, show: 'date' as const }, time: { at, show: 'time' as const } };
  if (text === null || !mayBeShown(turn)) turn.say('welcome-back.interrupted-when', when);
  else turn.say('welcome-back.interrupted', { ...when, words: beginningOf(text) });
  return true;
}

/** The words are shown only if they are in the same chat anyway, and the person has not protected them from others. */
function mayBeShown({ session, facts }: Turn): boolean {
  const { seenBy } = facts.channel;
  const staysInTheChat = seenBy === 'messenger' || seenBy === 'employer';
  return staysInTheChat && session.ownWord === null && session.disappearing !== true && session.gathers === undefined;
}

function beginningOf(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  if (line.length <= BEGINNING) return line;
  const cut = line.slice(0, BEGINNING + 1).replace(/\s?\S*$/u, '');
  return `${cut === '' ? line.slice(0, BEGINNING) : cut} …`;
}

const WORDING = 'unreachable.ask';

const CHOICES: Readonly<Record<string, IfUnreachable>> = {
  'unreachable-withhold': 'withhold',
  'unreachable-confidential': 'confidential',
  'unreachable-not-send': 'not-send',
};

export const ifUnreachable = choicePrompt('if-unreachable', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: ['unreachable-confidential'] },
  strict: true,
  values: choicesOf,
  ask(turn) {
    turn.ask(WORDING, askedWith(turn), {
      choices: choicesOf(turn),
      commands: ['pause', 'back'],
      whole: true,
    });
  },
  choose(turn, value) {
    const choice = CHOICES[value];
    if (choice === undefined) return turn.again('short');
    turn.change({ ifUnreachable: choice, built: null });
    turn.consent('if-unreachable', choice, { key: WORDING, params: askedWith(turn), choices: choicesOf(turn) });
    turn.go(nextStep(turn, 'if-unreachable'));
  },
});

/** Without the confidential version, if the body does not follow such a wish. */
function choicesOf({ world }: Turn): readonly string[] {
  const refused = termsOf(world.call).wish === 'refused';
  return Object.keys(CHOICES).filter((value) => !refused || CHOICES[value] !== 'confidential');
}

function askedWith({ world, event }: Turn): Params {
  return { org: world.operator.name, ...lastMoment(world.call, deadlineOf(world.call)?.instant ?? event.at) };
}
