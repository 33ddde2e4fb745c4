// Step 13: SEND, typed, for exactly the document that was built; then a window in which *stop* works.

import { plainAnswerHere } from '../../engine/recognize-answer.ts';
import { minutesUntil } from '../../engine/last-moment.ts';
import { deadlineOf } from '../../../calls/call.ts';
import type { BuiltDocument } from '../../engine/event.ts';
import { askAboutStray, choicePrompt, definePrompt, mayBeStray } from '../../engine/prompt.ts';
import { readersInWords } from '../../engine/kept-back.ts';
import type { Params } from '../../engine/reply.ts';
import { choiceInWords, choiceMatters, reviewersNeeded } from '../../engine/route.ts';
import type { Session } from '../../engine/session.ts';
import type { Turn } from '../../engine/turn.ts';
import { declinesNotices } from '../../stages/notices.ts';
import { followStrictest, membersInIt, sentTogether } from '../../organiser/joint-members.ts';
import { giveWayBack } from '../../stages/way-back.ts';
import { linksName } from '../../understanding/links.ts';
import { hearOnce } from '../../understanding/talk/hear.ts';
import { isAgreed } from '../../organiser/read-aloud.ts';
import { thankForText } from '../after/ending.ts';
import { askAboutPlaces } from '../names/name-places.ts';
import { isLate } from '../opening/opening.ts';
import { sayItIsPublished } from './no-refusal.ts';
import { nothingJoined, sayUnmade, sendToOverLimit, tooFewLeft } from './read-back.ts';

/** In milliseconds: time that a mail needs to arrive before the deadline. */
const MARGIN = 2 * 60_000;

export const send = definePrompt('send', {
  traits: { kind: 'step', guarded: true, consent: 'publication', needsRecordings: true },
  typed: () => ['send'],
  ask(turn) {
    if (tooFewLeft(turn)) return;
    // A text that changed since it was agreed to is read back first.
    const agreed = isAgreed(turn);
    if (agreed && sentTogether(turn) !== null) {
      return turn.ask('jointly.sent-there', undefined, { commands: ['cases'] });
    }
    if (askAboutPlaces(turn)) return;
    if (!agreed) return turn.go({ prompt: turn.session.joint === undefined ? 'reader-name' : 'read-back' });
    if (turn.session.reference === null) turn.change({ reference: turn.world.newId('reference') });
    const late = isLate(turn);
    turn.change({ built: null, late });
    flagLinks(turn);
    if (late) turn.flag('late');
    if (late && !turn.world.operator.takesLate) return turn.ask('send.closed', keptWords(turn));
    if (choiceMatters(turn) && turn.session.joint !== undefined) followStrictest(turn);
    if (choiceMatters(turn) && turn.session.ifUnreachable === undefined) return turn.go({ prompt: 'if-unreachable' });
    turn.effects.push({ kind: 'build', final: true, file: true, ...(needsFallback(turn) && { fallback: true }) });
  },
  built(turn, document) {
    if (nothingJoined(turn, document)) return;
    if (document.sections.length === 0) {
      turn.say('read-back.empty');
      return turn.go({ prompt: 'story' });
    }
    // The confidentiality notes count as words: both versions must fit.
    const words = Math.max(document.words, document.fallback?.words ?? 0);
    const pages = Math.max(document.pages ?? 0, document.fallback?.pages ?? 0);
    if (sendToOverLimit(turn, { ...document, words, ...(pages > 0 && { pages }) })) return;
    if (turn.session.publication === 'public-unnamed' && document.standing.length > 0) {
      if (turn.session.joint !== undefined) {
        return turn.ask('joint.standing', { words: document.standing.join(', ') }, { commands: ['cases'] });
      }
      return turn.go({ prompt: 'standing', of: document.standing.join(', ') });
    }
    if (sayUnmade(turn, 'send', document)) return;
    if (document.recipient === null || document.sha256 === null) return turn.ask('send.no-address', keptWords(turn));
    const { sha256, fallback } = document;
    const asked = {
      recipient: document.recipient,
      subject: document.subject,
      minutes: minutesOfWindow(turn),
    };
    turn.change({ built: { sha256, words: document.words, asked, ...(fallback && { fallback: fallback.sha256 }) } });
    sayItIsPublished(turn, 'again');
    turn.say('send.first-line', { line: document.publicationLine }, { file: 'final' });
    sayWhoReleases(turn, document);
    turn.ask(wordingOf(turn), askedWith(turn));
  },
  answer(turn, said) {
    const { built, reference } = turn.session;
    // It left, or is leaving: "nothing was sent" would be wrong.
    if (sentTogether(turn) !== null) return turn.again('full');
    if (said.typed !== 'send') {
      if (built !== null) turn.say('send.not-sent');
      if (
        mayBeStray(turn, said) &&
        plainAnswerHere(turn, said.text) !== 'yes' &&
        hearOnce(turn, said.text)?.heard.kind !== 'command'
      ) {
        return askAboutStray(turn, said);
      }
      return turn.again('full');
    }
    // Recordings since then may belong to the text.
    if (turn.settleFirst('approval')) return;
    if (built === null || reference === null || !isAgreed(turn)) return turn.again('full');
    return approve(turn, reference, built);
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.say('skip.not-here');
    turn.again('full');
    return true;
  },
});

/** Checked before every SEND, for reviewers: whether a link names somebody whom the text withholds. */
function flagLinks(turn: Turn): void {
  const { withheld, harmed, author } = turn.session;
  const hidden = [...withheld, ...[harmed, author].flatMap(({ form, name }) => (form === 'full' ? [] : [name ?? '']))];
  const texts = turn.parts().map(({ text }) => text);
  if (linksName(texts, hidden)) turn.flag('link-names');
  else turn.unflag('link-names');
}

function keptWords(turn: Turn) {
  return { org: turn.world.operator.name };
}

/** Said before SEND: a reviewer reads it, and what happens if none does in time. */
function sayWhoReleases(turn: Turn, { fallback, publicationLine }: BuiltDocument): void {
  const needed = reviewersNeeded(turn);
  if (needed === 0) return;
  turn.say(needed === 1 ? 'unreachable.one-reads' : 'unreachable.two-read', {
    org: turn.world.operator.name,
    choice: choiceInWords(turn, fallback?.publicationLine ?? publicationLine),
  });
}

/** Key of the SEND question: its words are hashed into the consent. */
function wordingOf(turn: Turn): string {
  const trial = turn.world.operator.trial ? '-trial' : '';
  const atOnce = turn.session.built?.asked?.minutes === 0;
  if (reviewersNeeded(turn) === 0) return `send.${atOnce ? 'at-once' : 'ask'}${trial}`;
  return `unreachable.send${atOnce ? '-at-once' : ''}${trial}`;
}

function needsFallback(turn: Turn): boolean {
  const { ifUnreachable, publication } = turn.session;
  return choiceMatters(turn) && ifUnreachable === 'confidential' && publication !== 'confidential';
}

function askedWith({ session, world }: Turn): Params {
  const { built } = session;
  return {
    words: built?.words ?? 0,
    publication: readersInWords({ session, world }),
    ...(built?.asked ?? { recipient: '', subject: '', minutes: 0 }),
  };
}

function approve(turn: Turn, reference: string, built: NonNullable<Session['built']>): void {
  const { sha256 } = built;
  const leavesAt = endOfWindow(turn);
  const mail = turn.session.replaces === null ? 'submission' : 'correction';
  const review = reviewOf(turn, built);
  // From here on the text is the approved one.
  turn.forgetUndo();
  const key = wordingOf(turn);
  const wording = built.asked === undefined ? ({ key, partly: true } as const) : { key, params: askedWith(turn) };
  turn.consent('approve', sha256, wording);
  if (built.fallback !== undefined) turn.consent('approve', built.fallback, wording);
  turn.effects.push({ kind: 'approve', reference, sha256, mail, notBefore: leavesAt, ...(review && { review }) });
  // In the order of the document: a later withdrawal names a person by that number.
  if (turn.session.joint !== undefined) turn.effects.push({ kind: 'join', members: membersInIt(turn) });
  const { case: of, joint } = turn.session;
  const waiting: Session['mails'][number] = {
    ...{ reference, mail, leavesAt, outcome: 'waiting', sha256 },
    ...(of === null ? {} : { case: of }),
    ...(joint === undefined ? {} : { members: [...membersInIt(turn)] }),
  };
  turn.change({ mails: [...turn.session.mails, review ? { ...waiting, review: 'waiting' } : waiting] });
  turn.noteMailReplaced(reference);
  turn.unflag('changed');
  turn.unflag('answered');
  turn.session = { ...turn.session, trail: [] };
  turn.go({ prompt: 'write-back' });
  // *back* must not lead into the approved text: *stop* and *correct* do.
  turn.session = { ...turn.session, trail: [] };
}

/** The terms of the release; undefined if the person's SEND is enough. */
function reviewOf(turn: Turn, { sha256, fallback }: NonNullable<Session['built']>) {
  const needed = reviewersNeeded(turn);
  if (needed === 0) return undefined;
  const ifUnreachable = choiceMatters(turn) ? (turn.session.ifUnreachable ?? null) : null;
  const asItIs = ifUnreachable === 'confidential' && turn.session.publication === 'confidential';
  return { needed, ifUnreachable, fallback: asItIs ? sha256 : (fallback ?? null) };
}

/** The end of the window; earlier if the deadline falls into it, so that no mail is late because of it. */
export function endOfWindow(turn: Turn): string {
  const now = Date.parse(turn.event.at);
  const end = now + turn.world.operator.windowMinutes * 60_000;
  const deadline = Date.parse(deadlineOf(turn.world.call)?.instant ?? turn.event.at);
  const cut = now < deadline && end > deadline - MARGIN ? Math.max(now, deadline - MARGIN) : end;
  return new Date(cut).toISOString();
}

/** Whole minutes in which *stop* would take it back. */
function minutesOfWindow(turn: Turn): number {
  return Math.floor((Date.parse(endOfWindow(turn)) - Date.parse(turn.event.at)) / 60_000);
}

/** Says when an approved text leaves, and how long *stop* takes it back. */
export function sayWaiting(turn: Turn, { reference, review, leavesAt }: Session['mails'][number]): void {
  const { at } = turn.event;
  const own = leavesAt <= at ? 'sent.at-once' : 'sent.waiting';
  const key = review === undefined || review === 'released' ? own : 'unreachable.waiting';
  turn.say(key, { reference, minutes: minutesUntil(leavesAt, at), org: turn.world.operator.name });
}

/** Step 14: may we write when a reply arrives? Without a yes the bot never writes first. */
export const writeBack = choicePrompt('write-back', {
  traits: {
    kind: 'step',
    guarded: false,
    consent: 'keep',
    phrase: ['yes'],
    endsFirst: true,
    noText: true,
    atRest: true,
  },
  strict: true,
  plain: true,
  values: () => ['yes', 'no'],
  ask(turn) {
    const mail = turn.session.mails.at(-1);
    // If it is asked again after the mail has left, this would be wrong.
    if (turn.asking !== 'short' && mail?.outcome === 'waiting' && !turn.facts.mailLeft) {
      sayWaiting(turn, mail);
    }
    turn.ask('write-back.ask', undefined, { choices: ['yes', 'no'] });
  },
  choose: allowNotices,
  otherwise(turn, said) {
    if (!declinesNotices(turn, said)) return false;
    allowNotices(turn, 'no');
    return true;
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip') return false;
    end(turn);
    return true;
  },
});

function allowNotices(turn: Turn, value: string): void {
  turn.change({ writeBack: value === 'yes' });
  turn.consent('write-back', value, { key: 'write-back.ask', choices: ['yes', 'no'] });
  turn.say(value === 'yes' ? 'write-back.yes' : 'write-back.no');
  end(turn);
  turn.session = { ...turn.session, trail: [] };
}

/** People close the page here, and need a code to withdraw or correct later. An organiser goes on with others. */
function end(turn: Turn): void {
  thankForText(turn);
  if (turn.session.gathers === undefined) giveWayBack(turn);
  turn.go({ prompt: 'after' });
}
