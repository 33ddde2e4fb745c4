// A sent text that only the keys of staff open (docs/decisions/0232): its words are not here any more. What still works is asked
// as before; what would show, change or add to the text is answered here.

import { FLAGS_OF_PERSON } from '../organiser/gathering.ts';
import { newSession, type Session } from '../engine/session.ts';
import type { Turn } from '../engine/turn.ts';
import { PROMPT } from '../prompts/prompts.ts';
import type { Command } from '../understanding/word-lists.ts';

/** Prompts at which everything is said, and nothing asked. */
const AT_REST: readonly string[] = ['after', 'write-back'];

/**
 * The session that stays: the place in the conversation, and the mails with their states. Nothing that anybody wrote is in it. Null
 * if something of the text is still open.
 */
export function putAway(session: Session, at: string): Session | null {
  const { gathers, drafts, joint, teller, mails, voice, replaces, asked, fromStaff = [], toOrganiser = [] } = session;
  const isSimple = (gathers ?? drafts ?? joint ?? teller) === undefined && session.contribution !== null;
  const isOpen = replaces !== null || asked !== undefined || fromStaff.length > 0 || toOrganiser.length > 0;
  const [base = session.at] = session.under;
  if (!isSimple || isOpen || !AT_REST.includes(base.prompt) || mails.length === 0 || voice.notes.length > 0)
    return null;
  const { language, submissionLanguage, call, boot, lastAt } = session;
  const { version, adult, kept, publication, late, reference, case: of } = session;
  const { ownWord, ownWordOffered, wordOnce, wrongWords, wordLockedAt, wordReset } = session;
  const { news, answered, writeBack, paused, personMayWrite, codeTold, codeUntil, disappearing } = session;
  const word = { wordOnce, wordLockedAt, wordReset };
  const told = { answered, personMayWrite, codeTold, codeUntil, disappearing };
  return {
    ...newSession({ language, call, boot, lastAt }),
    ...{ submissionLanguage, version, adult, kept, publication, late, reference, case: of, mails },
    ...{ ownWord, ownWordOffered, wrongWords, news, writeBack, paused },
    ...known(word),
    ...known(told),
    flags: session.flags.filter((flag) => FLAGS_OF_PERSON.includes(flag) && flag !== 'asks-for-person'),
    at: { prompt: 'after' },
    putAway: at,
  };
}

/**
 * The session as it was, when a case is opened again, with what has become of its mails and its person meanwhile. Null if they
 * have gone on since: to another text, or with a wish to take this one back.
 */
export function takenOut(before: Session, now: Session, at: string): Session | null {
  const isHere =
    now.putAway !== undefined && now.case !== null && now.case === before.case && now.contribution === null;
  const isWithdrawn = now.mails.some(({ mail }) => mail === 'withdrawal');
  if (!isHere || isWithdrawn) return null;
  const { language, mails, news, paused, boot, ownWord, ownWordOffered, wrongWords } = now;
  return {
    ...before,
    ...{ language, mails, news, paused, boot, ownWord, ownWordOffered, wrongWords },
    lastAt: at,
    flags: [...new Set([...before.flags, ...now.flags])],
    at: { prompt: 'after' },
    under: [],
    trail: [],
    doubt: null,
  };
}

function known<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** Commands that show or change the text. */
const SHUT: readonly Command[] = ['review', 'hide', 'undo', 'words', 'progress'];

export function isShutCommand({ session }: Turn, command: Command): boolean {
  return session.putAway !== undefined && SHUT.includes(command);
}

/** Doubts about words that would join the text. */
const ABOUT_TEXT: readonly string[] = ['stray', 'number', 'take-out'];

/** The open prompt would show, change or add to the text. Answers in its place, and returns true. */
export function shutsHere(turn: Turn): boolean {
  const { at, doubt } = turn.session;
  const isDoubt = at.prompt === 'doubt' && (doubt === null || ABOUT_TEXT.includes(doubt.kind));
  if (at.prompt === 'locked' || (!turn.here.guarded && PROMPT[at.prompt].slot === undefined && !isDoubt)) return false;
  tellShut(turn);
  return true;
}

/** Says that the text is put away, and what still works. */
export function tellShut(turn: Turn): void {
  turn.change({ at: { prompt: 'after' }, under: [], trail: [], doubt: null });
  turn.say('put-away.shut');
  turn.again('short');
}
