// Step 9: other people and risks, in one list. What is chosen is withheld in the document, reversibly until it is sent.

import { asideIn } from '../commands.ts';
import { findingsIn, type Finding } from '../findings.ts';
import { fold } from '../fold.ts';
import type { Prompt } from '../prompt.ts';
import { numbersIn, saysExactly } from '../recognize.ts';
import type { Choice } from '../reply.ts';
import { onwards } from '../way.ts';
import type { Turn } from '../turning.ts';
import { supportList } from './opening.ts';

const RISKS = ['court-open', 'threat'] as const;

function found(turn: Turn): readonly Finding[] {
  return findingsIn(
    turn.world.lexicon,
    turn.parts().map(({ text }) => text),
  );
}

function listed(turn: Turn, findings: readonly Finding[]): readonly Choice[] {
  const people = findings.map(({ kind, text }, index) => {
    const kept = turn.session.withheld.includes(text);
    return { value: `found:${index}`, label: { key: kept ? 'others.withheld' : `others.${kind}`, params: { text } } };
  });
  return [...people, ...RISKS.map((risk) => ({ value: risk, label: { key: `others.${risk}` } }))];
}

export const others: Prompt = {
  options: (turn) => listed(turn, found(turn)),
  ask(turn) {
    const findings = found(turn);
    const choices = listed(turn, findings);
    flagFindings(turn, findings);
    const first = choices.length > RISKS.length ? 'others.ask' : 'others.ask-none';
    const text = turn.asking === 'short' ? 'others.ask-again' : first;
    turn.ask(text, undefined, { choices, commands: ['next', 'back'], whole: true });
  },
  hear(turn, said) {
    const choices = listed(turn, found(turn));
    const aside = asideIn(turn.world.lexicon, said.text);
    if (aside === 'none') return turn.go(onwards(turn, 'others'));
    const chosen =
      said.tapped !== null
        ? [said.tapped]
        : aside === 'all'
          ? choices.map(({ value }) => value).filter((value) => value.startsWith('found:'))
          : numbersIn(said.text)?.map((number) => choices[number - 1]?.value);
    if (chosen === undefined) return withholdTyped(turn, said.text);
    if (chosen.includes(undefined)) {
      turn.say('choice.out-of-range', { last: choices.length });
      return turn.again('short');
    }
    for (const value of chosen) if (value !== undefined) apply(turn, value);
    return turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.go(onwards(turn, 'others'));
    return true;
  },
};

function apply(turn: Turn, value: string): void {
  if (value === 'court-open') {
    turn.flag('court-open');
    return turn.say('others.lawyer');
  }
  if (value === 'threat') {
    turn.flag('threat');
    return turn.say('others.threat-advice', { support: supportList(turn) });
  }
  const text = found(turn)[Number(value.slice('found:'.length))]?.text;
  if (text !== undefined) withholdOrShow(turn, text);
}

/** Chosen again, what was withheld is shown again: nothing is final before it is sent. */
function withholdOrShow(turn: Turn, text: string): void {
  const { withheld } = turn.session;
  const kept = withheld.includes(text);
  turn.change({ built: null, withheld: kept ? withheld.filter((one) => one !== text) : [...withheld, text] });
  turn.say(kept ? 'others.shown-again' : 'others.done', { text });
}

/** Words typed out are withheld where they stand in the text. */
function withholdTyped(turn: Turn, typed: string): void {
  const wanted = fold(typed);
  const isPlainAnswer = ['yes', 'no'].some((value) => saysExactly(turn.world.lexicon, typed, value, []));
  const stands = turn.parts().some(({ text }) => ` ${fold(text)} `.includes(` ${wanted} `));
  if (wanted.length < 3 || isPlainAnswer || !stands) turn.say('others.not-found');
  else withholdOrShow(turn, typed);
  turn.again('short');
}

function flagFindings(turn: Turn, findings: readonly Finding[]): void {
  for (const { kind } of findings) {
    if (kind === 'officer') turn.flag('officer-named');
    else if (kind === 'child') turn.flag('minor-named');
    else if (kind === 'person') turn.flag('third-person');
    else turn.flag('phone-or-address');
  }
}
