// The queue as a page: what to do next, then ten rows, each one link. Several rows can be assigned at once.

import { html } from 'hono/html';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { referenceForm } from '../reference-form.ts';
import { type LoadedPage, ROWS } from './load-queue.ts';
import { isMine, isNarrowed, queryOf, type QueueEntry, type QueueItem } from './order-queue.ts';
import { filters, savedViews } from './queue-filters.ts';
import {
  aboutOf,
  entryFlags,
  inTime,
  lossTime,
  nameOf,
  publicationOf,
  stepWords,
  waited,
  whyWords,
} from './row-words.ts';
import { hrefOf, RECORDINGS } from './take-next.ts';
import { PICK, type QueuePage } from './page-data.ts';

export function queueMain(page: QueuePage): Html {
  const { loaded, filter, texts, csrf } = page;
  const { queue } = texts;
  const { items, first } = loaded;
  const isDone = filter.scope === 'done';
  const mine = items.filter((item) => !isDone && isMine(item));
  const others = items.filter((item) => isDone || !isMine(item));
  const rest = loaded.total - loaded.mine;
  return html`${page.said !== null && html`<p class="note said" role="status">${page.said}</p>`} ${page.takeable}
    ${!isDone && summary(queue, loaded.mine)}
    <p id="news" class="news" role="status" data-live="/desk/live" data-changed="${queue.changed}">
      <a href="/desk?${queryOf(filter)}">${queue.reload}</a>
    </p>
    ${page.notFound !== null && html`<p class="problem" role="alert">${fill(queue.notFound, { reference: page.notFound })}</p>`}
    ${first !== null && !isDone && loaded.page === 1 && nextStep(sameIn(items, first), page)}
    <div class="tools">
      ${referenceForm('/desk/find', page.notFound, queue.reference, queue.search)} ${filters(page)} ${savedViews(page)}
    </div>
    ${items.length === 0 && html`<p>${isNarrowed(filter) ? queue.emptyNarrowed : queue.empty}</p>`}
    ${
      page.mayAct && !isDone && items.length > 0
        ? html`<form method="post" action="/desk/assign" autocomplete="off">
            ${csrf}<input type="hidden" name="back" value="${queryOf(filter)}" />
            ${group(queue.groupMine, loaded.mine, mine, page)} ${group(queue.groupOthers, rest, others, page)}
            ${assignMany(page)}
          </form>`
        : html`${group(queue.groupMine, loaded.mine, mine, page)}
          ${group(isDone ? queue.groupDone : queue.groupOthers, isDone ? loaded.total : rest, others, page)}`
    }
    ${pages(page)}
    <p>
      ${isDone ? html`<a href="/desk">${queue.showOpen}</a>` : html`<a href="/desk?scope=done">${queue.showDone}</a>`}
    </p>
    ${
      page.mayAct &&
      html`<p>
        <a href="/desk/export">${texts.exports.heading}</a> · <a href="/desk/mails">${texts.mails.heading}</a>
      </p>`
    }
    <script type="module" src="${page.script}"></script>`;
}

/** As its row on this page says it: from its document, if there is one, and not from its columns only. */
function sameIn(
  items: readonly QueueItem[],
  first: NonNullable<LoadedPage['first']>,
): NonNullable<LoadedPage['first']> {
  if (first.kind === 'mails') return first;
  const { case: id, person } = first.entry.row;
  const isSame = ({ row: one }: QueueEntry) => one.case === id && one.person === person;
  return items.find((item) => item.kind !== 'mails' && isSame(item.entry)) ?? first;
}

function summary(queue: StaffTexts['queue'], count: number): Html {
  return html`<p class="summary">${count === 0 ? queue.needYouNone : fill(queue.needYou, { count })}</p>`;
}

/** The button gives this reviewer the first case that nobody else has taken meanwhile. */
function nextStep(item: NonNullable<LoadedPage['first']>, page: QueuePage): Html {
  const { queue, mails } = page.texts;
  if (item.kind === 'mails') {
    return html`<section class="next" aria-labelledby="next">
      <h2 id="next">${queue.next}: ${mails.heading}</h2>
      <p><a class="button go" href="/desk/mails">${queue.need.reply}</a></p>
    </section>`;
  }
  const { entry } = item;
  return html`<section class="next" aria-labelledby="next">
    <h2 id="next">${queue.next}: ${nameOf(entry, queue, page.moment)}</h2>
    <p>
      <strong>${queue.loss[entry.loss]}</strong> ${waited(entry.since, page.now, queue)} · ${lossTime(entry, queue)}
    </p>
    <p class="quiet">${aboutOf(entry, queue, page)}</p>
    ${entry.flags.length > 0 && html`<p>${entryFlags(entry, queue)}</p>`}
    <form method="post" action="/desk/next">
      ${page.csrf}
      <button class="go">${stepWords(entry, queue)}</button>
      <span class="hint">${queue.nextWhat}</span>
    </form>
  </section>`;
}

function group(heading: string, count: number, items: readonly QueueItem[], page: QueuePage): Html | '' {
  if (items.length === 0) return '';
  const { columns } = page.texts.queue;
  return html`<section>
    <h2>${heading} (${count})</h2>
    <div class="rows">
      <p class="heads" aria-hidden="true">
        <span>${columns.case}</span><span>${columns.loss}</span><span>${columns.publication}</span
        ><span>${columns.flags}</span><span>${columns.about}</span><span>${columns.assigned}</span>
      </p>
      <ol class="queue">
        ${items.map((item) => (item.kind === 'mails' ? mailsRow(item.mails, page) : row(item.entry, page)))}
      </ol>
    </div>
  </section>`;
}

function mailsRow(mails: Extract<QueueItem, { kind: 'mails' }>['mails'], page: QueuePage): Html {
  const { queue, mails: texts } = page.texts;
  const left = inTime(Math.max(0, mails.lossIn), queue);
  return html`<li class="row mine">
    <span class="case"><a href="/desk/mails">${texts.heading}</a></span>
    <span class="need"
      ><strong>${fill(texts.waiting, { count: mails.count })}</strong> ${queue.need.reply}
      <span class="quiet">${waited(mails.since, page.now, queue)} · ${left}</span></span
    >
  </li>`;
}

function row(entry: QueueEntry, page: QueuePage): Html {
  const { queue } = page.texts;
  const { columns } = queue;
  const isCalling = entry.need !== null;
  const name = nameOf(entry, queue, page.moment);
  const loss = queue.loss[entry.loss];
  const erased = page.erased.get(entry.row.case ?? '');
  const times = erased ?? `${waited(entry.since, page.now, queue)} · ${lossTime(entry, queue)}`;
  return html`<li class="${isCalling ? 'row mine' : 'row'}">
    <span class="case"
      >${page.mayAct && page.filter.scope === 'open' && entry.row.case !== null && tick(entry.row.case, name, queue)}
      <span><a href="${hrefOf(entry)}">${name}</a> ${queue.state[entry.state]}</span></span
    >
    <span class="need"
      >${isCalling ? html`<strong>${loss}</strong>` : loss}
      ${entry.need === 'recording' ? html`<a href="${RECORDINGS}">${queue.need.recording}</a>` : stepWords(entry, queue)}
      <span class="quiet">${times}</span></span
    >
    <span class="short"><span class="unseen">${columns.publication}: </span>${publicationOf(entry, queue)}</span>
    <span class="${entry.flags.length === 0 ? 'after none' : 'after'}"
      ><span class="unseen">${columns.flags}: </span
      >${entry.flags.length === 0 ? queue.noFlags : entryFlags(entry, queue)}</span
    >
    <span class="short quiet">${aboutOf(entry, queue, page)}</span>
    <span class="${isNobodys(entry, page) ? 'after none' : 'after'}"
      ><span class="label">${columns.assigned}: </span>${whose(entry, page)}</span
    >
  </li>`;
}

function tick(id: string, name: string, queue: StaffTexts['queue']): Html {
  return html`<input type="checkbox" name="${PICK}${id}" value="1" aria-label="${queue.pick}: ${name}" />`;
}

/** Nobody has it, has put it off or reads it: there is nothing to say of it on a small screen. */
function isNobodys({ row: { assignedTo, putOff, readers } }: QueueEntry, { me }: QueuePage): boolean {
  return assignedTo === null && putOff === null && !readers.some(({ staff }) => staff !== me);
}

/** The assignee, until when it is put off, and who reads it now. */
function whose({ row: { assignedTo, putOff, readers }, apart }: QueueEntry, page: QueuePage): Html {
  const { names, me, clock } = page;
  const { queue } = page.texts;
  const nameFor = (id: string) => (id === me ? queue.me : (names.get(id) ?? queue.gone));
  const reader = readers.find(({ staff }) => staff !== me);
  return html`${assignedTo === null ? queue.nobody : nameFor(assignedTo)}
  ${
    putOff !== null &&
    apart === 'put-off' &&
    html`<span class="quiet off"
      >${fill(queue.putOffUntil, { time: page.moment(putOff.until), why: whyWords(putOff.why, queue) })}</span
    >`
  }
  ${
    reader !== undefined &&
    html`<span class="reads">${fill(queue.readBy, { name: nameFor(reader.staff), time: clock(reader.since) })}</span>`
  }`;
}

function assignMany({ texts: { queue }, me, colleagues }: QueuePage): Html {
  return html`<p class="bulk">
    <label for="give-to">${queue.assignPicked}</label>
    <select id="give-to" name="to">
      <option value="${me}">${queue.me}</option>
      <option value="">${queue.nobody}</option>
      ${colleagues.map(([id, name]) => id !== me && html`<option value="${id}">${name}</option>`)}
    </select>
    <button>${queue.assignDo}</button>
  </p>`;
}

function pages({ texts: { queue }, loaded: { page, pages: count, total }, filter }: QueuePage): Html | '' {
  if (count < 2) return '';
  const from = (page - 1) * ROWS + 1;
  const link = (at: number, text: string, rel: string) =>
    html`<a class="button" rel="${rel}" href="/desk?${queryOf(filter, at)}">${text}</a>`;
  return html`<nav class="pages" aria-label="${queue.pages}">
    ${page > 1 && link(page - 1, queue.pageBefore, 'prev')}
    <span>${fill(queue.pageOf, { from, to: Math.min(page * ROWS, total), total })}</span>
    ${page < count && link(page + 1, queue.pageAfter, 'next')}
  </nav>`;
}
