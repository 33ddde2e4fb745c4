// The page of a case: first the document with the possible decisions, then everything else.

import { html } from 'hono/html';
import type { Finding, FindingKind } from '../../dialog/understanding/findings.ts';
import { LANGUAGE_FACTS } from '../../languages.ts';
import { fill } from '../../texts/translate.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { CallTerms } from '../call-facts.ts';
import type { QueueEntry } from '../queue/order-queue.ts';
import { entryFlags, publicationName, stepWords, timeLeft } from '../queue/row-words.ts';
import { consentsPartial, deliveryPartial, fallbackPartial, notesPartial, togetherPartial } from './case-partials.ts';
import type { BlockView, CasePage, ContributionView } from './case-view.ts';
import { maskOf } from './mask.ts';
import { isAnswer } from './read-document.ts';
import { releasePanel } from './release-panel.ts';
import { whoseLine, whosePartial } from './whose-partial.ts';

// The document as it will leave, with marks for the reviewer: new text, possible names, withheld words. Every mark is
// also a word, for people who see no colours.

/** A piece of a paragraph with its mark. */
interface Stretch {
  readonly text: string;
  readonly found: FindingKind | 'withheld' | null;
}

/** `labels`: the replacements for withheld words in the document. */
export function stretchesIn(text: string, findings: readonly Finding[], labels: readonly string[]): readonly Stretch[] {
  const wanted = [
    ...labels.map((label) => ({ text: label, found: 'withheld' as const })),
    ...findings.map(({ kind, text: what }) => ({ text: what, found: kind })),
  ].filter((one) => one.text !== '');
  const taken: { start: number; end: number; found: Stretch['found'] }[] = [];
  for (const { text: what, found } of wanted) {
    for (let start = text.indexOf(what); start !== -1; start = text.indexOf(what, start + what.length)) {
      const end = start + what.length;
      if (isInsideWord(text, start, end)) continue;
      if (!taken.some((other) => start < other.end && other.start < end)) taken.push({ start, end, found });
    }
  }
  taken.sort((a, b) => a.start - b.start);
  const stretches: Stretch[] = [];
  let at = 0;
  for (const { start, end, found } of taken) {
    stretches.push({ text: text.slice(at, start), found: null }, { text: text.slice(start, end), found });
    at = end;
  }
  stretches.push({ text: text.slice(at), found: null });
  return stretches.filter((stretch) => stretch.text !== '');
}

/** "9 ans" is no part of "19 ans", nor is "Ana" of "Banana". */
function isInsideWord(text: string, start: number, end: number): boolean {
  const isLetter = (at: number) => /[\p{L}\p{N}]/u.test(text.charAt(at));
  return [start, end].some((at) => isLetter(at - 1) && isLetter(at));
}

function documentPartial(view: ContributionView, page: CasePage, number: number): Html {
  const { texts, moment } = page;
  const { document } = view;
  const count = page.view.contributions.length;
  const heading =
    count > 1
      ? `${texts.document[view.fate]} · ${fill(texts.contribution, { number, count })}`
      : texts.document[view.fate];
  if (document === null) {
    return html`<section class="document" aria-labelledby="document-${number}">
      <h2 id="document-${number}">${heading}</h2>
      <p>${texts.noDocument}</p>
    </section>`;
  }
  const isApproved = view.mail !== null && view.mail.sha256 === document.sha256;
  const hasNew = view.blocks.some(({ isNew }) => isNew) || view.gone > 0;
  const time = view.lookedAt === null ? '' : moment(view.lookedAt);
  return html`<section class="document" aria-labelledby="document-${number}">
    <h2 id="document-${number}">${heading}</h2>
    ${view.fate === 'stays' && html`<p class="note">${texts.stays}</p>`}
    ${view.fate === 'leaves' && view.changed && html`<p class="problem">${texts.notThis}</p>`}
    ${!isApproved && html`<p class="note">${texts.notApproved}</p>`}
    <p class="quiet">
      ${view.lookedAt === null ? texts.firstLook : fill(hasNew ? texts.newSince : texts.sameSince, { time })}
      ${view.gone > 0 && fill(texts.goneSince, { count: view.gone })}
    </p>
    ${view.blocks.some(({ original }) => original !== null) && html`<p class="note">${texts.translation}</p>`}
    <article class="sheet" lang="${document.model.language}" dir="${LANGUAGE_FACTS[document.model.language].direction}">
      ${view.blocks.map((one) => block(one, view, page))}
    </article>
  </section>`;
}

function block(one: BlockView, view: ContributionView, page: CasePage): Html {
  const { kind } = one.block;
  const inside = html`${one.isNew && tag(page.texts.newText, 'new', page)}${markedText(one, view, page)}`;
  switch (kind) {
    case 'publication':
      return html`<p class="publication">${inside}</p>`;
    case 'title':
      return html`<h3>${inside}</h3>`;
    case 'subtitle':
    case 'byline':
      return html`<p class="${kind}">${inside}</p>`;
    case 'heading1':
      return html`<h4>${inside}</h4>`;
    case 'heading2':
      return html`<h5>${inside}</h5>`;
    case 'heading3':
      return html`<h6>${inside}</h6>`;
    case 'cell':
    case 'paragraph':
    case 'link':
      // A table field by field, as the person was asked; empty ones are left out.
      if (kind === 'cell' && !isAnswer(one.block))
        return one.block.text === '' ? html`` : html`<p><b>${inside}</b></p>`;
      return besideOriginal(
        one,
        html`<p class="answer" dir="auto" ${one.anchor === null ? '' : html`id="in-${one.anchor}"`}>
          ${inside}${source(one, view, page)}
        </p>`,
        view,
        page,
      );
  }
}

/** A translation and the author's own words side by side; words that are to be withheld are hidden in them. */
function besideOriginal({ original }: BlockView, translated: Html, { kept }: ContributionView, page: CasePage): Html {
  if (original === null || original === undefined) return translated;
  const { texts, queue, language } = page;
  const mask = maskOf(kept.session, texts.transcript.withheld);
  return html`<div class="pair">
    <div>${translated}</div>
    <div>
      <p class="quiet" lang="${language}">${fill(texts.ownWords, { language: queue.languages[original.language] })}</p>
      <p class="said" dir="auto" lang="${original.language}">${mask.apply(original.text)}</p>
    </div>
  </div>`;
}

function markedText({ block: { text, kind } }: BlockView, view: ContributionView, page: CasePage): Html {
  const { language = 'en' } = view.document?.model ?? {};
  const labels = page.knows.withheldLabels[language];
  const isPersonal = kind === 'paragraph' || kind === 'link' || kind === 'cell' || kind === 'byline';
  return html`${stretchesIn(text, isPersonal ? view.found : [], labels).map(({ text: words, found }) =>
    found === null
      ? html`<span class="words">${words}</span>`
      : html`<mark class="${found}">${words}</mark> ${tag(page.texts.found[found], found, page)}`,
  )}`;
}

function tag(word: string, kind: string, { language }: CasePage): Html {
  return html`<span class="tag ${kind}" lang="${language}">${word}</span> `;
}

function source({ anchor }: BlockView, view: ContributionView, page: CasePage): Html | '' {
  if (anchor === null) return '';
  const { texts, language } = page;
  const href = `/desk/case/${page.view.case.id}/transcript/${view.kept.id}#${anchor}`;
  return html` <a class="source" href="${href}" lang="${language}">${texts.toTranscript}</a>`;
}

type Sealed = NonNullable<ContributionView['kept']['sealed']>;

export function caseMain(page: CasePage): Html {
  const { view, texts, said } = page;
  return html`${said !== null && html`<p class="note said" role="status">${said}</p>`} ${page.takeable}
    <p class="back"><a href="/desk">${texts.back}</a></p>
    ${page.entry !== null && standing(page.entry, page)} ${whoseLine(page)}
    <p class="jump"><a class="button" href="#gate-1">${page.release.toDecision}</a></p>
    ${view.contributions.map((one, index) => contribution(one, page, index + 1))} ${togetherPartial(page)}
    ${whosePartial(page)}
    <section aria-labelledby="kept">
      <h2 id="kept">${texts.keptHeading}</h2>
      <p>
        ${page.kept}
        ${page.staff.role === 'administrator' && html`<a href="/desk/case/${view.case.id}/way#erase">${texts.eraseNow}</a>`}
      </p>
    </section>
    ${
      page.staff.role !== 'reader' &&
      html`<p><a href="/desk/export/of/${view.case.id}">${page.exports.caseLink}</a></p>
        <p><a href="/desk/case/${view.case.id}/way">${texts.way.link}</a></p>`
    }
    ${
      page.staff.role === 'administrator' &&
      html`<p><a href="/desk/audit?case=${view.case.id}&amp;reads=1">${texts.readBy}</a></p>`
    }`;
}

/** The words that raised it belong to no case, and are not in it. */
function isBeforeYes({ contributions }: CasePage['view']): boolean {
  return contributions.some(({ kept }) =>
    kept.flags.some(({ flag, at }) => flag === 'in-danger' && at < kept.openedAt),
  );
}

function standing(entry: QueueEntry, { queue, texts, view }: CasePage): Html {
  return html`<p class="standing">
      <strong>${queue.state[entry.state]}</strong> · ${timeLeft(entry, queue)} · ${queue.loss[entry.loss]}
      ${stepWords(entry, queue)}
    </p>
    ${entry.flags.length > 0 && html`<p>${entryFlags(entry, queue)}</p>`}
    ${isBeforeYes(view) && html`<p class="note">${texts.beforeYes}</p>`}`;
}

function contribution(view: ContributionView, page: CasePage, number: number): Html {
  return html`<div class="contribution">
    <div class="reading">
      ${view.kept.sealed === null ? documentPartial(view, page, number) : sealedPartial(view.kept.sealed, page, number)}
    </div>
    <div class="deciding">${releasePanel(view, page, number)}</div>
    <div class="rest">
      ${factsPartial(view, page, number)} ${fallbackPartial(view, page, number)}
      ${view.kept.sealed === null && transcriptLink(view, page)} ${consentsPartial(view, page, number)}
      ${deliveryPartial(view, page, number)} ${notesPartial(view, page, number)}
    </div>
  </div>`;
}

function sealedPartial({ at, recipients }: Sealed, page: CasePage, number: number): Html {
  const { texts, moment } = page;
  const { heading, what, how } = texts.sealed;
  const keys = recipients.map((one) => `…${one.slice(-8)}`).join(', ');
  return html`<section aria-labelledby="document-${number}">
    <h2 id="document-${number}">${heading}</h2>
    <p class="note">${fill(what, { time: moment(at), keys })}</p>
    ${
      page.staff.role !== 'reader' &&
      html`<p><a class="button" href="/desk/case/${page.view.case.id}/sealed">${page.texts.sealed.open}</a></p>`
    }
    <p>${how}</p>
    <p><code>griot open-sealed FILE --key KEY --out FOLDER</code></p>
  </section>`;
}

function factsPartial({ document, kept }: ContributionView, page: CasePage, number: number): Html | '' {
  if (document === null) return '';
  const { texts, queue, view } = page;
  const { model, recipient, subject, body } = document;
  const limit = view.call?.limit ?? null;
  const href = (format: string) => `/desk/case/${view.case.id}/file/${kept.id}/${format}`;
  return html`<section aria-labelledby="facts-${number}">
    <h2 id="facts-${number}">${texts.facts}</h2>
    <dl class="facts">
      <dt>${texts.publication}</dt>
      <dd>${publicationName(model.publication, queue, view.call?.terms)}</dd>
      ${
        view.call !== null &&
        html`<dt>${texts.terms.heading}</dt>
          <dd>${termsIn(view.call.terms, texts.terms)}</dd>`
      }
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
    ${
      view.call !== null &&
      html`<details>
        <summary>${texts.callSays}</summary>
        <dl class="facts" lang="en">
          ${view.call.stated.map(
            ({ key, value }) =>
              html`<dt><code>${key}</code></dt>
                <dd>${value}</dd>`,
          )}
        </dl>
      </details>`
    }
  </section>`;
}

/** The call's terms of publication, one sentence each. */
function termsIn(terms: CallTerms, texts: StaffTexts['case']['terms']): string {
  const { publishes, wish, where, received, remove, partial } = terms;
  const said = [texts.publishes[publishes], texts.wish[wish], texts.where[where], texts.received[received]];
  return [...said, texts.remove[remove], texts.partial[partial]].join(' ');
}

function transcriptLink({ kept }: ContributionView, { texts, view }: CasePage): Html {
  return html`<p>
    <a class="button" href="/desk/case/${view.case.id}/transcript/${kept.id}">${texts.transcript.open}</a>
    <span class="quiet">${texts.transcript.what}</span>
  </p>`;
}
