// Taking back what has left: every version of a text that left, or may have left, is named.

import { typedIn } from '../commands.ts';
import { choicePrompt, type Prompt } from '../prompt.ts';
import { holdSending, versionsOut } from '../sending.ts';
import type { Session } from '../session.ts';
import type { PromptId } from '../steps.ts';
import type { Turn } from '../turning.ts';
import { beginAfresh, lastMail, takeBack, tellMail } from './after.ts';
import { noteGone } from './notes.ts';

type Mail = Session['mails'][number];

export const withdrawKind: Prompt = choicePrompt({
  strict: true,
  values: () => ['withdraw-all', 'withdraw-public'],
  ask(turn) {
    holdSending(turn);
    turn.ask('withdraw.ask', undefined, { choices: ['withdraw-all', 'withdraw-public'], commands: ['back'] });
  },
  choose(turn, value) {
    turn.change({ at: { prompt: 'withdraw-sure', of: value } });
    turn.again('full');
  },
});

export const withdrawSure: Prompt = {
  ask(turn) {
    const { key, params } = sureWith(turn, turn.session.at.of === 'withdraw-all');
    turn.ask(key, params);
  },
  hear(turn, said) {
    const out = versionsOut(turn);
    const waits = lastMail(turn) !== undefined;
    if (typedIn(turn.world.lexicon, said.text) !== 'withdraw' || !waits) {
      turn.say('withdraw.not-done');
      return turn.session.under.length > 0 ? turn.resume('full') : turn.go({ prompt: 'after' });
    }
    const ask = turn.session.at.of === 'withdraw-public' ? 'not-publish' : 'withdraw';
    const wording = sureWith(turn, ask === 'withdraw');
    const back = takeBack(turn);
    if (out.length === 0) return neverLeft(turn, ask);
    turn.consent('withdraw', ask, wording);
    withdrawVersions(turn, out, ask);
    turn.say(ask === 'withdraw' ? 'withdraw.done' : 'withdraw.done-public', wording.params);
    // Another text has been begun since: it goes on.
    if (isOfAnother(turn, out) && turn.session.under.length > 0) return turn.resume('full');
    if (ask === 'withdraw') turn.go({ prompt: 'gone' });
    else turn.go({ prompt: back === null ? 'after' : 'publication' });
    turn.change({ trail: [] });
  },
};

function isOfAnother({ session }: Turn, out: readonly string[]): boolean {
  const about = session.mails.find(({ reference }) => reference === out.at(-1))?.case;
  return about !== undefined && about !== session.case;
}

/** One mail that names them all; our copy goes when that has left, unless it only asks not to publish. */
export function withdrawVersions(turn: Turn, out: readonly string[], ask: 'withdraw' | 'not-publish'): void {
  const [reference, ...also] = out.toReversed();
  if (reference === undefined) return;
  turn.effects.push({ kind: 'withdraw', reference, ask, ...(also.length === 0 ? {} : { also }) });
  const { mails } = turn.session;
  const about = mails.find((one) => one.reference === reference)?.case;
  const mail: Mail = {
    ...{ reference, mail: 'withdrawal', leavesAt: turn.event.at, outcome: 'waiting', erases: ask === 'withdraw' },
    ...(about === undefined ? {} : { case: about }),
  };
  turn.change({ mails: [...mails, mail] });
}

/** Where the word is asked for already, or means another thing. */
const ASKED_HERE: readonly PromptId[] = ['withdraw-sure', 'erase', 'code-withdraw'];

/** The word itself, wherever it is written, once something has left. */
export function withdrawTyped(turn: Turn, text: string): boolean {
  if (typedIn(turn.world.lexicon, text) !== 'withdraw' || ASKED_HERE.includes(turn.session.at.prompt)) return false;
  if (versionsOut(turn).length === 0) return false;
  turn.aside({ prompt: 'withdraw-kind' });
  return true;
}

function sureWith(turn: Turn, all: boolean) {
  const out = versionsOut(turn);
  const params = { reference: out.length === 0 ? (lastMail(turn)?.reference ?? '') : out.join(', ') };
  return { key: all ? 'withdraw.sure' : 'withdraw.sure-public', params };
}

/** There is nothing to ask the UN for: our copy goes at once, or the text is theirs to make less public. */
function neverLeft(turn: Turn, ask: 'withdraw' | 'not-publish'): void {
  if (ask === 'not-publish') return turn.go({ prompt: 'publication' });
  turn.effects.push({ kind: 'erase', what: 'case' });
  if (turn.session.gathers === undefined) beginAfresh(turn, { at: { prompt: 'gone' } });
  else noteGone(turn);
  turn.say('staff.withdrawn-unsent');
  turn.again('full');
}

/** After a withdrawal nothing is left to ask about but how it went. */
export const gone: Prompt = {
  ask: (turn) => turn.ask('gone.ask'),
  hear(turn) {
    tellMail(turn, lastMail(turn));
    turn.again('full');
  },
};
