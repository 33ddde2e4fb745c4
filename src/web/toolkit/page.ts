// The common frame of all pages, and the page that goes on to another one.

import { html, raw } from 'hono/html';
import { LANGUAGE_FACTS, type Language } from '../../languages.ts';
import { OVERRIDES } from '../../overrides.ts';
import type { Asset } from './assets.ts';

export type Html = ReturnType<typeof html>;

/** A field or a list with what is in it, a tag, or text between tags; inside quotes of a tag, "<" and ">" are escaped. */
const PIECE = /<(?<closed>textarea|select)\b[^]*?<\/\k<closed>\s*>|<[^<>]*>|[^<]+|</gu;

/** A reference, or digits in groups, as of a telephone: GR-7K3Q9X, +00 000 0100, (11) 95550-0199, 2026-11-30. */
const UNBROKEN =
  /\b[A-Z]{2}-[A-Z0-9]{4,12}\b|(?<![\w#.,/-])(?:[+＋]\d{1,4}|\(?\d{2,5}\)?)(?:[ \u00a0\u202f.\u2010-\u2013-](?:\(\d{1,4}\)|\d{1,5})(?!\w)){1,4}(?![ -]?\d)/gu;

export interface PageFrame {
  readonly language: Language;
  readonly title: string;
  /** A path, or an asset's `href`. */
  readonly icon: string;
  /** In this order, later ones override. */
  readonly styles: readonly Asset[];
  readonly scripts?: readonly Asset[];
  readonly body: Html;
}

/** Messengers that show a page before it is opened show its description: the title, which says nothing. */
export function wholePage({ language, title, icon, styles, scripts = [], body }: PageFrame): Html {
  return html`<!doctype html>
    <html lang="${language}" dir="${LANGUAGE_FACTS[language].direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <meta name="robots" content="noindex, nofollow, noarchive" />
        <title>${title}</title>
        <meta name="description" content="${title}" />
        <meta property="og:title" content="${title}" />
        <meta property="og:description" content="${title}" />
        <link rel="icon" href="${icon}" type="image/svg+xml" />
        ${styles.map(({ href }) => html`<link rel="stylesheet" href="${href}" /> `)}
        ${scripts.map(({ href }) => html`<script type="module" src="${href}"></script> `)}
      </head>
      <body>
        ${forReading(body)}
      </body>
    </html>`;
}

/**
 * The words of a page, or of a part of one, as people can read them: what belongs together stays on one line, also on a narrow
 * phone, and nothing is shown in another order than it was written. What is in fields stays as it is.
 */
export async function forReading(body: Html): Promise<Awaited<Html>> {
  let read = '';
  for (const [piece] of (await body).toString().matchAll(PIECE)) {
    const isText = !piece.startsWith('<');
    read += isText ? piece.replace(OVERRIDES, '').replace(UNBROKEN, '<bdi class="unbroken">$&</bdi>') : piece;
  }
  return raw(read);
}

/**
 * An empty page that goes on by itself. A redirect cannot do it: after a form, browsers check it against our
 * form-action; after a link from another site, it would still count as cross-site, without our Strict cookie
 * (docs/decisions/0031).
 */
export function hopPage(language: Language, to: string, { heading, text }: { heading: string; text: string }): Html {
  return html`<!doctype html>
    <html lang="${language}" dir="${LANGUAGE_FACTS[language].direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="0;url=${to}" />
        <title>${heading}</title>
      </head>
      <body>
        <p><a href="${to}" rel="noreferrer">${text}</a></p>
      </body>
    </html>`;
}
