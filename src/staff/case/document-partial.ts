// The document as it will leave, with marks for whoever decides: what is new, what may name somebody, what is withheld.
// Every mark is also a word: colour alone says nothing.

import { html } from 'hono/html';
import type { Finding, FindingKind } from '../../dialog/understanding/findings.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../layout.ts';
import type { BlockView, CasePage, ContributionView } from './case-view.ts';

// A paragraph in stretches: what a reviewer should look at, and what is withheld. Pure.

interface PieceOfText {
  readonly text: string;
  readonly found: FindingKind | 'withheld' | null;
}

/** `labels`: what stands in the document where something is withheld. */
export function piecesIn(
  text: string,
  findings: readonly Finding[],
  labels: readonly string[],
): readonly PieceOfText[] {
  const wanted = [
    ...labels.map((label) => ({ text: label, found: 'withheld' as const })),
    ...findings.map(({ kind, text: what }) => ({ text: what, found: kind })),
  ].filter((one) => one.text !== '');
  const taken: { start: number; end: number; found: PieceOfText['found'] }[] = [];
  for (const { text: what, found } of wanted) {
    for (let start = text.indexOf(what); start !== -1; start = text.indexOf(what, start + what.length)) {
      const end = start + what.length;
      if (!taken.some((other) => start < other.end && other.start < end)) taken.push({ start, end, found });
    }
  }
  taken.sort((a, b) => a.start - b.start);
  const pieces: PieceOfText[] = [];
  let at = 0;
  for (const { start, end, found } of taken) {
    pieces.push({ text: text.slice(at, start), found: null }, { text: text.slice(start, end), found });
    at = end;
  }
  pieces.push({ text: text.slice(at), found: null });
  return pieces.filter((piece) => piece.text !== '');
}

export function documentPart(view: ContributionView, page: CasePage, number: number): Html {
  const { texts, moment } = page;
  const { document } = view;
  const count = page.view.contributions.length;
  const heading =
    count > 1 ? `${texts.documentHeading} · ${fill(texts.contribution, { number, count })}` : texts.documentHeading;
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
    ${view.changed && html`<p class="problem">${texts.notThis}</p>`}
    ${!isApproved && html`<p class="note">${texts.notApproved}</p>`}
    <p class="quiet">
      ${view.lookedAt === null ? texts.firstLook : fill(hasNew ? texts.newSince : texts.sameSince, { time })}
      ${view.gone > 0 && fill(texts.goneSince, { count: view.gone })}
    </p>
    <article class="sheet" lang="${document.model.language}">
      ${view.blocks.map((one) => block(one, view, page))}
    </article>
  </section>`;
}

function block(one: BlockView, view: ContributionView, page: CasePage): Html {
  const { kind } = one.block;
  const inside = html`${one.isNew && tag(page.texts.newText, 'new', page)}${pieces(one, view, page)}`;
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
    case 'paragraph':
    case 'link':
      return html`<p class="answer" ${one.anchor === null ? '' : html`id="in-${one.anchor}"`}>
        ${inside}${source(one, view, page)}
      </p>`;
  }
}

function pieces({ block: { text, kind } }: BlockView, view: ContributionView, page: CasePage): Html {
  const { language = 'en' } = view.document?.model ?? {};
  const labels = page.knows.withheldLabels[language];
  const isAnswer = kind === 'paragraph' || kind === 'link' || kind === 'byline';
  return html`${piecesIn(text, isAnswer ? view.found : [], labels).map(({ text: words, found }) =>
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
