// Steps 14 and 15: the status of the mail, and what can still be done: correct, withdraw, delete, get a copy, begin
// another text.

import { minutesUntil } from '../../engine/last-moment.ts';
import type { Event, MailOutcome } from '../../engine/event.ts';
import { choicePrompt, definePrompt } from '../../engine/prompt.ts';
import type { Params } from '../../engine/reply.ts';
import type { Session } from '../../engine/session.ts';
import { FLAGS_OF_PERSON } from '../../organiser/gathering.ts';
import { otherTexts, sayAlsoSending, sayWhichText } from '../../organiser/own-texts.ts';
import { askAboutSending, sendingElsewhere, sendingOf } from '../../stages/sending-window.ts';
import { sentTexts, versionsOut } from '../../stages/sent-texts.ts';
import type { Stage, Turn } from '../../engine/turn.ts';
import { tellOfAnswer } from '../opening/wants.ts';
import { noteGone, noteNews, sayWhose, tellNotes } from '../story/notes.ts';
import { NO_VOICE } from '../../engine/recordings.ts';

type Mail = Session['mails'][number];

export const after = choicePrompt('after', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [], endsFirst: true, noText: true, atRest: true },
  values: afterChoices,
  ask(turn) {
    if (turn.asking !== 'short') {
      const { closedDays, name } = turn.world.operator;
      const know = turn.session.putAway === undefined ? 'after.know' : 'put-away.know';
      turn.say(know, { closed: closedDays, org: name, reference: lastMail(turn)?.reference ?? '' });
    }
    turn.ask('after.ask', undefined, { choices: afterChoices(turn) });
  },
  choose(turn, value) {
    switch (value) {
      case 'correct':
        return correct(turn);
      case 'withdraw':
        // A text that has not left is not withdrawn by mail: its sending is held and asked about.
        if (sentTexts(turn).every(({ out }) => out.length === 0) && askAboutSending(turn)) return;
        return turn.aside({ prompt: 'withdraw-kind' });
      case 'copy':
        return turn.aside({ prompt: 'copy' });
      case 'delete':
        return turn.aside({ prompt: otherTexts(turn).length > 0 ? 'erase-which' : 'erase' });
      case 'another':
        return turn.session.gathers === undefined ? beginAnother(turn) : turn.leaveFor({ kind: 'new' });
      default:
        return tellAgain(turn);
    }
  },
  otherwise(turn) {
    tellAgain(turn);
    return true;
  },
});

/** Of a text that is put away nobody here can make a copy. */
function afterChoices({ session, world }: Turn): readonly string[] {
  const all = world.intake.choices.after;
  return session.putAway === undefined ? all : all.filter((value) => value !== 'copy');
}

/** A file with everything stored about the person; asks for the passphrase first, if there is one. */
export const copy = definePrompt('copy', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', endsFirst: true },
  ask(turn) {
    turn.effects.push({ kind: 'copy' });
    sayWhichText(turn);
    turn.say('copy.file', undefined, { file: 'copy' });
    turn.resume('short');
  },
  answer: (turn) => turn.resume('short'),
});

/** Repeats the status of the mail, unless this turn has just told it. */
function tellAgain(turn: Turn): void {
  if (!turn.replies.some(({ text }) => text.startsWith('delivery.'))) tellMail(turn, lastMail(turn));
  turn.again('short');
}

export function lastMail(turn: Turn): Mail | undefined {
  return turn.session.mails.at(-1);
}

/** The status of a mail and the server that reported it: never more than is known. */
export function tellMail(turn: Turn, mail: Mail | undefined): void {
  if (mail === undefined) return turn.say('delivery.none');
  const here = mail.outcome === 'waiting' && !turn.facts.mailLeft;
  const waits = here && turn.event.at < mail.leavesAt;
  const about = mail.call === undefined ? {} : { call: mail.call };
  const params: Params = {
    reference: mail.reference,
    server: {
      key: mail.server === undefined ? 'delivery.our-server' : 'delivery.their-server',
      params: { host: mail.server ?? '' },
    },
    minutes: minutesUntil(mail.leavesAt, turn.event.at),
    date: { at: mail.at ?? mail.leavesAt, show: 'date' },
  };
  if (here && (mail.review === 'waiting' || mail.review === 'given-back')) {
    return turn.say(`staff.state-${mail.review}`, { reference: mail.reference, org: turn.world.operator.name });
  }
  if (here && mail.doubted === true) return turn.say('hold.state', { reference: mail.reference });
  const what = waits ? 'window' : mail.reopened === true ? 'reopened' : mail.outcome;
  turn.say(`delivery.${mail.mail === 'withdrawal' ? 'withdrawal-' : ''}${what}`, params, about);
  const { seenBy } = turn.facts.channel;
  if (what === 'accepted' && (seenBy === 'messenger' || seenBy === 'employer')) turn.say('delivery.chat-stays');
  if (what === 'accepted' && mail.mail !== 'withdrawal') tellOfAnswer(turn);
}

/** Outcomes after which nothing leaves unless the person does something. */
const CALLS_FOR_THEM: readonly MailOutcome['kind'][] = ['refused', 'bounced', 'held'];

/** Records how a mail ended; told now only if the person allowed it or is writing anyway. */
export function recordOutcome(turn: Turn, { reference, mail, outcome }: Extract<Event, { kind: 'mail' }>): void {
  const before = turn.session.mails.findLast((one) => one.reference === reference && one.mail === mail);
  // The mail belongs to a case that was erased meanwhile.
  if (before === undefined && (turn.session.gathers ?? turn.session.drafts) !== undefined) return;
  // A repeated delay is told once.
  if (before?.outcome === outcome.kind && (outcome.kind === 'deferred' || outcome.kind === 'uncertain')) return;
  const mails = turn.session.mails.map((one): Mail => {
    if (one.reference !== reference || one.mail !== mail) return one;
    const { server: _, at: __, ...rest } = one;
    return {
      ...rest,
      outcome: outcome.kind,
      ...('at' in outcome ? { at: outcome.at } : { at: turn.event.at }),
      ...('server' in outcome && outcome.server !== '' ? { server: outcome.server } : {}),
    };
  });
  turn.change({ mails, news: [...turn.session.news.filter((one) => one !== reference), reference] });
  if (outcome.kind === 'held' && mail !== 'withdrawal' && !turn.facts.mailLeft) reopen(turn, reference);
  const reopened = outcome.kind === 'refused' || outcome.kind === 'bounced';
  if (reopened && mail !== 'withdrawal') turn.change({ at: { prompt: 'after' }, under: [], trail: [] });
  if (turn.session.writeBack) tellNews(turn);
  else if (turn.session.gathers !== undefined && CALLS_FOR_THEM.includes(outcome.kind)) noteNews(turn);
  else if (turn.session.drafts === true && turn.facts.elsewhere === true) noteNews(turn);
  const over = outcome.kind === 'accepted' || outcome.kind === 'written';
  const erases = over
    ? mails.find((one) => one.reference === reference && one.mail === mail && one.erases === true)
    : undefined;
  if (erases === undefined) return;
  // Another text has been begun since: it stays.
  if (erases.case !== undefined && erases.case !== turn.session.case) {
    turn.effects.push({ kind: 'erase', what: 'case', case: erases.case });
    return;
  }
  turn.effects.push({ kind: 'erase', what: 'case' });
  if ((turn.session.gathers ?? turn.session.drafts) === undefined) beginAfresh(turn, { at: { prompt: 'gone' } });
  else noteGone(turn);
}

/** Its address or content changed after the approval, and it never left: it is taken back and asked about again. */
function reopen(turn: Turn, reference: string): void {
  turn.effects.push({ kind: 'cancel', reference });
  const mails = turn.session.mails.map((one) => (one.reference === reference ? { ...one, reopened: true } : one));
  turn.change({ mails, built: null, at: { prompt: 'read-back' }, under: [], trail: [] });
}

export const pendingNews: Stage = (turn) => {
  tellNews(turn);
  return 'next';
};

/** Outcomes that arrived while the bot could not write to the person. */
export function tellNews(turn: Turn): void {
  tellNotes(turn);
  if (turn.session.news.length > 0 || (turn.session.answered ?? []).length > 0) sayWhose(turn);
  for (const reference of turn.session.news) {
    tellMail(turn, turn.session.mails.filter((mail) => mail.reference === reference).at(-1));
  }
  if (turn.session.news.length > 0) turn.change({ news: [] });
  for (const reference of turn.session.answered ?? []) {
    const call = turn.session.mails.find((mail) => mail.reference === reference)?.call;
    const about = call === undefined ? {} : { call };
    turn.say('answered.came', { reference, org: turn.world.operator.name }, about);
  }
  if (turn.session.answered !== undefined) turn.change({ answered: [] });
}

/** A reply to this mail arrived. Staff find out what it says, and whether a person wrote it. */
export function recordAnswer(turn: Turn, { reference }: Extract<Event, { kind: 'answered' }>): void {
  const answered = (turn.session.answered ?? []).filter((one) => one !== reference);
  turn.change({ answered: [...answered, reference] });
  if (turn.session.writeBack) tellNews(turn);
  else if (turn.session.gathers !== undefined || (turn.session.drafts && turn.facts.elsewhere)) noteNews(turn);
}

/**
 * Opens the same text for a correction, to be sent as a replacement of the first; a text that never left is taken back
 * instead.
 */
function correct(turn: Turn): void {
  if (turn.session.putAway !== undefined) {
    const { name: org } = turn.world.operator;
    turn.say('put-away.correct', { org, reference: lastMail(turn)?.reference ?? '' });
    return turn.aside({ prompt: 'person' });
  }
  openAgain(turn);
  turn.aside({ prompt: 'review' });
}

/** Takes back what has not left (`waiting`), else begins a correction; the text is read back again. */
export function openAgain(turn: Turn, waiting: Mail | null = sendingOf(turn) ?? null): void {
  if (waiting !== null && takeBack(turn, waiting) !== null) {
    turn.change({ at: { prompt: 'read-back' }, under: [], trail: [] });
    return turn.again('full');
  }
  const reference = lastMail(turn)?.reference ?? null;
  const { ifUnreachable: _, ...others } = turn.session;
  // The readers of a joint document are not chosen here: they are what each person agreed to in their own text.
  const publication = others.joint === undefined ? null : others.publication;
  turn.session = { ...others, replaces: reference, reference: null, publication, built: null };
  turn.say('correct.begin', { reference: reference ?? '' });
  turn.session = { ...turn.session, at: { prompt: 'read-back' }, under: [], trail: [] };
  turn.again('full');
}

/**
 * Takes back a mail that has not begun to leave; default: the one spoken of. Returns null if there is none, or it is
 * too late.
 */
export function takeBack(turn: Turn, mail: Mail | undefined = sendingOf(turn)): Mail | null {
  if (mail === undefined) return null;
  if (mail.review === undefined && mail.doubted !== true && turn.event.at >= mail.leavesAt) return null;
  turn.effects.push({ kind: 'cancel', reference: mail.reference });
  turn.noteMailReplaced(mail.reference);
  turn.change({ mails: turn.session.mails.filter((one) => one !== mail), built: null });
  if (!turn.session.mails.some(({ doubted }) => doubted === true)) turn.unflag('doubts');
  turn.say('stop.cancelled', { reference: mail.reference });
  return mail;
}

/** *stop*: takes an earlier text back while the next one is being written. Returns false if there is none. */
export function stopSending(turn: Turn): boolean {
  const back = takeBack(turn);
  if (back === null) return false;
  const text = sentTexts(turn).find((one) => one.case !== undefined && one.case === back.case);
  const out = back.mail === 'correction' ? (text?.out ?? versionsOut(turn)) : [];
  if (out.length > 0) turn.say('stop.earlier-out', { reference: out.join(', ') });
  if (back.reference !== turn.session.reference) turn.resume('short');
  else {
    // The text itself is shown only to somebody who wants to see it.
    turn.change({ at: { prompt: turn.session.joint === undefined ? 'stopped' : 'read-back' }, under: [], trail: [] });
    turn.again('full');
  }
  // Words that came after the approval are still asked about.
  if (turn.session.doubt?.kind === 'stray') turn.aside({ prompt: 'doubt' });
  sayAlsoSending(turn, sendingElsewhere(turn));
  return true;
}

/** Another submission is another case, with its own consent. `change`: if it is for another call. */
export function beginAnother(turn: Turn, change: Partial<Session> = {}): void {
  const { language, ownWord, ownWordOffered, unlockedAt, mails, news, writeBack, flags, late } = turn.session;
  turn.effects.push({ kind: 'close-case' });
  beginAfresh(turn, {
    language,
    ownWord,
    ownWordOffered,
    unlockedAt,
    mails,
    news,
    writeBack,
    flags: flags.filter((flag) => FLAGS_OF_PERSON.includes(flag)),
    late,
    ...change,
  });
  turn.say('another.begin');
  turn.again('full');
}

/** Keeps the fields about the person, and resets those of the case. */
export function beginAfresh(turn: Turn, change: Partial<Session>): void {
  const { ifUnreachable: _, asked: __, withdrawalCode: ___, namedIn: ____, ...more } = turn.session;
  const { undo: _____, cut: ______, thanked: _______, conditions: ________, keptBack: _________, ...left } = more;
  const { withheldAs: __________, ownRole: ___________, putAway: ____________, ...rest } = left;
  turn.session = { ...rest, ...blank, ...change };
}

const blank: Partial<Session> = {
  country: null,
  at: { prompt: 'keep' },
  trail: [],
  under: [],
  case: null,
  contribution: null,
  reference: null,
  replaces: null,
  kept: false,
  adult: false,
  role: null,
  counts: {},
  withheld: [],
  harmed: { form: 'none' },
  author: { form: 'none' },
  publication: null,
  built: null,
  voice: NO_VOICE,
};
