// The words of one row: what is lost, how long it has waited, how long is left, whose it is.

import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import type { Language } from '../../languages.ts';
import type { QueueFacts } from '../../store/desk/queue-row.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { numberFormat } from '../../texts/local-format.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { CallTerms } from '../call-facts.ts';
import type { QueueEntry } from './order-queue.ts';

type Queue = StaffTexts['queue'];

export function nameOf(
  { row }: Pick<QueueEntry<QueueFacts>, 'row'>,
  queue: Queue,
  moment: (iso: string) => string,
): string {
  if (row.reference !== null) return row.reference;
  return row.case === null ? callerName(row.person, queue) : draftName({ ...row, id: row.case }, queue, moment);
}

/** Of a case without a reference. */
export function draftName(
  { id, openedAt }: { readonly id: string; readonly openedAt: string },
  { begun }: Queue,
  moment: (iso: string) => string,
): string {
  return fill(begun, { time: moment(openedAt), mark: markOf(`case/${id}`) });
}

/** Tells people without a case apart, on the list and in the audit log; it says nothing about them. */
export function callerMark(person: string): string {
  return markOf(`caller/${person}`);
}

function markOf(what: string): string {
  return createHash('sha256').update(what).digest('hex').slice(0, 4).toUpperCase();
}

export function callerName(person: string, { callerOf }: Queue): string {
  return fill(callerOf, { mark: callerMark(person) });
}

export function timeLeft({ hoursLeft }: Pick<QueueEntry, 'hoursLeft'>, queue: Queue): string {
  if (hoursLeft === null) return queue.noDeadline;
  if (hoursLeft < 0) return queue.passed;
  return inTime(hoursLeft, queue);
}

/** `hours`: not negative. */
export function inTime(hours: number, queue: Queue): string {
  if (hours < 1) return queue.lastHour;
  return hours < 96 ? fill(queue.hoursLeft, { count: hours }) : fill(queue.daysLeft, { count: Math.floor(hours / 24) });
}

/** Of the loss; a recording has a time to itself. */
export function lossTime({ lossIn, hoursLeft, loss }: QueueEntry<QueueFacts>, queue: Queue): string {
  if (loss !== 'recording') return timeLeft({ hoursLeft }, queue);
  return lossIn === null || lossIn < 0 ? queue.lastHour : inTime(lossIn, queue);
}

const MINUTE = 60_000;

export function waited(since: string, now: Date, queue: Queue): string {
  const minutes = Math.max(1, Math.floor((now.getTime() - Date.parse(since)) / MINUTE));
  if (minutes < 60) return fill(queue.waitedMinutes, { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? fill(queue.waitedHours, { count: hours })
    : fill(queue.waitedDays, { count: Math.floor(hours / 24) });
}

/** The next step, or why there is none for this reviewer; "" if there is none at all. */
export function stepWords({ need, apart }: QueueEntry<QueueFacts>, queue: Queue): string {
  if (need !== null) return queue.need[need];
  return apart === null || apart === 'reader' ? '' : queue.apart[apart];
}

/** Why a case is put off, as its list says it. */
export function whyWords(why: string, { putOffWhy }: Queue): string {
  return Object.entries(putOffWhy).find(([name]) => name === why)?.[1] ?? putOffWhy.other;
}

export function publicationOf({ row, terms }: Pick<QueueEntry, 'row' | 'terms'>, queue: Queue): string {
  const known = row.publication.flatMap((value) => publicationName(value, queue, terms) ?? []);
  if (known.length > 0) return known.join(' / ');
  return terms?.publishes === 'never' ? queue.notAsked : queue.notChosen;
}

/** Null if it is no choice who may read a text. "Confidential" is a word for what the call grants. */
export function publicationName(
  value: string,
  { publication, request }: Queue,
  terms: CallTerms | null = null,
): string | null {
  switch (value) {
    case 'public-named':
    case 'public-unnamed':
      return publication[value];
    case 'confidential':
      return terms?.wish === 'request' || terms?.wish === 'by-form' ? request : publication[value];
    default:
      return null;
  }
}

export function entryFlags({ flags }: Pick<QueueEntry<QueueFacts>, 'flags'>, queue: Queue): Html {
  return html`<span class="flags"
    >${flags.map((flag) => html`<span class="${isUrgent(flag) ? 'flag urgent' : 'flag'}">${isUrgent(flag) ? '! ' : ''}${queue.flags[flag]}</span> `)}</span
  >`;
}

function isUrgent(flag: QueueEntry['flags'][number]): boolean {
  return (
    flag === 'in-danger' ||
    flag === 'under-age' ||
    flag === 'wants-contact' ||
    flag === 'asks-for-person' ||
    flag === 'alarm'
  );
}

export function aboutOf(
  { row }: Pick<QueueEntry<QueueFacts>, 'row'>,
  queue: Queue,
  { language, calls }: { readonly language: Language; readonly calls: ReadonlyMap<string, string> },
): string {
  const count = numberFormat(language)(row.words);
  const title = calls.size > 1 ? calls.get(row.callId) : undefined;
  return [
    ...(title === undefined ? [] : [title]),
    queue.languages[row.language],
    channelName(row.channel, queue),
    ...(row.words > 0 ? [fill(queue.words, { count })] : row.case === null ? [] : [queue.noWords]),
    ...(row.contributions > 1 ? [fill(queue.joint, { count: row.contributions })] : []),
  ].join(' · ');
}

export function channelName(channel: string | null, { channels }: Queue): string {
  switch (channel) {
    case 'web-chat':
    case 'whatsapp':
    case 'whatsapp-cloud':
    case 'teams':
    case 'console':
      return channels[channel];
    default:
      return channels.other;
  }
}
