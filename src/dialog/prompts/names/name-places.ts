// The places of a name, or a withheld word, in the text: each is shown as it would read before it counts. Only the full
// name is certain; new text is asked about before it is read back or sent.

import { plainAnswerHere } from '../../engine/recognize-answer.ts';
import { submissionLanguageOf } from '../../engine/draft-from.ts';
import { askAboutStray, definePrompt } from '../../engine/prompt.ts';
import type { Choice } from '../../engine/reply.ts';
import type { Turn } from '../../engine/turn.ts';
import {
  excerpt,
  type Labels,
  type Named,
  replacement,
  settled,
  soughtIn,
  type Standing,
} from '../../understanding/names/settle.ts';
import { isRefusal, looksLikeSentence } from '../../understanding/plain-answer.ts';
import { numbersIn, saysExactly } from '../../understanding/recognize.ts';

/** In the order of the text; `named`: as if these choices were made. */
export function placesIn(turn: Turn, named: Named = turn.session): readonly Standing[] {
  const sought = soughtIn(named);
  if (sought.length === 0 || turn.session.joint !== undefined) return [];
  const { places = {} } = turn.session;
  return turn.parts().flatMap(({ text }) => {
    const all = settled(text, sought, places);
    return all.map((one) => ({ text, one, all }));
  });
}

export function labelsOf({ world, session }: Turn): Labels {
  return world.labels[submissionLanguageOf(session, world.call)];
}

/** Stores the decisions about these places; forgets places that are no longer in the text. */
export function decide(turn: Turn, these: readonly Standing[], named: Named = turn.session): void {
  const here = new Set(placesIn(turn, named).map(({ one }) => one.place.key));
  const before = Object.entries(turn.session.places ?? {}).filter(([key]) => here.has(key));
  const now = these.flatMap(({ one }) => (one.place.whole ? [] : [[one.place.key, one.changes] as const]));
  turn.change({ places: Object.fromEntries([...before, ...now]), built: null });
}

/** Asks about undecided places. Returns true if there are any. */
export function askAboutPlaces(turn: Turn): boolean {
  if (!turn.session.kept || !placesIn(turn).some(({ one }) => one.isOpen)) return false;
  turn.aside({ prompt: 'names-where' });
  return true;
}

const AT_ONCE = 8;

/** The places that are asked about now: those of `of`, else the first undecided ones. */
function page(turn: Turn): readonly Standing[] {
  const { of } = turn.session.at;
  const all = placesIn(turn).filter(({ one }, index, every) => {
    return !one.place.whole && every.findIndex((other) => other.one.place.key === one.place.key) === index;
  });
  if (of === undefined) return all.filter(({ one }) => one.isOpen).slice(0, AT_ONCE);
  const keys = of.split(' ');
  return all.filter(({ one }) => keys.includes(one.place.key));
}

function listed(turn: Turn): readonly Choice[] {
  const labels = labelsOf(turn);
  return page(turn).map((standing) => {
    const { text, one } = standing;
    const word = text.slice(one.place.start, one.place.end);
    const key = one.changes ? 'names.place-out' : 'names.place-in';
    const read = excerpt(standing, one.changes ? [one] : [], labels);
    return {
      value: `place:${one.place.key}`,
      label: { key, params: { word, becomes: replacement(one.place, labels), text: read } },
    };
  });
}

/** The lines of the list, and the choice that all of them are right. */
function choicesHere(turn: Turn): readonly Choice[] {
  return [...listed(turn), { value: RIGHT, label: { key: `choices.${RIGHT}` } }];
}

const RIGHT = 'right';

export const namesWhere = definePrompt('names-where', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  options: choicesHere,
  ask(turn) {
    const choices = choicesHere(turn);
    if (choices.length === 1) return turn.resume('full');
    const of = page(turn).map(({ one }) => one.place.key);
    turn.change({ at: { prompt: 'names-where', of: of.join(' ') } });
    turn.ask('names.where', undefined, { choices, commands: ['next', 'back'], whole: true });
  },
  answer(turn, said) {
    const { lexicon } = turn.world;
    const here = page(turn);
    const aside = said.aside;
    const values = choicesHere(turn).map(({ value }) => value);
    if (said.tapped === RIGHT || saysExactly(lexicon, said.text, RIGHT, values)) return accept(turn);
    if (said.tapped === null && (aside === 'all' || aside === 'none')) {
      return turnOver(
        turn,
        here.filter(({ one }) => one.changes !== (aside === 'all')),
      );
    }
    const numbers = numbersIn(said.text);
    const chosen =
      said.tapped === null
        ? numbers?.map((number) => here[number - 1])
        : here.filter(({ one }) => `place:${one.place.key}` === said.tapped);
    if (chosen !== undefined) {
      const known = chosen.filter((one) => one !== undefined);
      if (known.length === chosen.length) return turnOver(turn, known);
      turn.say('choice.out-of-range', { last: values.length });
      return turn.again('short');
    }
    const answer = plainAnswerHere(turn, said.text);
    if (answer === 'yes') return accept(turn);
    if (answer === null && !isRefusal(lexicon, said.text) && looksLikeSentence(lexicon, said.text)) {
      return askAboutStray(turn, said);
    }
    turn.say('names.where-how');
    return turn.again('short');
  },
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    accept(turn);
    return true;
  },
});

/** Toggles these places; shown again, and not settled until the person says that all are right. */
function turnOver(turn: Turn, these: readonly Standing[]): void {
  decide(
    turn,
    these.map(({ text, all, one }) => ({ text, all, one: { ...one, changes: !one.changes } })),
  );
  turn.again('full');
}

function accept(turn: Turn): void {
  decide(turn, page(turn));
  turn.change({ at: { prompt: 'names-where' } });
  turn.again('full');
}
