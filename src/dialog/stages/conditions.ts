// "If so, …": a question is asked, and its answer is in the document, only if the earlier answer says so. Decided by the
// person's words, never by a model; an answer that says neither yes nor no decides nothing (docs/decisions/0184).

import { type Condition, type Topic, type TopicPrompt, topicsOf } from '../../calls/call.ts';
import type { Part, Slot } from '../engine/effect.ts';
import type { Turn } from '../engine/turn.ts';
import { stanceIn } from '../understanding/stance.ts';

/** Undefined: not known. */
type Standing = boolean | undefined;

class Standings {
  readonly #turn: Turn;
  readonly #topics: readonly Topic[];

  constructor(turn: Turn) {
    this.#turn = turn;
    this.#topics = topicsOf(turn.world.call);
  }

  /** Of every question with a condition that is known, by slot. */
  all(): Readonly<Record<Slot, boolean>> {
    return Object.fromEntries(
      this.#topics.flatMap((topic) => [
        ...entry(`topic/${topic.id}`, topic.onlyIf === undefined ? undefined : this.#ofTopic(topic)),
        ...topic.prompts.flatMap((prompt) =>
          entry(
            `topic/${topic.id}/${prompt.id}`,
            this.#isConditional(topic, prompt) ? this.#ofPrompt(topic, prompt) : undefined,
          ),
        ),
      ]),
    );
  }

  #isConditional(topic: Topic, { onlyIf, under }: TopicPrompt): boolean {
    const above = topic.prompts.find(({ id }) => id === under);
    return onlyIf !== undefined || (above !== undefined && this.#isConditional(topic, above));
  }

  #ofTopic({ onlyIf }: Topic): Standing {
    return onlyIf === undefined ? true : this.#met(onlyIf, null);
  }

  #ofPrompt(topic: Topic, { onlyIf, under }: TopicPrompt): Standing {
    const above = topic.prompts.find(({ id }) => id === under);
    return both(
      above === undefined ? true : this.#ofPrompt(topic, above),
      onlyIf === undefined ? true : this.#met(onlyIf, topic),
    );
  }

  /** `within`: the topic of the question that has the condition. */
  #met({ question, answer }: Condition, within: Topic | null): Standing {
    const prompt = within?.prompts.find(({ id }) => id === question);
    const topic = this.#topicOf(question, within);
    if (topic === null) return undefined;
    const standing = prompt === undefined ? this.#ofTopic(topic) : this.#ofPrompt(topic, prompt);
    if (standing === false) return false;
    const given = this.#answerIn(slotsOf(topic, question));
    return given === null ? undefined : given === answer;
  }

  #topicOf(question: string, within: Topic | null): Topic | null {
    if (within?.prompts.some(({ id }) => id === question) === true) return within;
    return this.#topics.find(({ id }) => id === question) ?? null;
  }

  /** True if a question on which this one depends has no answer at all. */
  lacks(slot: Slot): boolean {
    const [, id = '', question] = slot.split('/');
    const topic = this.#topics.find((one) => one.id === id);
    if (topic === undefined) return false;
    const prompt = topic.prompts.find((one) => one.id === question);
    return [
      ...(topic.onlyIf === undefined ? [] : [this.#isEmpty(topic.onlyIf, null)]),
      ...(prompt === undefined ? [] : this.#above(topic, prompt)),
    ].includes(true);
  }

  #above(topic: Topic, { onlyIf, under }: TopicPrompt): readonly boolean[] {
    const above = topic.prompts.find(({ id }) => id === under);
    return [
      ...(onlyIf === undefined ? [] : [this.#isEmpty(onlyIf, topic)]),
      ...(above === undefined ? [] : this.#above(topic, above)),
    ];
  }

  #isEmpty({ question }: Condition, within: Topic | null): boolean {
    const topic = this.#topicOf(question, within);
    const slots = topic === null ? [] : slotsOf(topic, question);
    return topic !== null && !slots.some((slot) => this.#turn.session.counts[slot] !== undefined);
  }

  /** The latest message that says it counts: "No." and, later, "Yes, we did after all." */
  #answerIn(slots: readonly Slot[]): 'yes' | 'no' | null {
    return standsFor(this.#turn, slots)?.stance ?? null;
  }
}

/** The message that decides the answer of these slots; null if none does, or if a later one leaves it open. */
export function standsFor(
  turn: Turn,
  slots: readonly Slot[],
): { readonly part: Part; readonly stance: 'yes' | 'no' } | null {
  const parts = turn.parts().filter(({ slot }) => slots.includes(slot));
  return parts.reduce<ReturnType<typeof standsFor>>((last, part) => {
    const stance = stanceIn(turn.world.lexicon, part.text);
    if (stance === null) return last;
    return stance === 'open' ? null : { part, stance };
  }, null);
}

/** True if other questions depend on the answer in this slot. */
export function isDecisive({ world }: Turn, slot: Slot): boolean {
  const [, topic = '', question = topic] = slot.split('/');
  const all = topicsOf(world.call);
  const own = all.find(({ id }) => id === topic)?.prompts ?? [];
  return (
    own.some(({ onlyIf }) => onlyIf?.question === question) ||
    all.some(({ onlyIf }) => onlyIf?.question === topic && question === topic)
  );
}

/** The answer to a whole topic may be in either slot. */
function slotsOf({ id }: Topic, question: string): readonly Slot[] {
  const slot = `topic/${id}/${question}`;
  return question === id ? [`topic/${id}`, slot] : [slot];
}

function entry(slot: Slot, standing: Standing): readonly (readonly [Slot, boolean])[] {
  return standing === undefined ? [] : [[slot, standing]];
}

function both(one: Standing, other: Standing): Standing {
  if (one === false || other === false) return false;
  return one === undefined || other === undefined ? undefined : true;
}

/** After a change of the answers: which questions apply now. Says so if an answer or a question comes or goes. */
export function settleConditions(turn: Turn): void {
  const { contribution, conditions: before = {} } = turn.session;
  if (contribution === null) return;
  const conditional = topicsOf(turn.world.call).some(
    ({ onlyIf, prompts }) => onlyIf !== undefined || prompts.some((prompt) => prompt.onlyIf !== undefined),
  );
  if (!conditional) return;
  const written = Object.keys(turn.session.counts);
  const isAnswered = (slot: Slot) => written.some((one) => one === slot || one.startsWith(`${slot}/`));
  const standings = new Standings(turn);
  const known = standings.all();
  // The answer before it was taken out: it would stand in the document without it.
  const left = Object.keys(before).filter(
    (slot) => known[slot] === undefined && isAnswered(slot) && standings.lacks(slot),
  );
  const now: Readonly<Record<Slot, boolean>> = { ...known, ...Object.fromEntries(left.map((slot) => [slot, false])) };
  const slots = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const changed = slots.filter((slot) => (before[slot] === false) !== (now[slot] === false));
  const { conditions: _, ...rest } = turn.session;
  turn.session = Object.keys(now).length === 0 ? rest : { ...rest, conditions: now };
  if (changed.length > 0) turn.change({ built: null });
  if (turn.facts.elsewhere === true) return;
  const of = (those: readonly Slot[]) => ({ list: those.map((slot) => numberOf(turn, slot)), by: 'comma' as const });
  const answered = changed.filter(isAnswered);
  const gone = answered.filter((slot) => now[slot] === false && !left.includes(slot));
  const alone = answered.filter((slot) => left.includes(slot));
  const back = answered.filter((slot) => now[slot] !== false);
  const asked = changed.filter((slot) => !answered.includes(slot) && now[slot] === true && !isAhead(turn, slot));
  if (gone.length > 0) turn.say('topics.kept-aside', { numbers: of(gone) });
  if (alone.length > 0) turn.say('topics.kept-alone', { numbers: of(alone) });
  if (back.length > 0) turn.say('topics.back-in', { numbers: of(back) });
  if (asked.length > 0) turn.say('topics.applies', { numbers: of(asked) }, { commands: ['review'] });
}

function numberOf(turn: Turn, slot: Slot) {
  const [, id = '', question] = slot.split('/');
  const topic = topicsOf(turn.world.call).find((one) => one.id === id);
  const number = topic?.prompts.find((prompt) => prompt.id === question)?.number ?? topic?.number ?? '';
  return { key: 'topics.by-number', params: { number } };
}

/** The conversation leads there by itself: a later question of the same topic, or the list of topics. */
function isAhead(turn: Turn, slot: Slot): boolean {
  const { at: open, under: all } = turn.session;
  const [, topic = '', question] = slot.split('/');
  // A question about the answer interrupts only itself.
  const isDoubt = open.prompt === 'doubt' && all.length > 0;
  const at = (isDoubt ? all.at(-1) : undefined) ?? open;
  const under = isDoubt ? all.slice(0, -1) : all;
  if (under.length > 0 || (at.prompt !== 'topic-one' && at.prompt !== 'topic' && at.prompt !== 'topics')) return false;
  if (question === undefined) return true;
  const [here, asked] = at.of?.split('/') ?? [];
  const ids =
    topicsOf(turn.world.call)
      .find(({ id }) => id === topic)
      ?.prompts.map(({ id }) => id) ?? [];
  return here === topic && ids.indexOf(question) > ids.indexOf(asked ?? '');
}
