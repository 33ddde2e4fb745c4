// The page of a case: the document first, what can be decided beside it, then all that belongs to it.

import { html } from 'hono/html';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../layout.ts';
import type { QueueEntry } from '../queue/order-queue.ts';
import { entryFlags, publicationName, timeLeft } from '../queue/queue-page.ts';
import type { CasePage, ContributionView } from './case-view.ts';
import { assignmentPart, consentsPart, deliveryPart, fallbackPart, notesPart, togetherPart } from './case-partials.ts';
import { documentPart } from './document-partial.ts';
import { gatePart } from './release-panel.ts';

export function caseMain(page: CasePage): Html {
  const { view, texts, said } = page;
  return html`${said !== null && html`<p class="note said" role="status">${said}</p>`}
    <p><a href="/desk">${texts.back}</a></p>
    ${page.entry !== null && standing(page.entry, page)}
    ${view.contributions.map((one, index) => contribution(one, page, index + 1))} ${togetherPart(page)}
    ${assignmentPart(page)}
    ${
      page.staff.role !== 'reader' &&
      html`<p><a href="/desk/export/of/${view.case.id}">${page.exports.caseLink}</a></p>
        <p><a href="/desk/case/${view.case.id}/way">${texts.way.link}</a></p>`
    }`;
}

function standing(entry: QueueEntry, { queue }: CasePage): Html {
  return html`<p class="standing">
      <strong>${queue.state[entry.state]}</strong> · ${timeLeft(entry, queue)} ·
      ${entry.need === null ? queue.need.none : queue.need[entry.need]}
    </p>
    ${entry.flags.length > 0 && html`<p>${entryFlags(entry, queue)}</p>`}`;
}

function contribution(view: ContributionView, page: CasePage, number: number): Html {
  return html`<div class="contribution">
    <div class="reading">${documentPart(view, page, number)}</div>
    <div class="deciding">${gatePart(view, page, number)}</div>
    <div class="rest">
      ${factsPart(view, page, number)} ${fallbackPart(view, page, number)} ${transcriptLink(view, page)}
      ${consentsPart(view, page, number)} ${deliveryPart(view, page, number)} ${notesPart(view, page, number)}
    </div>
  </div>`;
}

function factsPart({ document, kept }: ContributionView, page: CasePage, number: number): Html | '' {
  if (document === null) return '';
  const { texts, queue, view } = page;
  const { model, recipient, subject, body } = document;
  const limit = view.call?.limit ?? null;
  const href = (format: string) => `/desk/case/${view.case.id}/file/${kept.id}/${format}`;
  return html`<section aria-labelledby="facts-${number}">
    <h2 id="facts-${number}">${texts.facts}</h2>
    <dl class="facts">
      <dt>${texts.publication}</dt>
      <dd>${publicationName(model.publication, queue)}</dd>
      <dt>${texts.recipient}</dt>
      <dd>${recipient}</dd>
      <dt>${texts.subject}</dt>
      <dd>${subject}</dd>
      <dt>${texts.words}</dt>
      <dd>
        ${limit === null ? model.words : fill(texts.wordsOf, { count: model.words, limit })}
        ${view.call?.limitIsAssumed === true ? texts.wordsAssumed : ''}
      </dd>
      <dt>${texts.files}</dt>
      <dd>${document.formats.map((format) => html`<a href="${href(format)}" download>${texts[format]}</a> `)}</dd>
    </dl>
    <details>
      <summary>${texts.mailBody}</summary>
      <p class="body" lang="${model.language}">${body}</p>
    </details>
  </section>`;
}

function transcriptLink({ kept }: ContributionView, { texts, view }: CasePage): Html {
  return html`<p>
    <a class="button" href="/desk/case/${view.case.id}/transcript/${kept.id}">${texts.transcript.open}</a>
    <span class="quiet">${texts.transcript.what}</span>
  </p>`;
}
