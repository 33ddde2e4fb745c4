// Edits and deletions of messages that were already processed.

import { leastOf } from '../../calls/publication.ts';
import { type Event, MESSAGE_LIMIT } from '../engine/event.ts';
import { changeHeld, holdTestimony } from '../engine/pending-consent.ts';
import type { Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import { askAloneAgain, mayWriteAlone } from '../organiser/become.ts';
import { dropWaiting, isImportedFrom } from '../organiser/import.ts';
import { goBackAtOnce } from '../organiser/own-texts.ts';
import { factLine, FACTS } from '../prompts/approval/check-lines.ts';
import { takeNameBack } from '../prompts/names/name-record.ts';
import { takesBack } from '../understanding/alarm.ts';
import { clean } from '../understanding/fold.ts';
import { sayAlarm } from './answer-alarm.ts';
import { askAboutAnswers, changeAnswer } from './pass-on.ts';
import { changePutOff, isKept } from './put-off.ts';
import { askAboutSending, whatStands } from './sending-window.ts';

/** An edit changes that part of the answer, and says so; an approved document stays as approved. */
export function handleEdit(turn: Turn, event: Extract<Event, { kind: 'edit' }>): void {
  sayAlarm(turn, event.text);
  if (event.text.length > MESSAGE_LIMIT) {
    turn.say('unusable.too-long');
    return turn.again('short');
  }
  const text = clean(event.text);
  if (text !== '' && (changeDoubt(turn, event.target, text) || changeHeld(turn, event.target, text))) {
    turn.say('edit.done');
    return turn.again('short');
  }
  if (event.restored === true && putBack(turn, event.target, text)) return;
  const part = turn.session.kept ? turn.parts().find(({ id }) => id === event.target) : undefined;
  // The app drew a preview of a link, or sent the same edit again.
  if (part?.text === text) return;
  if (part === undefined || text === '') {
    if (takesBack(turn.world.lexicon, text) && askAboutSending(turn)) return;
    turn.say('edit.not-an-answer');
    return turn.again('short');
  }
  const stands = whatStands(turn);
  if (stands === 'approved') {
    turn.say('edit.approved');
    askAboutSending(turn);
    return;
  }
  turn.replacePart(part, text);
  turn.say(stands === 'left' ? 'amended.edit-left' : 'edit.replaced', undefined, { commands: ['undo'] });
  turn.again('short');
}

/**
 * The author undid the deletion of a message: its words go back into their answer. Returns false if they were in none, or
 * are still in it.
 */
function putBack(turn: Turn, target: string, text: string): boolean {
  if (text === '') return false;
  const { kept, deletedFrom } = turn.session;
  if (!kept) {
    if (!holdTestimony(turn, { id: target, text })) return false;
    turn.again('short');
    return true;
  }
  const { [target]: slot, ...others } = deletedFrom ?? {};
  if (slot === undefined || whatStands(turn) !== 'open') return false;
  turn.change({ deletedFrom: others });
  turn.addPart(slot, target, text);
  turn.say('edit.put-back');
  turn.again('short');
  return true;
}

/** Deleted messages whose answer is remembered; the oldest is forgotten first. */
const MOST_DELETED = 20;

/** A deletion removes the words everywhere: answer, ambiguity, pending messages, transcript. */
export function handleDeletion(turn: Turn, { target }: Extract<Event, { kind: 'deletion' }>): void {
  turn.effects.push({ kind: 'redact', message: target });
  if (turn.noteDeleted(target) || changeDoubt(turn, target, null) || changeHeld(turn, target, null)) {
    turn.say('deletion.done');
    return turn.again('short');
  }
  const gone = turn.session.kept ? turn.parts().filter(({ id }) => id === target || isImportedFrom(target, id)) : [];
  const waited = dropWaiting(turn, target);
  const stands = whatStands(turn);
  const named = takeNameBack(turn, target, stands === 'open');
  turn.forgetMessage((id) => id === target || isImportedFrom(target, id));
  if (gone.length === 0 && !waited && !named) return;
  turn.eraseParts(gone);
  const own = gone.find(({ id }) => id === target);
  if (own !== undefined) {
    const before = Object.entries(turn.session.deletedFrom ?? {}).slice(1 - MOST_DELETED);
    turn.change({ deletedFrom: Object.fromEntries([...before, [target, own.slot]]) });
  }
  turn.say(DELETED[stands]);
  if (stands !== 'approved' || !askAboutSending(turn)) turn.again('short');
}

/** *undo*: restores what was taken out or replaced last, in its old position. One step, until the text is approved. */
export function undo(turn: Turn): void {
  if (goBackAtOnce(turn)) return;
  const { ownWord, unlockedAt, at, toStaff, undo: step } = turn.session;
  if ((step ?? toStaff) !== undefined && ownWord !== null && unlockedAt === null) {
    return at.prompt === 'locked' ? turn.again('short') : turn.aside({ prompt: 'locked' });
  }
  if (!turn.bringBack()) {
    if (askAboutAnswers(turn)) return;
    turn.say('undo.nothing');
    return turn.again('short');
  }
  if (step?.before.alone === true && mayWriteAlone(turn)) return askAloneAgain(turn);
  const asksReaders = restoreChoices(turn, step?.before ?? {});
  const { importing, held, doubt } = step?.before ?? {};
  if (doubt !== undefined && at.prompt !== 'doubt') return turn.aside({ prompt: 'doubt' });
  if (turn.noteUndone(step?.before ?? {})) return;
  if (importing !== undefined && at.prompt !== 'import') return turn.aside({ prompt: 'import' });
  if (held !== undefined && held.parts > 0) return turn.aside({ prompt: 'held', of: 'story' });
  if (asksReaders && at.prompt !== 'publication') return turn.aside({ prompt: 'publication' });
  turn.again('full');
}

/**
 * Says what is again as it was, with the choices, which are also recorded. Only "confidential" is restored without its
 * own question: a text is never public because of *undo*. Returns true if its person has to be asked who may read it.
 */
function restoreChoices(turn: Turn, before: Partial<NonNullable<Session['undo']>['before']>): boolean {
  const { publication } = before;
  const asksReaders = publication !== undefined && publication !== null && publication !== 'confidential';
  if (asksReaders) turn.change({ publication: null });
  const facts = FACTS.filter(
    (one) => before[one] !== undefined && (one !== 'publication' || turn.session[one] !== null),
  );
  if (facts.length === 0) turn.say('undo.done');
  else {
    const lines = { list: facts.map((fact) => factLine(turn, fact)), by: 'line' as const };
    const wording = { key: 'check.again', params: { lines }, quotes: true } as const;
    turn.say(wording.key, wording.params);
    for (const fact of facts) {
      if (fact === 'publication') turn.consent(fact, turn.session.publication ?? leastOf(turn.world.call), wording);
      if (fact === 'harmed' || fact === 'author') {
        turn.consent(`name-${fact}`, turn.session[fact].form, wording, fact);
      }
    }
  }
  return asksReaders;
}

const DELETED = { open: 'deletion.done', approved: 'deletion.approved', left: 'amended.deletion-left' } as const;

/** An ambiguous message was edited or deleted; without any message left, nothing is asked. */
function changeDoubt(turn: Turn, target: string, text: string | null): boolean {
  changePutOff(turn, target, text);
  if (changeAnswer(turn, target, text)) return true;
  const { doubt } = turn.session;
  if (doubt === null || isKept(doubt)) return false;
  const messages = [doubt, ...('more' in doubt ? (doubt.more ?? []) : [])].map(({ id, text: written }) => ({
    id,
    text: written,
  }));
  if (!messages.some(({ id }) => id === target)) return false;
  const left = messages.flatMap((one) => (one.id !== target ? [one] : text === null ? [] : [{ ...one, text }]));
  const [first, ...more] = left;
  if (first === undefined) turn.change({ doubt: null });
  else turn.change({ doubt: 'more' in doubt ? { ...doubt, ...first, more } : { ...doubt, ...first } });
  return true;
}
