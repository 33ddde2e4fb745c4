// The check of everything: the facts of a text, one short line each. check.ts shows them by number and opens them.

import { topicsOf } from '../../../calls/call.ts';
import { ownRoleOf, submissionLanguageOf } from '../../engine/draft-from.ts';
import type { Slot } from '../../engine/effect.ts';
import { isKeptAside } from '../../engine/budget.ts';
import { readersInWords } from '../../engine/kept-back.ts';
import { listenerOf } from '../../engine/questions.ts';
import type { Choice, TextRef } from '../../engine/reply.ts';
import type { Session } from '../../engine/session.ts';
import { slotName } from '../../engine/slot-name.ts';
import type { Turn } from '../../engine/turn.ts';
import { formShown } from '../../understanding/names/settle.ts';

/** Facts that are no answers, named as in a session: *undo* restores them. */
export const FACTS = ['harmed', 'author', 'role', 'submissionLanguage', 'country', 'publication'] as const;
export type Fact = (typeof FACTS)[number];

/** Withheld words that are named in their line. */
const NAMED = 3;

export function factLine({ session, world }: Turn, fact: Fact): TextRef {
  switch (fact) {
    case 'harmed':
    case 'author': {
      const { name = '' } = session[fact];
      const form = formShown(session[fact], session.withheld);
      const told = fact === 'author' && session.teller !== undefined ? 'gathering.tells' : `review.${fact}`;
      // A known name with the form "no name" is only kept out of the document.
      const shown = form === 'none' && name !== '' ? 'review.not-shown' : `choices.${form}`;
      return { key: `${told}${name === '' ? '' : '-named'}`, params: { form: { key: shown }, name } };
    }
    case 'role':
      return { key: 'review.role', params: { role: roleShown({ session, world }) } };
    case 'submissionLanguage':
      return {
        key: 'check.language',
        params: { language: { key: `choices.${submissionLanguageOf(session, world.call)}` } },
      };
    case 'country':
      return session.country === null
        ? { key: 'check.no-country' }
        : { key: 'check.country', params: { country: session.country } };
    case 'publication':
      return {
        key: 'check.publication',
        params: { publication: readersInWords({ session, world }) },
      };
    default:
      return fact satisfies never;
  }
}

/** As the document has it. */
export function roleShown({ session, world }: Pick<Turn, 'session' | 'world'>): string | TextRef {
  return ownRoleOf(session, world.call) ?? { key: `choices.${session.role ?? 'family'}` };
}

/** The answers, in the order of the document. */
export function partLines(turn: Turn): readonly Choice[] {
  const { counts } = turn.session;
  const lines = slotsOf(turn).flatMap((slot): readonly Choice[] => {
    const count = counts[slot];
    if (count === undefined) return [];
    const line = partLine(turn, slot, count);
    const label = isKeptAside(turn.session, slot) ? { key: 'check.aside', params: { line } } : line;
    return [{ value: `part:${slot}`, label }];
  });
  const { intake, call } = turn.world;
  const hasLinks = counts['links'] !== undefined || !intake.optional.links || call.links === 'refused';
  return hasLinks ? lines : [...lines, { value: 'part:links', label: { key: 'check.no-links' } }];
}

function partLine(turn: Turn, slot: Slot, { parts, words }: Session['counts'][string]): TextRef {
  const params = { part: shortName(turn, slot), parts, words };
  if (slot === 'links') return { key: 'check.links', params };
  return { key: slot === 'story' && parts > 1 ? 'check.story' : 'review.part', params };
}

/** All slots with an answer, in the order of the document; those of a former revision of the call last. */
function slotsOf(turn: Turn): readonly Slot[] {
  const topics = topicsOf(turn.world.call).flatMap(({ id, prompts }): readonly Slot[] => [
    `topic/${id}`,
    ...prompts.map((prompt): Slot => `topic/${id}/${prompt.id}`),
  ]);
  const known: readonly Slot[] = ['story', ...topics, 'asks/government', 'asks/experts', 'good', 'else', 'links'];
  return [...known, ...Object.keys(turn.session.counts).filter((slot) => !known.includes(slot))];
}

/** A single question of a point is long: here its number says which one it is, the official one if there is one. */
function shortName(turn: Turn, slot: Slot): TextRef {
  const [kind, id = '', question] = slot.split('/');
  if (kind !== 'topic' || question === undefined) return slotName(slot, turn.world.call);
  if (turn.world.call.response.kind === 'table') return slotName(slot, turn.world.call);
  const topic = topicsOf(turn.world.call).find((one) => one.id === id);
  const all = topic?.prompts ?? [];
  const listener = listenerOf(turn.world.call, turn.session.role);
  const asked = all.filter((prompt) => prompt.for.includes(listener));
  const among = asked.some((prompt) => prompt.id === question) ? asked : all;
  const at = among.findIndex((prompt) => prompt.id === question);
  const number = among[at]?.number ?? topic?.number ?? at + 1;
  return { key: 'check.question', params: { point: { key: `call:topics.${id}.short` }, number } };
}

export function withheldLine({ session: { withheld } }: Turn): TextRef {
  if (withheld.length === 0) return { key: 'check.nothing-withheld' };
  const words = withheld.slice(0, NAMED).join(', ');
  const more = withheld.length - NAMED;
  return more > 0
    ? { key: 'check.withheld-more', params: { words, more } }
    : { key: 'check.withheld', params: { words } };
}

/** More names are shown in a text that is public without names: its person is asked again who may read it. */
export function askReadersAgain(turn: Turn): void {
  if (turn.session.publication !== 'public-unnamed') return;
  turn.remember('publication');
  turn.change({ publication: null });
  turn.say('check.readers-again');
}

/** After a change at the check: says the line as it is now. Returns to what was interrupted. */
export function backToCheck(turn: Turn, fact: Fact): void {
  turn.say('check.now', { line: factLine(turn, fact) }, { commands: ['undo'] });
  turn.resume('full');
}
