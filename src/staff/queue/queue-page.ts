// The queue as a page: filters, then cases that need this reviewer, then the others. Each row is one link.

import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import { type Language, LANGUAGES } from '../../languages.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { numberFormat } from '../../texts/local-format.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { CallTerms } from '../call-facts.ts';
import { referenceForm } from '../reference-form.ts';
import { CASE_STATES, isNarrowed, type QueueEntry, type QueueFilter } from './order-queue.ts';

/** All data of the page. */
interface QueuePage {
  readonly texts: StaffTexts;
  readonly language: Language;
  readonly me: string;
  /** Filtered, in order. */
  readonly entries: readonly QueueEntry[];
  readonly filter: QueueFilter;
  /** Titles of the calls in the queue, by id; more than one: each row says its own. */
  readonly calls: ReadonlyMap<string, string>;
  /** Of colleagues, by account. */
  readonly names: ReadonlyMap<string, string>;
  /** Result of the last act. */
  readonly said: string | null;
  /** Releases that this reviewer can still take back. */
  readonly takeable: Html | null;
  /** A searched reference that was not found. */
  readonly notFound: string | null;
  /** The desk's script; it only says that something changed. */
  readonly script: string;
  readonly mayExport: boolean;
  /** Number of unmatched mails; 0 for roles that may not see them. */
  readonly unmatched: number;
}

// The filters of the queue: plain GET forms, so that they work without script and can be bookmarked.

type Options = readonly (readonly [value: string, label: string])[];

function filters(page: Pick<QueuePage, 'texts' | 'filter' | 'calls' | 'names' | 'me'>): Html {
  const { filter, calls, names, me } = page;
  const { queue } = page.texts;
  const { columns } = queue;
  const people: Options = [['me', queue.me], ['nobody', queue.nobody], ...[...names].filter(([id]) => id !== me)];
  return html`<details class="filters" ${isNarrowed(filter) ? 'open' : ''}>
    <summary>${queue.filter}</summary>
    <form method="get" action="/desk">
      ${filter.scope === 'done' && html`<input type="hidden" name="scope" value="done" />`}
      ${choose(
        'state',
        columns.state,
        queue.all,
        filter.state,
        CASE_STATES.map((one) => [one, queue.state[one]]),
      )}
      ${choose(
        'language',
        columns.language,
        queue.all,
        filter.language,
        LANGUAGES.map((one) => [one, queue.languages[one]]),
      )}
      ${choose('flag', columns.flag, queue.all, filter.flag, Object.entries(queue.flags))}
      ${calls.size > 1 && choose('call', columns.call, queue.all, filter.call, [...calls])}
      ${choose('assigned', columns.assigned, queue.allTheirs, filter.assigned, people)}
      <p class="check">
        <input type="checkbox" id="mine" name="mine" value="1" ${filter.mine === null ? '' : 'checked'} />
        <label for="mine">${queue.mineOnly}</label>
      </p>
      <p><button>${queue.apply}</button> <a href="/desk">${queue.clear}</a></p>
    </form>
  </details>`;
}

function choose(name: string, label: string, all: string, chosen: string | null, options: Options): Html {
  return html`<p>
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      <option value="">${all}</option>
      ${options.map(
        ([value, text]) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${text}</option>`,
      )}
    </select>
  </p>`;
}

export function queueMain(page: QueuePage): Html {
  const { entries, filter, texts } = page;
  const { queue } = texts;
  const mine = entries.filter(({ need }) => need !== null);
  const others = entries.filter(({ need }) => need === null);
  const [first] = mine;
  return html`${page.said !== null && html`<p class="note said" role="status">${page.said}</p>`} ${page.takeable}
    ${filter.scope === 'open' && summary(queue, mine.length)}
    <p id="news" class="news" role="status" data-live="/desk/live" data-changed="${queue.changed}">
      <a href="${here(filter)}">${queue.reload}</a>
    </p>
    ${page.unmatched > 0 && html`<p class="note"><a href="/desk/mails">${fill(texts.mails.waiting, { count: page.unmatched })}</a></p>`}
    ${page.notFound !== null && html`<p class="problem" role="alert">${fill(queue.notFound, { reference: page.notFound })}</p>`}
    ${first !== undefined && filter.scope === 'open' && nextCase(first, page)}
    <div class="tools">
      ${referenceForm('/desk/find', page.notFound, queue.reference, queue.search)} ${filters(page)}
    </div>
    ${entries.length === 0 && html`<p>${isNarrowed(filter) ? queue.emptyNarrowed : queue.empty}</p>`}
    ${
      filter.scope === 'done'
        ? group(queue.groupDone, entries, page)
        : html`${group(queue.groupMine, mine, page)} ${group(queue.groupOthers, others, page)}`
    }
    <p>
      ${
        filter.scope === 'open'
          ? html`<a href="/desk?scope=done">${queue.showDone}</a>`
          : html`<a href="/desk">${queue.showOpen}</a>`
      }
    </p>
    ${
      page.mayExport &&
      html`<p>
        <a href="/desk/export">${texts.exports.heading}</a> · <a href="/desk/mails">${texts.mails.heading}</a>
      </p>`
    }
    <script type="module" src="${page.script}"></script>`;
}

function summary(queue: StaffTexts['queue'], count: number): Html {
  return html`<p class="summary">${count === 0 ? queue.needYouNone : fill(queue.needYou, { count })}</p>`;
}

/** The URL of the same view. */
function here(filter: QueueFilter): string {
  const given = Object.entries(filter).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  return `/desk?${new URLSearchParams(given).toString()}`;
}

function nextCase(entry: QueueEntry, page: QueuePage): Html {
  const { queue } = page.texts;
  return html`<section class="next" aria-labelledby="next">
    <h2 id="next">${queue.next}: ${nameOf(entry, queue)}</h2>
    <p>
      <strong>${queue.need[entry.need ?? 'none']}</strong> · ${timeLeft(entry, queue)} · ${publicationOf(entry, queue)}
    </p>
    ${entry.flags.length > 0 && html`<p>${entryFlags(entry, queue)}</p>`}
    <p><a class="button go" href="${hrefOf(entry)}">${queue.open}</a></p>
  </section>`;
}

function group(heading: string, entries: readonly QueueEntry[], page: QueuePage): Html | '' {
  if (entries.length === 0) return '';
  const { columns } = page.texts.queue;
  return html`<section>
    <h2>${heading} (${entries.length})</h2>
    <div class="rows">
      <p class="heads" aria-hidden="true">
        <span>${columns.time}</span><span>${columns.case}</span><span>${columns.need}</span
        ><span>${columns.publication}</span><span>${columns.flags}</span><span>${columns.about}</span
        ><span>${columns.assigned}</span>
      </p>
      <ol class="queue">
        ${entries.map((entry) => row(entry, page))}
      </ol>
    </div>
  </section>`;
}

function row(entry: QueueEntry, page: QueuePage): Html {
  const { queue } = page.texts;
  const { columns } = queue;
  const { assignedTo } = entry.row;
  const who =
    assignedTo === null ? queue.nobody : assignedTo === page.me ? queue.me : (page.names.get(assignedTo) ?? queue.gone);
  const need = queue.need[entry.need ?? 'none'];
  return html`<li class="${entry.need === null ? 'row' : 'row mine'}">
    <span class="time">${timeLeft(entry, queue)}</span>
    <span class="case"><a href="${hrefOf(entry)}">${nameOf(entry, queue)}</a> ${queue.state[entry.state]}</span>
    <span class="need"
      >${entry.need === null ? html`<span class="unseen">${columns.need}: </span>${need}` : html`<strong>${need}</strong>`}</span
    >
    <span><span class="unseen">${columns.publication}: </span>${publicationOf(entry, queue)}</span>
    <span
      ><span class="unseen">${columns.flags}: </span
      >${entry.flags.length === 0 ? queue.noFlags : entryFlags(entry, queue)}</span
    >
    <span class="quiet">${aboutOf(entry, page)}</span>
    <span><span class="label">${columns.assigned}: </span>${who}</span>
  </li>`;
}

export function hrefOf({ row }: QueueEntry): string {
  return row.case === null ? `/desk/person/${row.person}` : `/desk/case/${row.case}`;
}

function nameOf({ row }: QueueEntry, queue: StaffTexts['queue']): string {
  if (row.reference !== null) return row.reference;
  return row.case === null ? callerName(row.person, queue) : queue.noCase;
}

/** Tells people without a case apart, on the list and in the audit log; it says nothing about them. */
export function callerMark(person: string): string {
  return createHash('sha256').update(`caller/${person}`).digest('hex').slice(0, 4).toUpperCase();
}

export function callerName(person: string, { callerOf }: StaffTexts['queue']): string {
  return fill(callerOf, { mark: callerMark(person) });
}

export function timeLeft({ hoursLeft }: Pick<QueueEntry, 'hoursLeft'>, queue: StaffTexts['queue']): string {
  if (hoursLeft === null) return queue.noDeadline;
  if (hoursLeft < 0) return queue.passed;
  if (hoursLeft < 1) return queue.lastHour;
  return hoursLeft < 96
    ? fill(queue.hoursLeft, { count: hoursLeft })
    : fill(queue.daysLeft, { count: Math.floor(hoursLeft / 24) });
}

function publicationOf({ row, terms }: QueueEntry, queue: StaffTexts['queue']): string {
  const known = row.publication.flatMap((value) => publicationName(value, queue, terms) ?? []);
  if (known.length > 0) return known.join(' / ');
  return terms?.publishes === 'never' ? queue.notAsked : queue.notChosen;
}

/** Null if it is no choice who may read a text. "Confidential" is a word for what the call grants. */
export function publicationName(
  value: string,
  { publication, request }: StaffTexts['queue'],
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

export function entryFlags({ flags }: QueueEntry, queue: StaffTexts['queue']): Html {
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

function aboutOf({ row }: QueueEntry, { texts: { queue }, language, calls }: QueuePage): string {
  const count = numberFormat(language)(row.words);
  const title = calls.size > 1 ? calls.get(row.callId) : undefined;
  return [
    ...(title === undefined ? [] : [title]),
    queue.languages[row.language],
    channelName(row.channel, queue),
    ...(row.words > 0 ? [fill(queue.words, { count })] : []),
    ...(row.contributions > 1 ? [fill(queue.joint, { count: row.contributions })] : []),
  ].join(' · ');
}

export function channelName(channel: string | null, { channels }: StaffTexts['queue']): string {
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
