// A document for several people: whose words stand in it, and what each of them agreed to.

import { html } from 'hono/html';
import type { Html } from '../layout.ts';
import { fill } from '../../texts/fill.ts';
import type { CasePage } from './case-shown.ts';
import { consentList } from './consents-part.ts';
import { maskOf } from './mask.ts';

export function togetherPart(page: CasePage): Html | '' {
  const { together } = page.view;
  if (together.length === 0) return '';
  const { texts } = page;
  return html`<section aria-labelledby="together">
    <h2 id="together">${texts.together.heading}</h2>
    <p class="quiet">${texts.together.what}</p>
    ${together.map(
      ({ case: own, consents }, index) =>
        html`<h3>
            ${fill(texts.together.one, { number: index + 1 })}
            <a href="/desk/case/${own}">${texts.together.open}</a>
          </h3>
          ${consentList(consents, page, maskOf(null, texts.transcript.withheld))}`,
    )}
  </section>`;
}
