// Steps 5 and 6: the story, and a passphrase.

import { plainAnswerHere } from '../../engine/recognize-answer.ts';
import type { Role } from '../../engine/draft.ts';
import { keptUntil } from '../../engine/pending-consent.ts';
import { askAboutStray, definePrompt, freePrompt } from '../../engine/prompt.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { commandIn, isGreeting, languageIn, nearCommandIn, questionIn, typedIn } from '../../understanding/commands.ts';
import { sayWordFirst } from '../../organiser/typed-answers.ts';
import { fold } from '../../understanding/fold.ts';
import { isAskingBack, isRefusal, isWish, looksLikeSentence, plainAnswerIn } from '../../understanding/plain-answer.ts';
import { secretIn } from '../../understanding/names/secret-in-sentence.ts';
import { soundsLikeRefusal } from '../../understanding/talk/hear.ts';
import { heardAside } from '../../understanding/talk/said-aside.ts';
import { tellOfCode } from '../after/elsewhere.ts';
import { tellWants } from '../opening/wants.ts';

/** A passphrase has at most so many words. */
const MOST_IN_WORD = 3;
/** Shares from which a message refuses a word, or has one in it; and words of such a message. */
const OWN_WORD = { refused: 0.75, given: 0.6, told: 0.1, talk: 0.5, words: 12 };

const STORY: Readonly<Record<Role, string>> = {
  family: 'story.family',
  witness: 'story.witness',
  organisation: 'story.organisation',
  organiser: 'story.organiser',
};

export const story = freePrompt('story', {
  traits: { kind: 'step', guarded: false, consent: 'keep', takesImports: true },
  slot: () => 'story',
  ask(turn) {
    if (turn.asking !== 'short' && turn.session.counts['story'] === undefined) tellWants(turn);
    const text = turn.asking === 'short' ? 'story.short' : STORY[turn.session.role ?? 'family'];
    turn.ask(text, keptUntil(turn), { commands: ['next', 'skip', 'pause'] });
  },
  next: (turn) => turn.go(nextStep(turn, 'story')),
});

/**
 * Typed twice, since it is never shown again. A refusal, a question or a command is handled as such, and a sentence is
 * testimony.
 */
export const ownWord = definePrompt('own-word', {
  traits: { kind: 'step', guarded: false, consent: 'none', takes: 'secret', readAfter: 'spoken.ear-secret' },
  literal: true,
  ask(turn) {
    turn.change({ ownWordOffered: true });
    if (turn.session.wordOnce !== undefined) return turn.ask('own-word.again', undefined, { commands: ['skip'] });
    turn.ask(turn.session.gathers === undefined ? 'own-word.ask' : 'gathering.own-word', undefined, {
      commands: ['skip'],
    });
  },
  answer(turn, said) {
    const { lexicon } = turn.world;
    const isWord = fold(said.text).split(' ').length <= MOST_IN_WORD;
    const plain = isWord ? plainAnswerIn(lexicon, said.text) : plainAnswerHere(turn, said.text);
    const { language, wordOnce } = turn.session;
    const heard = heardAside(lexicon, language, said.text, 'names');
    const isRefused = heard.refusal >= OWN_WORD.refused && !isWord;
    const refuses =
      isRefusal(lexicon, said.text) ||
      (heard.talk + heard.testimony < OWN_WORD.talk && soundsLikeRefusal(lexicon, language, said.text)) ||
      isRefused;
    const asks = isAskingBack(lexicon, said.text) || questionIn(lexicon, said.text) !== null;
    const taken = wordOnce !== undefined || plain !== null || refuses || asks ? null : secretIn(lexicon, said.text);
    if (plain === null ? refuses : plain === 'no') {
      turn.say('own-word.none');
      return leaveOwnWord(turn);
    }
    if (plain === 'yes') return askForWord(turn, 'own-word.write');
    if (asks) return askForWord(turn, 'own-word.what');
    const near = nearCommandIn(lexicon, language, said.text);
    if (near !== null) {
      turn.say('own-word.near', { word: { key: `commands.${near}` } });
      return askForWord(turn, 'own-word.write');
    }
    const word = taken ?? fold(said.text);
    const isTold = word.split(' ').length > MOST_IN_WORD || looksLikeSentence(lexicon, said.text);
    // "I'll go with mangrove": which of its words it is, the second time shows.
    const isShort = fold(said.text).split(' ').length <= OWN_WORD.words;
    const isGiven = isShort && heard.answer >= OWN_WORD.given && heard.testimony < OWN_WORD.told;
    const first = wordOnce === undefined && (isGiven || !isTold) ? candidatesIn(fold(said.text)) : [];
    if (taken === null && isTold && first.length === 0) return tellsInstead(turn, said);
    if (word.length < 3 || word.length > 40 || isWordOfOurs(turn, word) || isWish(lexicon, word)) {
      turn.say('own-word.unfit');
      return turn.again('short');
    }
    // The passphrase must not be in the chat or transcript.
    turn.effects.push({ kind: 'redact', message: said.id });
    const mark = turn.world.fingerprint(word);
    if (wordOnce === undefined) {
      const marks = [word, ...first].map((one) => turn.world.fingerprint(one));
      turn.change({ wordOnce: [...new Set(marks)].join(MARKS) });
      return turn.again('full');
    }
    forgetFirst(turn);
    if (!wordOnce.split(MARKS).includes(mark)) return askForWord(turn, 'own-word.differs');
    turn.change({ ownWord: mark, unlockedAt: turn.event.at, wrongWords: 0 });
    turn.say('own-word.set');
    return leaveOwnWord(turn);
  },
  command(turn, command) {
    if (command !== 'skip' && command !== 'next' && command !== 'skip-all') return false;
    leaveOwnWord(turn);
    return true;
  },
});

/** Between the marks of all that the first message may have meant. */
const MARKS = '\n';
/** Letters of a word that a sentence may give. */
const LEAST_LETTERS = 3;

/** Words of a sentence, one, two or three in a row: the second time one of them is typed alone. */
function candidatesIn(folded: string): readonly string[] {
  const words = folded.split(' ');
  return words.flatMap((_, at) =>
    Array.from({ length: MOST_IN_WORD }, (_none, more) => words.slice(at, at + more + 1).join(' ')).filter(
      (one, more) => at + more < words.length && one.length >= LEAST_LETTERS,
    ),
  );
}

function forgetFirst(turn: Turn): void {
  const { wordOnce: _, ...rest } = turn.session;
  turn.session = rest;
}

/** Starts over: the first try no longer counts. */
function askForWord(turn: Turn, text: string): void {
  forgetFirst(turn);
  turn.ask(text, undefined, { commands: ['skip'] });
}

function leaveOwnWord(turn: Turn): void {
  forgetFirst(turn);
  tellOfCode(turn, 'once');
  if (turn.session.under.length > 0) return turn.resume('full');
  turn.go(nextStep(turn, 'own-word'));
}

/** SEND, a language, a greeting: not meant as a passphrase. */
function isWordOfOurs({ world: { lexicon } }: Turn, text: string): boolean {
  return (
    commandIn(lexicon, text) !== null ||
    typedIn(lexicon, text) !== null ||
    languageIn(lexicon, text) !== null ||
    isGreeting(lexicon, text)
  );
}

function tellsInstead(turn: Turn, said: Said): void {
  const { kept, contribution, joint, gathers } = turn.session;
  if (kept && contribution !== null && joint === undefined) return askAboutStray(turn, said);
  // Before a person's yes there is no story to add to.
  if (gathers === undefined || kept) turn.say('own-word.unfit');
  else sayWordFirst(turn, said);
  turn.again('short');
}
