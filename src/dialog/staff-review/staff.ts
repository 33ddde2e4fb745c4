// Messages of staff and the person's answers: words, a question about the text, a proposal to withhold a word. Told at
// once if the person asked for staff or allowed us to write; else with their next message.

import type { Event, ReviewNews, StaffQuestion } from '../engine/event.ts';
import { choicePrompt } from '../engine/prompt.ts';
import type { Session } from '../engine/session.ts';
import type { Stage, Turn } from '../engine/turn.ts';
import { sayDeadline } from '../stages/sending-window.ts';
import { sayWithheld, withhold } from '../prompts/names/withheld.ts';
import { noteNews, noteTold, noteWords, sayWhose, tellWords } from '../prompts/story/notes.ts';

type Mail = Session['mails'][number];
type FromStaff = NonNullable<Session['fromStaff']>[number];

function handleStaffWords(turn: Turn, { text, case: about }: Extract<Event, { kind: 'staff-words' }>): void {
  if (turn.session.gathers === 'home') {
    // About a text that was erased or handed over at the same moment: nobody is left here to tell.
    if (about === undefined) noteWords(turn, text);
    return;
  }
  keep(turn, { kind: 'words', text });
  tellOrNote(turn);
}

function handleReview(turn: Turn, { reference, sha256, news }: Extract<Event, { kind: 'review' }>): void {
  const mail = turn.session.mails.find((one) => one.reference === reference && one.sha256 === sha256);
  // The person took it back at the same moment: there is nothing to ask about.
  if (mail === undefined) return;
  takeIn(turn, mail, news);
  if (turn.session.fromStaff !== undefined) tellOrNote(turn);
}

function takeIn(turn: Turn, mail: Mail, news: ReviewNews): void {
  const { reference } = mail;
  switch (news.kind) {
    case 'released':
      return setReview(turn, mail, 'released', news.leavesAt);
    case 'release-taken-back':
      return setReview(turn, mail, 'waiting');
    case 'held':
      return keep(turn, { kind: 'held', words: news.words });
    case 'given-back':
      setReview(turn, mail, 'given-back');
      return openQuestion(turn, mail, { kind: 'question', question: news.question });
    case 'withholding-proposed':
      setReview(turn, mail, 'given-back');
      return openQuestion(turn, mail, { kind: 'proposal', words: news.words });
    case 'deadline':
      if (news.decision === 'confidential') setReview(turn, mail, 'released');
      if (news.decision === 'not-sent') forget(turn, mail);
      if (news.decision !== 'withheld') closeQuestion(turn, reference);
      return keep(turn, { kind: 'deadline', reference, decision: news.decision });
    case 'deadline-near':
      if (mail.doubted === true) keep(turn, { kind: 'deadline-near', reference, deadline: news.deadline });
      return;
    default:
      return news satisfies never;
  }
}

/** Only the text of the open case can still be changed; a question about an earlier one is told as words. */
function openQuestion(
  turn: Turn,
  { reference, sha256 }: Mail,
  asked: { kind: 'question'; question: StaffQuestion } | { kind: 'proposal'; words: string },
): void {
  if (reference !== turn.session.reference || sha256 === undefined) {
    const question = asked.kind === 'question' ? asked.question : { kind: 'own' as const, text: asked.words };
    return keep(turn, { kind: 'about-earlier', reference, question });
  }
  turn.change({ asked: { reference, sha256, ...asked } });
  keep(turn, { kind: 'asked' });
}

function keep(turn: Turn, item: FromStaff): void {
  turn.change({ fromStaff: [...(turn.session.fromStaff ?? []), item] });
}

/** With several texts it waits until its own is open; a person who asked for it is told at once that it waits. */
function tellOrNote(turn: Turn): void {
  const { session, facts } = turn;
  const asked = session.writeBack || session.personMayWrite === true;
  if (asked && facts.elsewhere !== true) tellFromStaff(turn);
  else if (session.gathers !== undefined || (session.drafts && facts.elsewhere)) noteNews(turn, asked);
}

const wordsFromStaff: Stage = (turn, message) => {
  message.staffAsk = tellFromStaff(turn);
  return 'next';
};

/** The message was for the prompt before; it is kept in the transcript, and the question of staff is asked first. */
const questionFromStaff: Stage = (turn) => {
  turn.again('full');
  return 'done';
};

/** Staff wrote the words. */
const WRITTEN: readonly FromStaff['kind'][] = ['words', 'held', 'about-earlier'];

/** Tells what is waiting. Returns true if a question of staff is now open instead of the former prompt. */
function tellFromStaff(turn: Turn): boolean {
  tellWords(turn);
  const { fromStaff: waiting = [], ...rest } = turn.session;
  if (waiting.length === 0) return false;
  turn.session = rest;
  sayWhose(turn);
  const org = turn.world.operator.name;
  let opens = false;
  for (const item of waiting) {
    switch (item.kind) {
      case 'words':
        turn.say('staff.words', { org, text: item.text }, { from: 'staff' });
        break;
      case 'held':
        turn.say('staff.held', { org, text: item.words }, { from: 'staff' });
        break;
      case 'about-earlier':
        turn.say('staff.about-earlier', { org, reference: item.reference, question: wordsOf(item.question) });
        break;
      case 'deadline':
        if (item.decision === 'withheld' && isDoubted(turn, item.reference)) {
          turn.say('hold.deadline-over', { reference: item.reference });
        } else turn.say(`staff.deadline-${item.decision}`, { org, reference: item.reference });
        break;
      case 'deadline-near':
        if (isDoubted(turn, item.reference)) sayDeadline(turn, item.reference, item.deadline);
        break;
      case 'asked':
        opens = turn.session.asked !== undefined;
        break;
      default:
        item satisfies never;
    }
  }
  if (waiting.some(({ kind }) => WRITTEN.includes(kind))) noteTold(turn);
  const open = turn.session.asked;
  if (!opens || open === undefined) return false;
  turn.change({ at: { prompt: promptOf(open) }, under: [], trail: [] });
  turn.again('full');
  return true;
}

function isDoubted({ session }: Turn, reference: string): boolean {
  return session.mails.some((mail) => mail.reference === reference && mail.doubted === true);
}

function promptOf({ kind }: NonNullable<Session['asked']>) {
  return kind === 'question' ? ('staff-question' as const) : ('staff-proposal' as const);
}

function wordsOf(question: StaffQuestion) {
  return question.kind === 'own' ? question.text : { key: `staff.questions.${question.id}` };
}

/** The person writes again after a question: nothing leaves without a new SEND. */
const answerToStaff: Stage = (turn) => {
  const { asked } = turn.session;
  if (asked?.kind !== 'question' || !atQuestion(turn)) return 'next';
  const mail = turn.session.mails.find((one) => one.reference === asked.reference && one.review === 'given-back');
  if (mail === undefined || turn.facts.mailLeft) return 'next';
  turn.effects.push({ kind: 'cancel', reference: mail.reference });
  forget(turn, mail);
  return 'next';
};

function atQuestion({ session }: Turn): boolean {
  return [session.at, ...session.under].some(({ prompt }) => prompt === 'staff-question');
}

/** Nothing leaves; the person answers, changes, and sends again with SEND, or does not. */
const staffQuestion = choicePrompt('staff-question', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: ['question-send'], takesWords: true },
  values: () => ['question-change', 'question-send'],
  ask(turn) {
    const { asked } = turn.session;
    if (asked?.kind !== 'question') return turn.go({ prompt: 'after' });
    const { name: org } = turn.world.operator;
    if (turn.asking !== 'short') {
      const params = { org, reference: asked.reference, question: wordsOf(asked.question) };
      turn.say('staff.asked', params, { from: 'staff' });
    }
    // Until the person has answered, their choice for the deadline applies; they made none if no deadline was ahead.
    const open =
      turn.session.ifUnreachable !== undefined &&
      turn.session.mails.some((mail) => mail.reference === asked.reference && mail.review === 'given-back');
    turn.ask(open ? 'staff.question-open' : 'staff.question', undefined, {
      choices: ['question-change', 'question-send'],
      whole: true,
    });
  },
  choose(turn, value) {
    if (value === 'question-change') return turn.aside({ prompt: 'review' });
    return turn.go({ prompt: 'send' });
  },
  otherwise(turn, said) {
    if (said.typed === 'send') turn.go({ prompt: 'send' });
    else {
      turn.flag('answered');
      turn.say('staff.answer-noted', { org: turn.world.operator.name });
      turn.again('short');
    }
    return true;
  },
});

const staffProposal = choicePrompt('staff-proposal', {
  traits: { kind: 'step', guarded: true, consent: 'keep', phrase: ['proposal-keep'] },
  strict: true,
  values: () => ['proposal-withhold', 'proposal-keep'],
  ask(turn) {
    const { asked } = turn.session;
    if (asked?.kind !== 'proposal') return turn.go({ prompt: 'after' });
    turn.ask(
      'staff.proposal',
      { org: turn.world.operator.name, reference: asked.reference, words: asked.words },
      { choices: ['proposal-withhold', 'proposal-keep'], whole: true },
    );
  },
  choose(turn, value) {
    const { asked, mails } = turn.session;
    const mail = mails.find((one) => one.reference === asked?.reference && one.review === 'given-back');
    if (asked?.kind !== 'proposal' || mail === undefined || turn.facts.mailLeft) return turn.go({ prompt: 'after' });
    const { reference, sha256, words } = asked;
    const accepted = value === 'proposal-withhold';
    turn.effects.push({ kind: 'answer-proposal', reference, sha256, accepted });
    closeQuestion(turn, reference);
    if (!accepted) {
      setReview(turn, mail, 'waiting');
      turn.say('staff.proposal-kept', { org: turn.world.operator.name });
      return turn.go({ prompt: 'after' });
    }
    turn.effects.push({ kind: 'cancel', reference });
    forget(turn, mail);
    if (turn.session.joint !== undefined) {
      turn.change({ at: { prompt: 'read-back' }, under: [], trail: [], built: null });
      return turn.aside({ prompt: 'joint-review', of: words });
    }
    withhold(turn, [words]);
    sayWithheld(turn, [words]);
    turn.go({ prompt: 'send' });
  },
});

function setReview(turn: Turn, mail: Mail, review: NonNullable<Mail['review']>, leavesAt = mail.leavesAt): void {
  const later = leavesAt > mail.leavesAt ? leavesAt : mail.leavesAt;
  const mails = turn.session.mails.map((one) => (one === mail ? { ...one, review, leavesAt: later } : one));
  turn.change({ mails });
}

function forget(turn: Turn, mail: Mail): void {
  turn.change({
    mails: turn.session.mails.filter((one) => one.reference !== mail.reference || one.sha256 !== mail.sha256),
  });
}

/** Answered, sent again, taken back or decided: it is not asked any more. */
function closeQuestion(turn: Turn, reference: string): void {
  const { asked, ...rest } = turn.session;
  if (asked?.reference !== reference) return;
  turn.session = rest;
  if (rest.at.prompt === promptOf(asked)) turn.change({ at: { prompt: 'after' }, under: [], trail: [] });
}

export const staffPrompts = { 'staff-question': staffQuestion, 'staff-proposal': staffProposal };

/** For the lists in take-turn.ts. */
export const staffReview = {
  events: { review: handleReview, 'staff-words': handleStaffWords },
  words: wordsFromStaff,
  answer: answerToStaff,
  question: questionFromStaff,
  tell: tellFromStaff,
  onMailReplaced: closeQuestion,
};
