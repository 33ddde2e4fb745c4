import { html } from 'hono/html';
import type { ConsentRow } from '../../store/store.ts';
import type { Html } from '../layout.ts';
import { publicationName } from '../queue/queue-page.ts';
import type { ContributionView } from './case-view.ts';
import type { CasePage } from './case-shown.ts';

/** Every yes and no, oldest first, with the very words that were shown; of each purpose the last one counts. */
export function consentsPart({ kept: { consents } }: ContributionView, page: CasePage, number: number): Html {
  return html`<section aria-labelledby="consents-${number}">
    <h2 id="consents-${number}">${page.texts.consentsHeading}</h2>
    ${consentList(consents, page)}
  </section>`;
}

export function consentList(consents: readonly ConsentRow[], page: CasePage): Html {
  const counting = new Set(new Map(consents.map((row) => [`${row.purpose} ${row.subject}`, row])).values());
  return html`${consents.length === 0 && html`<p>${page.texts.consentsNone}</p>`}
    <ul class="consents">
      ${consents.map((row) => consent(row, counting.has(row), page))}
    </ul>`;
}

function consent(row: ConsentRow, counts: boolean, page: CasePage): Html {
  const { texts, moment } = page;
  const wording = page.knows.wordingOf(row.wordingHash);
  return html`<li class="${counts ? 'counts' : 'quiet'}">
    ${texts.purpose[row.purpose]}: <strong>${valueOf(row, page)}</strong> ${counts ? `(${texts.counts})` : ''}
    <time class="quiet" datetime="${row.at}">${moment(row.at)}</time>
    ${row.spoken !== undefined && html`<p class="quiet">${texts.spoken} <q lang="${row.language}">${row.spoken}</q></p>`}
    <details>
      <summary>${texts.wording}</summary>
      <p class="body" lang="${wording === null ? page.language : row.language}">${wording ?? texts.wordingGone}</p>
    </details>
  </li>`;
}

function valueOf({ purpose, value }: ConsentRow, { texts, queue }: CasePage): string {
  if (purpose === 'approve') return texts.approved;
  const known = Object.entries(texts.value).find(([name]) => name === value)?.[1];
  return known ?? publicationName(value, queue) ?? value;
}
