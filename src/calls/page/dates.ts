// Days, hours and zones in a page's sentences.

import type { PageWords } from './page-words.ts';

export interface Day {
  /** YYYY-MM-DD */
  readonly date: string;
  /** In the folded sentence. */
  readonly from: number;
  readonly to: number;
}

/** Days with a year, written in words or as YYYY-MM-DD. "06/04/2021" is two days, and none of them. */
export function daysIn(plain: string, words: readonly PageWords[]): readonly Day[] {
  const found: Day[] = [];
  for (const { months } of words) {
    for (const [index, month] of months.entries()) {
      const forms = [
        `(?<day>\\d{1,2})(?:st|nd|rd|th|er|o|º|ª)?\\s+(?:of\\s+|de\\s+)?(?:${month})\\s*,?\\s+(?:de\\s+|del\\s+)?(?<year>\\d{4})`,
        `(?:${month})\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s*,?\\s+(?<year>\\d{4})`,
      ];
      for (const form of forms) {
        for (const at of plain.matchAll(new RegExp(`(?<![\\w/])${form}(?!\\d)`, 'gu')))
          found.push(dayOf(at, at.groups?.['year'], index + 1, at.groups?.['day']));
      }
    }
  }
  for (const at of plain.matchAll(/(?<![\w/-])(\d{4})-(\d{2})-(\d{2})(?![\d-])/gu))
    found.push(dayOf(at, at[1], Number(at[2]), at[3]));
  const known = new Map(found.filter(({ date }) => isDay(date)).map((day) => [day.from, day]));
  return [...known.values()].sort((one, other) => one.from - other.from);
}

function dayOf(at: RegExpMatchArray, year = '', month: number, day = ''): Day {
  const from = at.index ?? 0;
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return { date, from, to: from + at[0].length };
}

function isDay(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** "23:30", "11.59 p.m.", "23h59", "noon"; null if there is none. Midnight is the end of the day. */
export function hourIn(plain: string, words: readonly PageWords[]): string | null {
  if (words.some(({ midnight }) => hears(plain, midnight))) return '24:00';
  if (words.some(({ noon }) => hears(plain, noon))) return '12:00';
  const at =
    /(?<![\d.,])(\d{1,2})(?:[:.h]| h )(\d{2})(?![\d%])\s*([ap]\.?m\b)?/u.exec(plain) ??
    /(?<![\d.,])(\d{1,2})()\s*([ap]\.?m\b)/u.exec(plain);
  if (at === null) return null;
  const half = at[3]?.charAt(0);
  const hour = Number(at[1]);
  const full = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  const time = `${String(full).padStart(2, '0')}:${(at[2] ?? '').padEnd(2, '0')}`;
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(time) ? time : null;
}

function hears(plain: string, words: string): boolean {
  return new RegExp(`(?<!\\w)(?:${words})(?!\\w)`, 'u').test(plain);
}

/** Places by which bodies give their hours. */
const ZONES: readonly (readonly [words: string, zone: string])[] = [
  ['(?:gene(?:va|ve|bra)|ginebra)', 'Europe/Zurich'],
  ['(?:brussels|bruxelles|bruselas|bruxelas)', 'Europe/Brussels'],
  ['(?:washington|new york|nueva york|nova york|eastern)', 'America/New_York'],
  ['(?:london|londres)', 'Europe/London'],
  ['(?:paris)', 'Europe/Paris'],
  ['(?:madrid)', 'Europe/Madrid'],
  ['(?:lisbon|lisbonne|lisboa)', 'Europe/Lisbon'],
  ['(?:bogota)', 'America/Bogota'],
  ['(?:lima)', 'America/Lima'],
  ['(?:buenos aires)', 'America/Argentina/Buenos_Aires'],
  ['(?:brasilia)', 'America/Sao_Paulo'],
  ['(?:ciudad de mexico|mexico city|cidade do mexico)', 'America/Mexico_City'],
  ['(?:port-au-prince|puerto principe|porto principe)', 'America/Port-au-Prince'],
  ['(?:dakar)', 'Africa/Dakar'],
  ['(?:addis ababa|addis-abeba|adis abeba)', 'Africa/Addis_Ababa'],
  ['(?:nairobi)', 'Africa/Nairobi'],
  ['(?:banjul)', 'Africa/Banjul'],
];
const TIME = "(?:time|heure d[e']|hora (?:oficial )?de|horario de)";

/** A zone next to an hour: "Geneva time", "EST", "GMT-5"; null if there is none. */
export function zoneIn(plain: string): string | null {
  for (const [place, zone] of ZONES) {
    if (new RegExp(`${place} ?(?:\\(?[a-z]{3,4}\\)? )?${TIME}|${TIME} ?${place}`, 'u').test(plain)) return zone;
  }
  const offset = /\b(?:gmt|utc) ?([+-])(\d{1,2})(?::?(\d{2}))?\b/u.exec(plain);
  if (offset !== null) return `${offset[1] ?? '+'}${(offset[2] ?? '').padStart(2, '0')}:${offset[3] ?? '00'}`;
  const named = /\b(est|cet|utc|gmt)\b/u.exec(plain)?.[1];
  if (named === 'cet') return 'Europe/Zurich';
  // In summer London is ahead of it, and pages say so all the same.
  if (named === 'gmt' && /\blondon\b|\buk\b|\bbritish\b/u.test(plain)) return null;
  return named === 'gmt' ? 'UTC' : (named?.toUpperCase() ?? null);
}

/** The clocks of a place or country that is not known here: "Quito time". */
export function namesOtherClocks(plain: string): boolean {
  const clocks = /\b(?:[a-z]{4,} (?:\w+ )?time\b|heure (?:locale|d['e])|hora (?:local|oficial|de )|horario de )/u;
  return zoneIn(plain) === null && clocks.test(plain);
}

/** Our assumption if no zone is stated: the seat of a body that the page names. */
export function seatOf(plain: string): string | null {
  const seats: readonly (readonly [string, string])[] = [
    ['african commission|commission africaine|banjul', 'Africa/Banjul'],
    ['inter-american|interamerican|redesca|iachr|\\bcidh\\b', 'America/New_York'],
    ['european commission|comision europea|commission europeenne', 'Europe/Brussels'],
    ['home affairs committee|house of commons|parliament\\.uk|\\blondon\\b', 'Europe/London'],
    [
      'human rights council|ohchr|acnudh|hcdh|high commissioner|expert mechanism|mecanismo de expertos|permanent forum|special rapporteur|united nations|geneva',
      'Europe/Zurich',
    ],
  ];
  return seats.find(([words]) => new RegExp(words, 'u').test(plain))?.[1] ?? null;
}
