// The last day of a call, its hour and zone, and whether it was extended.

import { daysIn, hourIn, namesOtherClocks, zoneIn } from './dates.ts';
import { either, fact, has, NOTHING, type Reading } from './facts.ts';
import type { Page, Sentence } from './page.ts';
import type { PageWords } from './page-words.ts';

/** A day on the page that may be the last one. */
interface Candidate {
  readonly date: string;
  readonly sentence: Sentence;
  readonly isExtended: boolean;
  /** Less is surer: under its heading, after a word such as "until", alone on a line. */
  readonly rank: number;
  readonly time: string | null;
  readonly zone: string | null;
}

const ABOUT = 'deadline';
const CLOCKS =
  'these clocks are not known here: write their zone, such as America/Guayaquil, in place of the assumed one';

export function findDeadline({ sentences }: Page, words: readonly PageWords[]): Reading {
  const found = sentences.flatMap((sentence) => candidatesIn(sentence, words));
  const first = found.filter(({ isExtended }) => !isExtended).sort((one, other) => one.rank - other.rank)[0];
  const last = found.filter(({ isExtended }) => isExtended).at(-1);
  if (first === undefined) return withoutDay(sentences, last, words);
  const { sentence, date } = first;
  const same = found.filter((each) => each.date === date && !each.isExtended);
  const timed = same.find(({ time }) => time !== null);
  const zoned = same.find(({ zone }) => zone !== null);
  const facts = [
    fact('deadline.date', date, sentence),
    ...(timed === undefined ? [] : [fact('deadline.time', timed.time, timed.sentence)]),
    ...(zoned === undefined ? [] : [fact('deadline.zone', zoned.zone, zoned.sentence)]),
    ...meaningOf([sentence, ...same.map((each) => each.sentence)], words),
  ];
  const others = found.filter((each) => !each.isExtended && each.rank < 2 && each.date !== date);
  const doubts = [
    ...others.map((each) => ({ about: ABOUT, why: 'this is another last day', sentence: each.sentence })),
    ...(zoned === undefined && namesOtherClocks(sentence.plain) ? [{ about: ABOUT, why: CLOCKS, sentence }] : []),
  ];
  if (last === undefined || last.date < date) return { facts, doubts };
  const longer = {
    date: last.date,
    ...(last.time === null ? {} : { time: last.time }),
    ...(last.zone === null ? {} : { zone: last.zone }),
  };
  return { facts: [...facts, fact('deadline.extended', [longer], last.sentence)], doubts };
}

function candidatesIn(sentence: Sentence, words: readonly PageWords[]): readonly Candidate[] {
  return daysIn(sentence.plain, words).flatMap(({ date, from, to }) => {
    const [before, after] = [sentence.plain.slice(0, from), sentence.plain.slice(to)];
    const isExtended = has(before, `\\b(?:${either(words, 'extendedTo')})[^.;]{0,40}$`);
    const isLast = isExtended || has(before, `\\b(?:${either(words, 'until')})[^.;]{0,60}$`);
    const isUnder = sentence.under === 'deadline' && sentence.isValue && before.length < 60;
    const isAlone = sentence.isFirst && before.trim() === '' && after.trim() === '';
    if (!isLast && !isUnder && !isAlone) return [];
    const rank = isUnder ? 0 : isLast ? 1 : 2;
    return [
      {
        date,
        sentence,
        isExtended,
        rank,
        time: hourIn(after, words) ?? hourIn(before.slice(-24), words),
        zone: zoneIn(after),
      },
    ];
  });
}

function meaningOf(said: readonly Sentence[], words: readonly PageWords[]) {
  for (const meaning of ['received', 'sent'] as const) {
    const sentence = said.find(({ plain }) => has(plain, either(words, meaning)));
    if (sentence !== undefined) return [fact('deadline.meaning', meaning, sentence)];
  }
  return [];
}

/** "At midnight Brussels time on the closing date": an hour, but no day. */
function withoutDay(sentences: readonly Sentence[], last: Candidate | undefined, words: readonly PageWords[]): Reading {
  if (last !== undefined) {
    const why = 'it was extended; the first deadline was not found';
    return { facts: [], doubts: [{ about: ABOUT, why, sentence: last.sentence }] };
  }
  const dated = sentences.find(({ plain }) => zoneIn(plain) !== null && hourIn(plain, words) !== null);
  if (dated === undefined) return NOTHING;
  const facts = [
    fact('deadline.time', hourIn(dated.plain, words), dated),
    fact('deadline.zone', zoneIn(dated.plain), dated),
    ...meaningOf([dated], words),
  ];
  return { facts, doubts: [{ about: ABOUT, why: 'an hour without a day: find the day', sentence: dated }] };
}
