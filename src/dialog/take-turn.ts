// The engine, pure: one event in; a new session, replies and effects out.

import type { Effect } from './engine/effect.ts';
import type { Event } from './engine/event.ts';
import { NeedsError } from './engine/needs.ts';
import type { Reply } from './engine/reply.ts';
import type { Session } from './engine/session.ts';
import { type Engine, type Feature, type Message, type Stage, Turn } from './engine/turn.ts';
import type { Facts, Needed, World } from './engine/world.ts';
import { organiserCommand } from './organiser/cases.ts';
import { handleWithdrawn, notTaken, take, typedCode } from './organiser/codes.ts';
import { anotherPerson } from './organiser/another-person.ts';
import { consentTalk } from './organiser/consent-talk.ts';
import { memberLeft } from './organiser/joint-members.ts';
import { pendingNews, recordAnswer, recordOutcome } from './prompts/after/after.ts';
import { handleElsewhere, tellBlocked } from './prompts/after/elsewhere.ts';
import { typedWithdraw } from './prompts/after/withdraw.ts';
import { takeStaffTranslation, takeTranslation } from './prompts/names/translation.ts';
import { PROMPT } from './prompts/prompts.ts';
import { noteTaken, noteWroteBack } from './prompts/story/notes.ts';
import { quietened } from './quiet.ts';
import { staffReview } from './staff-review/staff.ts';
import { alarm, noAnswer, undeliveredReply } from './stages/answer-alarm.ts';
import { changeLater } from './stages/change-later.ts';
import { settleConditions } from './stages/conditions.ts';
import { handleDeletion, handleEdit } from './stages/edits.ts';
import {
  applyConfirmation,
  applyResolution,
  askPutOff,
  askWhatIsOpen,
  keepNothingOfMinors,
} from './stages/end-of-turn.ts';
import { handleFile, handleUnusable } from './stages/files.ts';
import {
  answer,
  command,
  emptyMessage,
  firstMessage,
  languageName,
  otherLanguage,
  passOn,
  tappedChoice,
  tooLong,
  wish,
} from './stages/message.ts';
import { forgetOwnWord, handlePassphraseReset, offerNewWord, passphrase, tellWordReset } from './stages/passphrase.ts';
import { otherCall } from './stages/other-call.ts';
import { doubtOfSending } from './stages/sending-window.ts';
import { afterLongPause, comingBack, enter, greet, inTheirWords } from './stages/welcome.ts';
import { clean } from './understanding/fold.ts';
import { voice } from './voice/feature.ts';

type Act = (turn: Turn) => void;

/** A stage is entered only if a message has something for it. Most messages concern few features. */
function when(applies: (turn: Turn, message: Message) => boolean, stage: Stage): Stage {
  return (turn, message) => (applies(turn, message) ? stage(turn, message) : 'next');
}

function onlyIf(applies: (turn: Turn) => boolean, act: Act): Act {
  return (turn) => {
    if (applies(turn)) act(turn);
  };
}

/** A message passes these stages in order until one of them returns 'done'. The order is behaviour that people notice. */
const MESSAGE: readonly Stage[] = [
  tooLong,
  when(({ session }) => session.version === 0, firstMessage),
  comingBack,
  when(({ facts }) => facts.unheard === true, undeliveredReply),
  when(hasNews, pendingNews),
  when(({ session }) => session.fromStaff !== undefined || session.toOrganiser !== undefined, staffReview.words),
  when((_turn, { text, choice }) => text === '' && choice === null, emptyMessage),
  when(({ facts }) => facts.code !== undefined, typedCode),
  when(({ world, session }) => world.calls !== undefined || session.drafts === true, otherCall),
  when(({ session }) => session.at.prompt === 'hello', otherLanguage),
  when(({ session }, { gatheringWord }) => gatheringWord !== null || session.gathers === 'case', organiserCommand),
  when(({ session }) => session.asked !== undefined, staffReview.answer),
  when((_turn, { choice }) => choice !== null, tappedChoice),
  command,
  alarm,
  when(
    ({ session: { at, contribution, gathers } }, { typed }) =>
      typed === 'withdraw' || gathers !== undefined || (contribution !== null && PROMPT[at.prompt].slot === undefined),
    besideTheText,
  ),
  when(({ session }) => session.mails.length > 0 || (session.gathers ?? session.drafts) !== undefined, doubtOfSending),
  wish,
  when((_turn, { staffAsk }) => staffAsk, staffReview.question),
  when((_turn, { languageName: spoken }) => spoken !== null, languageName),
  when((_turn, { aside }) => aside === 'no-machine', voice.noTranscription),
  when(mayBeLate, noAnswer),
  when((_turn, { away }) => away === 'gently' || away === 'long', afterLongPause),
  when(({ session }) => session.ownWord !== null, passphrase),
  answer,
];

function hasNews({ session: { news, answered = [], notes = [] } }: Turn): boolean {
  return news.length > 0 || answered.length > 0 || notes.length > 0;
}

/** An organiser may say something of another person anywhere. */
function besideTheText(turn: Turn, message: Message): ReturnType<Stage> {
  if (message.typed === 'withdraw') return typedWithdraw(turn, message);
  const isOfAnother = consentTalk(turn, message) === 'done' || anotherPerson(turn, message) === 'done';
  return isOfAnother ? 'done' : changeLater(turn, message);
}

/** It may have been written to another question than the open one. */
function mayBeLate({ event, facts }: Turn): boolean {
  return (
    facts.unheard === true || facts.early !== undefined || (event.kind === 'message' && event.quotes !== undefined)
  );
}

/** Every event, of any kind, passes between these two lists. */
const BEFORE: readonly Act[] = [
  onlyIf(
    ({ session }) => session.ownWord !== null || session.unlockedAt !== null || session.wrongWords > 0,
    forgetOwnWord,
  ),
  voice.noteHowTheySpeak,
  onlyIf(({ session }) => session.wordReset !== undefined, tellWordReset),
];
const AFTER: readonly Act[] = [
  onlyIf(({ session: { voice: said } }) => said.notes.length > 0 || said.heard !== undefined, voice.present),
  onlyIf(({ facts }) => facts.elsewhere === true, askNothing),
  onlyIf(({ session }) => session.wordReset !== undefined, offerNewWord),
  onlyIf(({ toAsk }) => toAsk !== null, askWhatIsOpen),
  onlyIf(({ session }) => session.flags.includes('under-age'), keepNothingOfMinors),
];

/** An event about a case that is put away asks nothing. */
function askNothing(turn: Turn): void {
  turn.toAsk = null;
}

/** Features that the prompts do not know. */
const FEATURES: Readonly<Record<string, Feature>> = {
  staffReview,
  voice,
};

const ENGINE: Engine = {
  traitsOf: (prompt) => PROMPT[prompt].traits,
  choicesHere: (turn) => PROMPT[turn.session.at.prompt].options?.(turn) ?? [],
  features: Object.values(FEATURES),
};

type Kind = Event['kind'];
type EventOf<K extends Kind> = Extract<Event, { readonly kind: K }>;

type Handlers = { readonly [K in Kind]: (turn: Turn, event: EventOf<K>) => void };
type OfFeatures = 'review' | 'staff-words' | 'voice' | 'voice-written' | 'voice-failed';

const HANDLE: Omit<Handlers, OfFeatures> & Partial<Handlers> = {
  message: handleMessage,
  ...voice.events,
  'file-read': handleFile,
  unusable: handleUnusable,
  edit: handleEdit,
  deletion: handleDeletion,
  opened: greet,
  entered: enter,
  elsewhere: handleElsewhere,
  built: (turn, { document }) => PROMPT[turn.session.at.prompt].built?.(turn, document),
  translated: takeTranslation,
  'translated-by-staff': takeStaffTranslation,
  mail: recordOutcome,
  answered: recordAnswer,
  ...staffReview.events,
  'own-word-reset': handlePassphraseReset,
  taken: take,
  'not-taken': notTaken,
  'case-taken': noteTaken,
  'withdrawn-by-person': handleWithdrawn,
  'member-left': memberLeft,
};

export type Outcome =
  | {
      readonly kind: 'taken';
      readonly session: Session;
      readonly replies: readonly Reply[];
      readonly effects: readonly Effect[];
    }
  /** Load `facts[what]` and take the turn again. */
  | { readonly kind: 'needs'; readonly what: Needed };

/**
 * Takes one turn. Never throws for anything a person can write; answers every message, except as quiet.ts says.
 * Deterministic in its arguments.
 */
export function takeTurn(world: World, facts: Facts, session: Session, event: Event): Outcome {
  const turn = new Turn(world, facts, event, session, ENGINE);
  if (event.kind === 'message') turn.message = messageOf(turn, event);
  try {
    if ((session.staffToldAt ?? session.withStaff) !== undefined) noteWroteBack(turn);
    for (const act of BEFORE) act(turn);
    handle(turn, event.kind, event);
    if (turn.confirmed !== null) applyConfirmation(turn);
    if (turn.passedOn !== null) passOn(turn);
    if (turn.topicsChanged) settleConditions(turn);
    if (turn.session.putOff !== undefined) askPutOff(turn);
    if (facts.blocked !== undefined) tellBlocked(turn, facts.blocked);
    for (const act of AFTER) act(turn);
  } catch (error) {
    if (error instanceof NeedsError) return { kind: 'needs', what: error.what };
    throw error;
  }
  if (event.kind === 'message' || event.kind === 'voice' || event.kind === 'opened') turn.change({ lastAt: event.at });
  turn.change({ boot: facts.boot, unlockedAt: turn.session.unlockedAt === null ? null : event.at });
  let replies: readonly Reply[] = turn.replies;
  for (const { repliesOf } of ENGINE.features) replies = repliesOf?.(turn, replies) ?? replies;
  replies = quietened(turn, session, inTheirWords(turn, replies));
  return { kind: 'taken', session: turn.session, replies, effects: turn.effects };
}

function handle<K extends Kind>(turn: Turn, kind: K, event: EventOf<K>): void {
  const handlers: Partial<Handlers> = HANDLE;
  handlers[kind]?.(turn, event);
}

function messageOf(turn: Turn, { id, text, choice }: EventOf<'message'>): Message {
  return { ...turn.said(id, clean(text)), choice: choice ?? null, away: null, staffAsk: false };
}

function handleMessage(turn: Turn): void {
  const { message } = turn;
  if (message === null) return;
  for (const stage of MESSAGE) if (stage(turn, message) === 'done') break;
  if (turn.settled !== null) applyResolution(turn);
}
