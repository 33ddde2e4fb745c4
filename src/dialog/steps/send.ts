// Step 13: the word SEND, typed, over exactly the document that was built; then a window in which *stop* works.

import { typedIn } from '../commands.ts';
import type { BuiltDocument } from '../event.ts';
import { deadlineOf } from '../call.ts';
import { choicePrompt, type Prompt } from '../prompt.ts';
import type { Turn } from '../turning.ts';
import { isLate } from './opening.ts';
import { isAgreed } from './read-aloud.ts';
import { nothingJoined, sendToOverLimit } from './read-back.ts';

/** Milliseconds that a mail is given to get there before the deadline. */
const MARGIN = 2 * 60_000;

export const send: Prompt = {
  ask(turn) {
    if (!isAgreed(turn)) return turn.go({ prompt: turn.session.joint === undefined ? 'reader-name' : 'read-back' });
    if (turn.session.reference === null) turn.change({ reference: turn.world.newId('reference') });
    const late = isLate(turn);
    turn.change({ built: null, late });
    if (late) turn.flag('late');
    if (late && !turn.world.operator.takesLate) return turn.ask('send.closed', keptWords(turn));
    turn.effects.push({ kind: 'build', final: true, file: true });
  },
  built(turn, document) {
    if (nothingJoined(turn, document)) return;
    if (document.sections.length === 0) {
      turn.say('read-back.empty');
      return turn.go({ prompt: 'story' });
    }
    if (sendToOverLimit(turn, document)) return;
    if (turn.session.publication === 'public-unnamed' && document.standing.length > 0) {
      if (turn.session.joint !== undefined) {
        return turn.ask('joint.standing', { words: document.standing.join(', ') }, { commands: ['cases'] });
      }
      return turn.go({ prompt: 'standing', of: document.standing.join(', ') });
    }
    if (document.recipient === null || document.sha256 === null) return turn.ask('send.no-address', keptWords(turn));
    turn.change({ built: { sha256: document.sha256, words: document.words } });
    turn.say('send.first-line', { line: document.publicationLine }, { file: 'final' });
    askSend(turn, document);
  },
  hear(turn, said) {
    const { built, reference } = turn.session;
    if (typedIn(turn.world.lexicon, said.text) !== 'send') {
      turn.say(built === null ? 'send.not-yet' : 'send.not-sent');
      return turn.again('full');
    }
    if (built === null || reference === null || !isAgreed(turn)) return turn.again('full');
    return approve(turn, reference, built.sha256);
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.say('skip.not-here');
    turn.again('full');
    return true;
  },
};

function keptWords(turn: Turn) {
  return { org: turn.world.operator.name };
}

function askSend(turn: Turn, document: BuiltDocument): void {
  turn.ask(turn.world.operator.trial ? 'send.ask-trial' : 'send.ask', {
    words: document.words,
    recipient: document.recipient ?? '',
    subject: document.subject,
    publication: { key: `publication.label.${turn.session.publication ?? 'confidential'}` },
    minutes: turn.world.operator.windowMinutes,
  });
}

function approve(turn: Turn, reference: string, sha256: string): void {
  const leavesAt = endOfWindow(turn);
  const mail = turn.session.replaces === null ? 'submission' : 'correction';
  turn.consent('approve', sha256, { key: 'send.ask' });
  turn.effects.push({ kind: 'approve', reference, sha256, mail, notBefore: leavesAt });
  turn.change({ mails: [...turn.session.mails, { reference, mail, leavesAt, outcome: 'waiting' }] });
  turn.session = { ...turn.session, trail: [] };
  turn.go({ prompt: 'write-back' });
  // What was approved cannot be gone back into by *back*: *stop* and *correct* are the ways.
  turn.session = { ...turn.session, trail: [] };
}

/** The window is cut short where the deadline falls into it: nobody is made late by it. */
function endOfWindow(turn: Turn): string {
  const now = Date.parse(turn.event.at);
  const end = now + turn.world.operator.windowMinutes * 60_000;
  const deadline = Date.parse(deadlineOf(turn.world.call)?.instant ?? turn.event.at);
  const cut = now < deadline && end > deadline - MARGIN ? Math.max(now, deadline - MARGIN) : end;
  return new Date(cut).toISOString();
}

/** Step 14: may we write when something comes back? Without a yes the bot never writes first. */
export const writeBack: Prompt = choicePrompt({
  strict: true,
  values: () => ['yes', 'no'],
  ask(turn) {
    const mail = turn.session.mails.at(-1);
    const leaves = { at: mail?.leavesAt ?? turn.event.at, show: 'time' as const };
    if (turn.asking !== 'short') {
      turn.say('sent.waiting', { reference: mail?.reference ?? '', time: leaves });
    }
    turn.ask('write-back.ask', undefined, { choices: ['yes', 'no'] });
  },
  choose(turn, value) {
    turn.change({ writeBack: value === 'yes' });
    turn.consent('write-back', value, { key: 'write-back.ask' });
    turn.say(value === 'yes' ? 'write-back.yes' : 'write-back.no');
    turn.go({ prompt: 'after' });
    turn.session = { ...turn.session, trail: [] };
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    turn.go({ prompt: 'after' });
    return true;
  },
});
