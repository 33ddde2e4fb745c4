// Step 9: other people and risks, in one list. The chosen words are withheld in the document; this can be changed until
// it is sent.

import { askAboutStray, definePrompt } from '../../engine/prompt.ts';
import type { Choice } from '../../engine/reply.ts';
import { nextStep } from '../../engine/route.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Said } from '../../engine/world.ts';
import { wishesToHide } from '../../understanding/alarm.ts';
import { orderedHidden } from '../../understanding/commands.ts';
import type { Finding } from '../../understanding/findings.ts';
import { cleanName, fold } from '../../understanding/fold.ts';
import { meansNumber, namesApart, ordersToHide, wishForAll } from '../../understanding/names/hide-order.ts';
import { isAskingBack, isRefusal, isWish, looksLikeSentence, plainAnswerIn } from '../../understanding/plain-answer.ts';
import { numbersHidden } from '../../understanding/ranges.ts';
import { numbersIn } from '../../understanding/recognize.ts';
import {
  askAboutKind,
  foundIn,
  hideAllNames,
  hideAsAsked,
  sayWithheld,
  showAgain,
  withhold,
} from '../names/withheld.ts';
import { soundsLikeRefusal } from '../../understanding/talk/hear.ts';
import { supportList } from '../opening/opening.ts';

const RISKS = ['court-open', 'threat'] as const;

/** `of`: a name that somebody wished to hide, even if it is not in the text yet. */
function found(turn: Turn): readonly Finding[] {
  const { at } = turn.session;
  const wished = at.prompt === 'others' && at.of !== undefined ? [{ kind: 'person' as const, text: at.of }] : [];
  const all = foundIn(turn);
  return [...wished.filter(({ text }) => !all.some((other) => fold(other.text) === fold(text))), ...all];
}

function listed(turn: Turn, findings: readonly Finding[]): readonly Choice[] {
  const people = findings.map(({ kind, text }, index) => {
    const kept = turn.session.withheld.includes(text);
    return { value: `found:${index}`, label: { key: kept ? 'others.withheld' : `others.${kind}`, params: { text } } };
  });
  const typed = turn.session.withheld
    .filter((text) => !findings.some((finding) => finding.text === text))
    .map((text) => ({ value: `word:${text}`, label: { key: 'others.withheld', params: { text } } }));
  return [...people, ...typed, ...RISKS.map((risk) => ({ value: risk, label: { key: `others.${risk}` } }))];
}

export const others = definePrompt('others', {
  traits: { kind: 'step', guarded: false, consent: 'keep', phrase: [], needsRecordings: true, takesImports: true },
  options: (turn) => listed(turn, found(turn)),
  ask(turn) {
    hideAsAsked(turn);
    if (askAboutKind(turn)) return;
    const findings = found(turn);
    const choices = listed(turn, findings);
    flagFindings(turn, findings);
    const first = choices.length > RISKS.length ? 'others.ask' : 'others.ask-none';
    if (turn.asking !== 'short' && turn.world.call.publication['remove-personal-data'] === 'yes')
      turn.say('others.take-out');
    const text = turn.asking === 'short' ? 'others.ask-again' : first;
    turn.ask(text, undefined, { choices, commands: ['next', 'back'], whole: true });
  },
  answer(turn, said) {
    const choices = listed(turn, found(turn));
    const aside = said.aside;
    const people = found(turn);
    const all = said.tapped === null ? wishForAll(turn.world.lexicon, said.text, true) : null;
    if (all !== null) {
      if (!hideAllNames(turn, all.but)) turn.say('hide.except');
      return turn.again('short');
    }
    if (said.tapped === null && (aside === 'none' || refuses(turn, said.text))) return leave(turn);
    if (said.tapped === null && (aside === 'all' || (aside === 'both' && people.length === 2))) {
      hide(
        turn,
        people.map(({ text }) => text),
      );
      return turn.again('short');
    }
    const ordered = said.tapped === null ? numbersHidden(turn.world.lexicon, said.text) : null;
    const wanted = ordered?.map((number) => people[number - 1]?.text);
    if (wanted?.every((text) => text !== undefined) === true) {
      hide(turn, wanted);
      return turn.again('short');
    }
    const chosen =
      said.tapped !== null ? [said.tapped] : numbersIn(said.text)?.map((number) => choices[number - 1]?.value);
    if (chosen === undefined) return handleWords(turn, said);
    if (chosen.includes(undefined)) {
      turn.say('choice.out-of-range', { last: choices.length });
      return turn.again('short');
    }
    for (const value of chosen) if (value !== undefined) apply(turn, value);
    return turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    leave(turn);
    return true;
  },
});

/** Nothing is withheld for it, and the list can be opened again. */
function refuses({ world: { lexicon }, session }: Turn, text: string): boolean {
  return isRefusal(lexicon, text) || soundsLikeRefusal(lexicon, session.language, text);
}

/** From a review, returns to it. */
function leave(turn: Turn): void {
  if (turn.session.under.length > 0) turn.resume('full');
  else turn.go(nextStep(turn, 'others'));
}

function apply(turn: Turn, value: string): void {
  if (value === 'court-open') {
    turn.flag('court-open');
    return turn.say('others.lawyer');
  }
  if (value === 'threat') {
    turn.flag('threat');
    return turn.say('others.threat-advice', { support: supportList(turn, 'protect') });
  }
  const text = value.startsWith('word:')
    ? value.slice('word:'.length)
    : found(turn)[Number(value.slice('found:'.length))]?.text;
  if (text !== undefined) withholdOrShow(turn, text);
}

/** Words that are withheld already stay so: only their number shows them again. */
function hide(turn: Turn, words: readonly string[]): void {
  const { withheld } = turn.session;
  const already = words.filter((text) => withheld.includes(text));
  for (const text of words) if (!withheld.includes(text)) withholdOrShow(turn, text);
  if (already.length > 0) turn.say('others.already', { text: already.join('\n') });
}

/** Choosing the number of a withheld word shows it again: nothing is final before it is sent. */
function withholdOrShow(turn: Turn, text: string): void {
  if (turn.session.withheld.includes(text)) {
    showAgain(turn, [text]);
  } else {
    withhold(turn, [text]);
    sayWithheld(turn, [text]);
  }
  turn.noteChange();
}

/** Typed words are withheld if they are in the text; any other sentence is asked about. */
function handleWords(turn: Turn, said: Said): void {
  const { lexicon } = turn.world;
  const order = orderedHidden(lexicon, said.text);
  const isAnswer =
    order === null &&
    (plainAnswerIn(lexicon, said.text) !== null || isAskingBack(lexicon, said.text) || isWish(lexicon, said.text));
  const told = turn.parts().map(({ text }) => ` ${fold(text)} `);
  const known = [...turn.session.withheld, ...found(turn).map(({ text }) => text)];
  const isKnown = (words: string) => known.some((text) => fold(text) === fold(words));
  const isTold = (words: string) => isKnown(words) || told.some((text) => text.includes(` ${fold(words)} `));
  const whole = cleanName(order ?? said.text);
  const numbers = found(turn).flatMap(({ kind, text }) => (kind === 'phone' ? [text] : []));
  if (numbers.length > 0 && meansNumber(lexicon, whole)) {
    hide(turn, numbers);
    return turn.again('short');
  }
  // "Y a mi hija también escóndala": nobody knows which name that is.
  if (order === null && wishesToHide(lexicon, said, 'it')) {
    turn.say('hide.which');
    return turn.again('full');
  }
  const stands = isTold(whole);
  // "Ana, Luís e Rosa": one by one, if the text has each of them.
  const typed = stands ? [whole] : namesApart(lexicon, whole);
  const isThere = (one: string) => fold(one).length >= 3 && isTold(one);
  const there = typed.filter(isThere);
  const areNames = order !== null || !looksLikeSentence(lexicon, said.text);
  if (!isAnswer && there.length > 0 && (areNames || there.length === typed.length)) {
    const named = there.map((one) => known.find((text) => fold(text) === fold(one)) ?? one);
    hide(turn, [...new Set(named)]);
    const missing = typed.filter((one) => !isThere(one));
    if (missing.length > 0) turn.say('others.not-found-these', { text: missing.join('\n') });
    return turn.again('short');
  }
  if (!isAnswer && !stands && !ordersToHide(lexicon, said.text) && looksLikeSentence(lexicon, said.text))
    return askAboutStray(turn, said);
  if (!isAnswer) turn.say('others.not-found');
  turn.again(isAnswer ? 'full' : 'short');
}

function flagFindings(turn: Turn, findings: readonly Finding[]): void {
  for (const { kind } of findings) {
    if (kind === 'officer') turn.flag('officer-named');
    else if (kind === 'child') turn.flag('minor-named');
    else if (kind === 'person') turn.flag('third-person');
    else turn.flag('phone-or-address');
  }
}
