// The confidential version that its person approved for the deadline: what is different in it, and its files, before it
// might leave.

import { html } from 'hono/html';
import type { Html } from '../layout.ts';
import type { ContributionView } from './case-view.ts';
import type { CasePage } from './case-shown.ts';
import type { DocumentBlock, ReadDocument } from './read-document.ts';

export function fallbackPart(
  { kept, document, fallback }: ContributionView,
  page: CasePage,
  number: number,
): Html | '' {
  if (document === null || fallback === null) return '';
  const { texts, view } = page;
  const { language } = fallback.model;
  const href = (format: string) => `/desk/case/${view.case.id}/confidential/${kept.id}/${format}`;
  const [instead, before] = [differing(fallback, document), differing(document, fallback)];
  return html`<section aria-labelledby="fallback-${number}">
    <h2 id="fallback-${number}">${texts.fallback.heading}</h2>
    <p class="hint">${texts.fallback.what}</p>
    ${lines(texts.fallback.stands, instead, language)}
    ${before.length > 0 && lines(texts.fallback.inPlaceOf, before, language)}
    <p class="quiet">${texts.fallback.rest}</p>
    <p class="links">
      ${fallback.formats.map((format) => html`<a href="${href(format)}" download>${texts[format]}</a> `)}
    </p>
    <details>
      <summary>${texts.mailBody}</summary>
      <p class="body" lang="${language}">${fallback.body}</p>
    </details>
  </section>`;
}

function lines(heading: string, blocks: readonly DocumentBlock[], language: string): Html {
  return html`<h3>${heading}</h3>
    ${blocks.map(({ text }) => html`<p class="publication" lang="${language}">${text}</p>`)}`;
}

/** What stands in the one and not in the other. */
function differing(one: ReadDocument, other: ReadDocument): readonly DocumentBlock[] {
  const there = new Set(other.model.blocks.map(({ kind, text }) => `${kind} ${text}`));
  return one.model.blocks.filter(({ kind, text }) => !there.has(`${kind} ${text}`));
}
