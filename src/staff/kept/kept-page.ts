// GET /desk/kept: what is erased by itself and when, and the cases that are next.

import { Hono } from 'hono';
import { html } from 'hono/html';
import type { KeptCase } from '../../store/erasure/kept-until.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { Desk, SignedIn, StaffContext, StaffEnv } from '../desk.ts';
import { drawPage, momentIn } from '../layout.ts';
import { draftName } from '../queue/row-words.ts';
import { needs } from '../sign-in/guard.ts';

const DAY = 86_400_000;
const AT_ONCE = 50;

/** Whole days from now; 0: within a day. */
function daysLeft(now: Date, erasedAt: string): number {
  return Math.max(0, Math.floor((Date.parse(erasedAt) - now.getTime()) / DAY));
}

/** The day on which a case is erased and the days until then, in a sentence. */
function countdown(
  { because, erasedAt }: KeptCase,
  texts: StaffTexts['kept'],
  about: { readonly now: Date; readonly day: (iso: string) => string },
): string {
  const count = daysLeft(about.now, erasedAt);
  const date = about.day(erasedAt);
  const when = count === 0 ? fill(texts.today, { date }) : fill(texts.inDays, { date, count });
  return because === 'idle' ? `${when} ${texts.unlessWrites}` : when;
}

/** Of every case that has a day, by its id. */
export async function countdowns(desk: Desk, { language }: SignedIn): Promise<ReadonlyMap<string, string>> {
  const about = { now: desk.now(), day: momentIn(language, desk.timeZone, 'day') };
  const all = await desk.store.keptUntil(desk.kept);
  return new Map(all.map((one) => [one.case, countdown(one, desk.texts[language].kept, about)]));
}

/** Of one case. */
export async function keptSentence(desk: Desk, staff: SignedIn, id: string): Promise<string> {
  return (await countdowns(desk, staff)).get(id) ?? desk.texts[staff.language].kept.noDay;
}

async function showKept(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  await desk.audit.record({ staff, action: 'queue.view', detail: 'kept' });
  const { kept: texts, case: cases, queue } = desk.texts[staff.language];
  const all = await desk.store.keptUntil(desk.kept);
  const about = { now: desk.now(), day: momentIn(staff.language, desk.timeZone, 'day') };
  const moment = momentIn(staff.language, desk.timeZone);
  const main = html`<p>${texts.what}</p>
    ${rules(desk, texts)}
    <h2>${fill(texts.next, { count: all.length })}</h2>
    ${all.length === 0 && html`<p>${texts.none}</p>`}
    <ul class="mails">
      ${all.slice(0, AT_ONCE).map(
        (one) =>
          html`<li>
            <a href="/desk/case/${one.case}">${one.reference ?? draftName({ ...one, id: one.case }, queue, moment)}</a>
            <span>${countdown(one, texts, about)}</span>
            ${staff.role === 'administrator' && html`<a href="/desk/case/${one.case}/way#erase">${cases.eraseNow}</a>`}
          </li>`,
      )}
    </ul>
    ${all.length > AT_ONCE && html`<p class="quiet">${fill(texts.more, { count: all.length - AT_ONCE })}</p>`}`;
  return drawPage(c, desk, { title: texts.heading, main });
}

function rules({ kept }: Desk, texts: StaffTexts['kept']): Html {
  const rows: readonly (readonly [string, string])[] = [
    [texts.rules.draft, fill(texts.days, { count: kept.idleDays })],
    [texts.rules.ended, fill(texts.days, { count: kept.closedDays })],
    [texts.rules.underWay, texts.never],
    [texts.rules.held, fill(texts.hours, { count: kept.heldHours })],
    [texts.rules.voice, fill(texts.days, { count: kept.voiceDays })],
    [texts.rules.unmatched, fill(texts.days, { count: kept.idleDays })],
    [texts.rules.log, texts.logKept],
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${texts.heading}">
    <table>
      <thead>
        <tr>
          <th scope="col">${texts.which}</th>
          <th scope="col">${texts.when}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([which, when]) =>
            html`<tr>
              <td>${which}</td>
              <td>${when}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function buildKept(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.get('/kept', needs(desk, 'reader'), (c) => showKept(c, desk));
  return routes;
}
