// The page of a translation: each paragraph of the author's own words, and a field for it in the other language.

import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import type { Part } from '../../dialog/engine/effect.ts';
import { LANGUAGE_FACTS, type Language } from '../../languages.ts';
import type { TextToTranslate } from '../../store/reviews/review-translations.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { Desk, StaffContext } from '../desk.ts';
import { csrfField, momentIn, type Page } from '../layout.ts';

/** The author's own words, between their line breaks. `name`: of its field, which changes with the words. */
export interface Paragraph {
  readonly name: string;
  readonly own: string;
  /** The line breaks after it. */
  readonly after: string;
  /** Its former translation, if its words have not changed since. */
  readonly before: string;
}

export interface PartToTranslate {
  readonly id: string;
  readonly own: string;
  readonly paragraphs: readonly Paragraph[];
}

export function partsToTranslate(parts: readonly Part[]): readonly PartToTranslate[] {
  return parts.map(({ id, text, original }) => {
    const own = original?.text ?? text;
    const pieces = piecesOf(own);
    const former = original === undefined ? [] : piecesOf(text);
    const isAlike = former.length === pieces.length;
    const mark = createHash('sha256').update(`${id}\n${own}`).digest('hex').slice(0, 16);
    const paragraphs = pieces.map((piece, index) => {
      const before = isAlike ? (former[index]?.own ?? '') : '';
      return { ...piece, name: `${mark}-${index}`, before };
    });
    return { id, own, paragraphs };
  });
}

function piecesOf(text: string): readonly { readonly own: string; readonly after: string }[] {
  return [...text.matchAll(/([^\n]+)(\n*)/gu)].map(([, own = '', after = '']) => ({ own, after }));
}

/** The whole part, with the line breaks of its author; null if a paragraph is missing. */
export function writtenFor({ paragraphs }: PartToTranslate, typed: Typed): string | null {
  const pieces = paragraphs.map(({ name, after }) => ({ text: (typed[name] ?? '').trim(), after }));
  return pieces.some(({ text }) => text === '') ? null : pieces.map(({ text, after }) => `${text}${after}`).join('');
}

/** The content of the fields, by their names. */
export type Typed = Readonly<Record<string, string>>;

export type Said = keyof Pick<
  StaffTexts['translation'],
  'given' | 'kept' | 'gone' | 'missing' | 'tooLong' | 'notYours'
>;

export interface OneText extends TextToTranslate {
  readonly from: Language;
  readonly to: Language;
  readonly parts: readonly PartToTranslate[];
}

export function textsFor(c: StaffContext, { texts }: Desk): StaffTexts['translation'] {
  return texts[c.var.staff.language].translation;
}

export function listPage(c: StaffContext, desk: Desk, waiting: readonly TextToTranslate[], said: Said | null): Page {
  const texts = textsFor(c, desk);
  const time = momentIn(c.var.staff.language, desk.timeZone);
  const main = html`${said !== null && html`<p class="note" role="status">${texts[said]}</p>`}
    <p>${texts.what}</p>
    ${waiting.length === 0 && html`<p>${texts.none}</p>`}
    <ul>
      ${waiting.map(
        ({ case: id, since, callId }) =>
          html`<li>
            <a href="/desk/translation/${id}">${fill(texts.one, { time: time(since) })}</a>
            · ${desk.knows.callOf(callId)?.title[c.var.staff.language] ?? callId}
          </li>`,
      )}
    </ul>`;
  return { title: texts.heading, main };
}

export function translationPage(
  c: StaffContext,
  desk: Desk,
  one: OneText,
  { said, typed }: { readonly said: Said | null; readonly typed: Typed },
): Page {
  const texts = textsFor(c, desk);
  const { languages } = desk.texts[c.var.staff.language].queue;
  const main = html`${said !== null && html`<p class="problem" role="alert">${texts[said]}</p>`}
    <p>${fill(texts.how, { from: languages[one.from], to: languages[one.to] })}</p>
    <p><a href="/desk/case/${one.case}">${texts.toCase}</a></p>
    <form method="post" action="/desk/translation/${one.case}" autocomplete="off">
      ${csrfField(c)}
      ${one.parts.map(
        ({ paragraphs }, number) =>
          html`<section aria-labelledby="part-${number}">
            <h2 id="part-${number}">${fill(texts.part, { number: number + 1, count: one.parts.length })}</h2>
            ${paragraphs.map((paragraph) => pair(paragraph, one, typed))}
          </section>`,
      )}
      <button class="send">${texts.give}</button>
      <button class="plain" name="keep" value="1">${texts.keep}</button>
    </form>`;
  return { title: texts.title, main };
}

function pair({ name, own, before }: Paragraph, { from, to }: OneText, typed: Typed): Html {
  return html`<div class="translated">
    <p id="own-${name}" lang="${from}" dir="auto">${own}</p>
    <textarea
      name="${name}"
      rows="${Math.min(12, Math.max(2, Math.ceil(own.length / 45)))}"
      lang="${to}"
      dir="${LANGUAGE_FACTS[to].direction}"
      aria-labelledby="own-${name}"
      spellcheck="false"
    >
${typed[name] ?? before}</textarea>
  </div>`;
}
