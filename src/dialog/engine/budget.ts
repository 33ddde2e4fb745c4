// Words left, in total and for the open part. A share is advice: unused words go to the parts that are still open.

import { limitIsAssumed, topicsOf, wordLimitOf, type CallForInputs } from '../../calls/call.ts';
import type { Part, Slot } from './effect.ts';
import type { Intake } from './intake.ts';
import { aboutPages } from './limit.ts';
import type { Session } from './session.ts';
import type { World } from './world.ts';

export interface Budget {
  /** Words of all answers, including the frame of the document (title, headings, first line). */
  readonly words: number;
  /** Null if the call sets no limit. */
  readonly limit: number | null;
  /** True from the warning mark on (intake.yaml, warnFrom): the counts are then shown to the person. */
  readonly loud: boolean;
  /** True around the limit: a word more or less matters. */
  readonly near: boolean;
}

/** True for a question that does not apply: its answer, if there is one, is kept but is not in the document. */
export function isKeptAside({ conditions }: Pick<Session, 'conditions'>, slot: Slot): boolean {
  if (conditions === undefined) return false;
  const [kind = '', topic = ''] = slot.split('/');
  return conditions[slot] === false || conditions[`${kind}/${topic}`] === false;
}

/** Share of the limit up to which each message is told the exact words, which costs a look at the whole text. */
const EXACT_UP_TO = 1.25;

interface Counted {
  readonly session: Session;
  readonly world: Pick<World, 'call' | 'intake' | 'wordsOf'>;
  parts(): readonly Part[];
}

/** As the read-back would count now. A joint document is only estimated: its parts are in other sessions. */
export function exactBudget(turn: Counted): Budget {
  const { session, world } = turn;
  const budget = budgetOf(session, world.call, world.intake);
  return session.joint === undefined ? { ...budget, words: world.wordsOf(session, turn.parts()) } : budget;
}

/** Of all answers that apply. */
export function wordsIn(session: Pick<Session, 'counts' | 'conditions'>): number {
  return Object.entries(session.counts).reduce(
    (sum, [slot, { words }]) => sum + (isKeptAside(session, slot) ? 0 : words),
    0,
  );
}

export function budgetOf(session: Session, call: CallForInputs, intake: Intake): Budget {
  const frame = call.limit.counts === 'main-text' ? 0 : intake.budget.frame;
  const words = wordsIn(session) + frame;
  const limit = wordLimitOf(call);
  const loud = limit !== null && words >= limit * intake.warnFrom;
  return { words, limit, loud, near: loud && words <= limit * EXACT_UP_TO };
}

/** About how many words the open part may have, at least what it has already; null without a limit. */
export function shareOf(slot: Slot, session: Session, call: CallForInputs, intake: Intake): number | null {
  const { words, limit } = budgetOf(session, call, intake);
  if (limit === null) return null;
  const part = partOf(slot);
  const left = Math.max(0, limit - words - (intake.budget.reserve * limit) / totalOf(call, intake));
  const answered = new Set(Object.keys(session.counts).map(partOf));
  const open = partsOf(call, intake).filter(([name]) => name === part || !answered.has(name));
  const weight = open.reduce((sum, [, share]) => sum + share, 0);
  const mine = open.find(([name]) => name === part)?.[1] ?? 0;
  const has = Object.entries(session.counts).reduce(
    (sum, [one, count]) => sum + (partOf(one) === part ? count.words : 0),
    0,
  );
  return Math.round(has + (weight === 0 ? 0 : (left * mine) / weight));
}

/** A topic's single questions share its words; all asks are one part. */
function partOf(slot: Slot): string {
  const [kind = '', topic = ''] = slot.split('/');
  if (kind === 'topic') return `topic/${topic}`;
  return kind === 'story' ? 'story' : 'asks';
}

function partsOf(call: CallForInputs, { budget }: Intake): readonly (readonly [string, number])[] {
  const topics = topicsOf(call).map(({ id }) => [`topic/${id}`, budget.topic] as const);
  return [['story', budget.story], ...topics, ['asks', budget.asks]];
}

function totalOf(call: CallForInputs, intake: Intake): number {
  const parts = partsOf(call, intake).reduce((sum, [, share]) => sum + share, 0);
  return parts + intake.budget.frame + intake.budget.reserve;
}

const ROUNDED_FROM = 100;

/** Words that still fit, as they are told while nothing is built: the headings are not known to the word yet. */
export function aboutLeft(limit: number, words: number): number {
  const left = Math.max(0, limit - words);
  return left < ROUNDED_FROM ? left : Math.floor(left / 10) * 10;
}

/** The ending of the texts that say "Saved.", with their numbers: from the warning mark on with the words that are left. */
export function savedCount(turn: Counted): {
  readonly ending: 'words' | 'over' | 'pages' | null;
  readonly params: Readonly<Record<string, number>>;
} {
  const { call, intake } = turn.world;
  const about = budgetOf(turn.session, call, intake);
  const { limit, words, loud } = about.near ? exactBudget(turn) : about;
  if (!loud || limit === null) return { ending: null, params: {} };
  if (limitIsAssumed(call)) return { ending: 'pages', params: aboutPages(call, words) };
  if (words > limit) return { ending: 'over', params: { over: words - limit } };
  return { ending: 'words', params: { words: wordsIn(turn.session), left: aboutLeft(limit, words) } };
}
