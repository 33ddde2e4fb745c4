import { html } from 'hono/html';
import type { ConsentRow } from '../../store/store.ts';
import type { Html } from '../layout.ts';
import { publicationName } from '../queue/queue-page.ts';
import type { ContributionView } from './case-view.ts';
import type { CasePage } from './case-shown.ts';
import { maskOf, type Mask } from './mask.ts';

/** Every yes and no, oldest first, with the very words that were shown; of each purpose the last one counts. */
export function consentsPart({ kept }: ContributionView, page: CasePage, number: number): Html {
  return html`<section aria-labelledby="consents-${number}">
    <h2 id="consents-${number}">${page.texts.consentsHeading}</h2>
    ${consentList(kept.consents, page, maskOf(kept.session, page.texts.transcript.withheld))}
  </section>`;
}

type Drawn = Pick<CasePage, 'texts' | 'queue' | 'knows' | 'moment'>;

/** `mask`: hides what is to be withheld where such words were asked about. */
export function consentList(consents: readonly ConsentRow[], page: Drawn, mask: Mask): Html {
  const counting = new Set(new Map(consents.map((row) => [`${row.purpose} ${row.subject}`, row])).values());
  return html`${consents.length === 0 && html`<p>${page.texts.consentsNone}</p>`}
    <ul class="consents">
      ${consents.map((row) => consent(row, counting.has(row), page, mask))}
    </ul>`;
}

function consent(row: ConsentRow, counts: boolean, page: Drawn, mask: Mask): Html {
  const { texts, moment } = page;
  return html`<li class="${counts ? 'counts' : 'quiet'}">
    ${texts.purpose[row.purpose]}: <strong>${valueOf(row, page)}</strong> ${counts ? `(${texts.counts})` : ''}
    <time class="quiet" datetime="${row.at}">${moment(row.at)}</time>
    ${row.spoken !== undefined && html`<p class="quiet">${texts.spoken} <q lang="${row.language}">${mask.apply(row.spoken)}</q></p>`}
    <details>
      <summary>${texts.wording}</summary>
      ${wording(row, page, mask)}
    </details>
  </li>`;
}

/** As it was shown; of an older row as far as it is still known. */
function wording({ words, choices = [], quotes, language, wordingHash }: ConsentRow, page: Drawn, mask: Mask): Html {
  const { texts } = page;
  const known = words === undefined ? page.knows.wordingOf(wordingHash) : { text: words, isWhole: true };
  if (known === null) return html`<p class="quiet">${texts.wordingGone}</p>`;
  return html`<p class="body" lang="${language}">${quotes === true ? mask.apply(known.text) : known.text}</p>
    ${
      choices.length > 0 &&
      html`<ol class="offered" aria-label="${texts.wordingChoices}">
        ${choices.map((one) => html`<li>${one}</li>`)}
      </ol>`
    }
    ${!known.isWhole && html`<p class="quiet">${texts.wordingPartly}</p>`}`;
}

function valueOf({ purpose, value }: ConsentRow, { texts, queue }: Drawn): string {
  if (purpose === 'approve') return texts.approved;
  const known = Object.entries(texts.value).find(([name]) => name === value)?.[1];
  return known ?? publicationName(value, queue) ?? value;
}
