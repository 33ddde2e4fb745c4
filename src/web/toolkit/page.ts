// The common frame of all pages, and the page that goes on to another one.

import { html } from 'hono/html';
import { LANGUAGE_FACTS, type Language } from '../../languages.ts';
import type { Asset } from './assets.ts';

export type Html = ReturnType<typeof html>;

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
        ${body}
      </body>
    </html>`;
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
