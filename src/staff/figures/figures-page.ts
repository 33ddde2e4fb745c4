// GET /desk/figures: numbers only, as charts with a table each, and as CSV.

import { Hono } from 'hono';
import { html } from 'hono/html';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { cell } from '../export/build-exports.ts';
import { drawPage, momentIn } from '../layout.ts';
import { channelName } from '../queue/row-words.ts';
import { needs } from '../sign-in/guard.ts';
import { countBy, type Counted, type Dimension, DIMENSIONS, LEAST, type Shown } from './count.ts';

const MEASURES = ['received', 'sent', 'accepted', 'withdrawn'] as const;

interface Named {
  readonly texts: StaffTexts['figures'];
  readonly nameOf: (dimension: Dimension, key: string) => string;
}

async function showFigures(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  await desk.audit.record({ staff, action: 'figures.view' });
  const rows = await desk.store.desk.figures();
  const { figures: texts } = desk.texts[staff.language];
  const named: Named = { texts, nameOf: nameIn(c, desk) };
  const main = html`<p>${texts.what}</p>
    <p>${fill(texts.small, { least: LEAST })}</p>
    ${staff.role !== 'reader' && html`<p><a href="/desk/figures/csv">${texts.csv}</a></p>`}
    ${rows.length === 0 && html`<p>${texts.none}</p>`}
    ${rows.length > 0 && DIMENSIONS.map((dimension) => part(dimension, countBy(rows, dimension), named))}`;
  return drawPage(c, desk, { title: texts.heading, main });
}

function nameIn(c: StaffContext, desk: Desk): Named['nameOf'] {
  const { language } = c.var.staff;
  const { queue, figures: texts } = desk.texts[language];
  const day = momentIn(language, 'UTC', 'day');
  const languages: ReadonlyMap<string, string> = new Map(Object.entries(queue.languages));
  return (dimension, key) => {
    switch (dimension) {
      case 'total':
        return texts.all;
      case 'language':
        return languages.get(key) ?? key;
      case 'channel':
        return channelName(key === '' ? null : key, queue);
      case 'call':
        return desk.knows.callOf(key)?.title[language] ?? key;
      case 'week':
        return fill(texts.weekOf, { day: day(`${key}T00:00:00.000Z`) });
    }
  };
}

function part(dimension: Dimension, counted: readonly Counted[], named: Named): Html {
  const { texts, nameOf } = named;
  const heading = texts.by[dimension];
  return html`<div>
    <h2 id="by-${dimension}">${heading}</h2>
    ${chart(dimension, counted, named)}
    <div class="scroll" tabindex="0" role="region" aria-label="${heading}">
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.group}</th>
            ${MEASURES.map((one) => html`<th scope="col">${texts.measures[one]}</th>`)}
            <th scope="col">${texts.median}</th>
          </tr>
        </thead>
        <tbody>
          ${counted.map(
            (row) =>
              html`<tr>
                <th scope="row">${nameOf(dimension, row.key)}</th>
                ${MEASURES.map((one) => html`<td>${said(row[one], texts)}</td>`)}
                <td>${row.medianHours === null ? texts.noMedian : fill(texts.hours, { count: row.medianHours })}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

function said(shown: Shown, { few }: Named['texts']): string {
  return shown === 'few' ? fill(few, { least: LEAST }) : String(shown);
}

const [WIDTH, ROW, BAR] = [320, 52, 10];

/** Received and accepted, one above the other; the table below says the same in words. */
function chart(dimension: Dimension, counted: readonly Counted[], { texts, nameOf }: Named): Html {
  const most = Math.max(LEAST, ...counted.map(({ received }) => lengthOf(received)));
  const bar = (shown: Shown, y: number, of: 'received' | 'accepted') =>
    html`<rect class="${of}" x="0" y="${y}" width="${(lengthOf(shown) / most) * (WIDTH - 90)}" height="${BAR}" />
      <text x="${(lengthOf(shown) / most) * (WIDTH - 90) + 5}" y="${y + BAR - 1}">${said(shown, texts)}</text>`;
  return html`<svg
      class="chart"
      role="img"
      aria-labelledby="by-${dimension}"
      viewBox="0 0 ${WIDTH} ${counted.length * ROW}"
      width="${WIDTH}"
      height="${counted.length * ROW}"
    >
      ${counted.map(
        ({ key, received, accepted }, index) =>
          html`<text x="0" y="${index * ROW + 14}">${nameOf(dimension, key)}</text>
            ${bar(received, index * ROW + 20, 'received')} ${bar(accepted, index * ROW + 34, 'accepted')}`,
      )}
    </svg>
    <p class="legend">
      <span class="received">${texts.measures.received}</span> <span class="accepted">${texts.measures.accepted}</span>
    </p>`;
}

/** Any few are as long as one another. */
function lengthOf(shown: Shown): number {
  return shown === 'few' ? 2 : shown;
}

async function sendFigures(c: StaffContext, desk: Desk) {
  await desk.audit.record({ staff: c.var.staff, action: 'figures.view', detail: 'csv' });
  const rows = await desk.store.desk.figures();
  const lines = DIMENSIONS.flatMap((dimension) =>
    countBy(rows, dimension).map(({ key, medianHours, ...counts }) => [
      ...[dimension, key],
      ...MEASURES.map((one) => (counts[one] === 'few' ? `<${LEAST}` : String(counts[one]))),
      medianHours === null ? '' : String(medianHours),
    ]),
  );
  const head = ['by', 'group', ...MEASURES, 'median hours to release'];
  const csv = [head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n');
  return c.body(Buffer.from(`\ufeff${csv}\r\n`, 'utf8'), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="griot-figures.csv"',
    'Cache-Control': 'no-store',
  });
}

export function buildFigures(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.get('/figures', needs(desk, 'reader'), (c) => showFigures(c, desk));
  routes.get('/figures/csv', needs(desk, 'reviewer'), (c) => sendFigures(c, desk));
  return routes;
}
