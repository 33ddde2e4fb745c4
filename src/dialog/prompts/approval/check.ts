// The check of everything: each fact of the text by number, to be changed there. *review* shows it from anywhere, and
// the read-back's question before anything is read.

import { asksCountry } from '../../../calls/country.ts';
import { offeredBy } from '../../../calls/publication.ts';
import type { Slot } from '../../engine/effect.ts';
import { choicePrompt } from '../../engine/prompt.ts';
import { hasAnswer, takesAnythingElse, topicsFor } from '../../engine/questions.ts';
import type { Choice } from '../../engine/reply.ts';
import type { Position } from '../../engine/session.ts';
import { slotName } from '../../engine/slot-name.ts';
import type { Turn } from '../../engine/turn.ts';
import { askAboutSending, whatStands } from '../../stages/sending-window.ts';
import { unanswered } from '../story/compulsory.ts';
import { type Fact, factLine, partLines, withheldLine } from './check-lines.ts';

/** The prompts that change the lines that are no answers, by the value of the line. */
const OPENS = {
  'add-more': { prompt: 'review-more' },
  words: { prompt: 'others' },
  'name:harmed': { prompt: 'harmed-form' },
  'name:author': { prompt: 'author-form' },
  role: { prompt: 'review-role' },
  country: { prompt: 'country' },
  'submission-language': { prompt: 'submission-language' },
  readers: { prompt: 'publication' },
} as const satisfies Readonly<Record<string, Position>>;

/** Everything by number: the answers in the order of the document, then names, role, language and readers. */
export function checkChoices(turn: Turn): readonly Choice[] {
  const { teller, publication } = turn.session;
  const fact = (one: Fact, value: keyof typeof OPENS): Choice => ({ value, label: factLine(turn, one) });
  return [
    ...partLines(turn),
    { value: 'words', label: withheldLine(turn) },
    fact('harmed', 'name:harmed'),
    fact('author', 'name:author'),
    // An organiser says it for each person elsewhere.
    ...(teller === undefined ? [fact('role', 'role')] : []),
    ...(asksCountry(turn.world.call) ? [fact('country', 'country')] : []),
    fact('submissionLanguage', 'submission-language'),
    // Nobody chooses the readers of a text that has left: a correction asks about them.
    ...(publication === null || offeredBy(turn.world.call).length === 0 || whatStands(turn) === 'left'
      ? []
      : [fact('publication', 'readers')]),
  ];
}

/** The way to parts that have no answer yet; empty if all have one. */
export function moreChoice(turn: Turn): readonly Choice[] {
  return openSlots(turn).length === 0 ? [] : [{ value: 'add-more', label: { key: 'check.more' } }];
}

function isOpener(value: string): value is keyof typeof OPENS {
  return value in OPENS;
}

/** Opens a line of the check; the person comes back to it. */
export function openLine(turn: Turn, value: string): void {
  if (isOpener(value)) {
    // An approved text is held before anybody chooses other readers.
    if (value === 'readers' && askAboutSending(turn)) return;
    return turn.aside(OPENS[value]);
  }
  const slot = value.slice('part:'.length);
  if (turn.session.counts[slot] === undefined) return turn.aside(placeOf(slot));
  turn.aside({ prompt: 'review-part', of: slot });
}

/** "Can I read it again?" at the check itself. Returns false if nothing was told. */
export function openStory(turn: Turn): boolean {
  const first = checkChoices(turn).find(({ value }) => value.startsWith('part:'))?.value;
  if (first === undefined) return false;
  openLine(turn, first);
  return true;
}

/** The prompt whose answers belong to a slot. */
export function placeOf(slot: Slot): Position {
  if (slot.startsWith('topic/')) {
    const of = slot.slice('topic/'.length);
    return { prompt: of.includes('/') ? 'topic-one' : 'topic', of };
  }
  if (slot === 'asks/government') return { prompt: 'asks-government' };
  if (slot === 'asks/experts') return { prompt: 'asks-experts' };
  if (slot === 'good' || slot === 'else' || slot === 'links') return { prompt: slot };
  return { prompt: 'story' };
}

/** Parts without an answer; links have a line of their own. */
function openSlots(turn: Turn): readonly Slot[] {
  const { world, session } = turn;
  const { optional } = world.intake;
  const topics = topicsFor(world.call, session);
  const open: readonly Slot[] = [
    ...topics.filter((topic) => !hasAnswer(session, topic)).map(({ id }): Slot => `topic/${id}`),
    ...topics.flatMap(({ id, prompts }) =>
      prompts.map((prompt): Slot => `topic/${id}/${prompt.id}`).filter((slot) => session.conditions?.[slot] === true),
    ),
    ...(optional.asks ? (['asks/government', 'asks/experts'] as const) : []),
    ...(optional['good-examples'] ? (['good'] as const) : []),
    ...(takesAnythingElse(world) ? (['else'] as const) : []),
  ];
  return [...new Set(['story', ...open, ...unanswered(turn)])].filter((slot) => session.counts[slot] === undefined);
}

export const reviewMore = choicePrompt('review-more', {
  traits: { kind: 'interrupt', guarded: true, consent: 'keep', phrase: [] },
  values: (turn) => openSlots(turn).map((slot) => `part:${slot}`),
  options: (turn) => openSlots(turn).map((slot) => ({ value: `part:${slot}`, label: slotName(slot, turn.world.call) })),
  ask(turn) {
    const open = openSlots(turn);
    if (open.length === 0) return turn.resume('full');
    const choices = open.map((slot) => ({ value: `part:${slot}`, label: slotName(slot, turn.world.call) }));
    turn.ask('check.which', undefined, { choices, commands: ['next'] });
  },
  choose: (turn, value) => turn.onward(placeOf(value.slice('part:'.length))),
  command(turn, command) {
    if (command !== 'next' && command !== 'skip' && command !== 'skip-all') return false;
    turn.resume('full');
    return true;
  },
});
