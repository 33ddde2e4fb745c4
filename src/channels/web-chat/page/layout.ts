import { html } from 'hono/html';
import { LANGUAGES, type Language } from '../../../dialog/language.ts';
import type { Asset, Assets } from '../assets.ts';
import type { WebTexts } from '../texts.ts';

export type Html = ReturnType<typeof html>;

/** What every page needs. */
export interface Frame {
  readonly language: Language;
  readonly texts: WebTexts;
  readonly allTexts: Readonly<Record<Language, WebTexts>>;
  readonly assets: Assets;
  readonly leaveUrl: URL;
  readonly trial: boolean;
  readonly takesVoice: boolean;
}

/** A whole page. *Leave quickly* is the first thing the keyboard reaches, on every one of them. `style`: on top of theirs. */
export function layout(frame: Frame, main: Html, skipTo = 'main', style?: Asset): Html {
  const { texts, assets } = frame;
  return html`<!doctype html>
    <html lang="${frame.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no" />
        <title>${texts.title}</title>
        <link rel="icon" href="${assets.icon.href}" type="image/svg+xml" />
        <link rel="stylesheet" href="${assets.style.href}" />
        ${style !== undefined && html`<link rel="stylesheet" href="${style.href}" />`}
        <script type="module" src="${assets.script.href}"></script>
        ${frame.takesVoice && html`<script type="module" src="${assets.voice.href}"></script>`}
      </head>
      <body>
        <header>
          <form id="leave" method="post" action="/leave" data-to="${frame.leaveUrl.href}">
            <button>${texts.leave}</button>
          </form>
          <a class="skip" href="#${skipTo}">${texts.skip}</a>
          <a class="name" href="/">${texts.title}</a>
          ${frame.trial && html`<p class="trial">${texts.trialShort}</p>`}
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer>
          <nav aria-label="${texts.footer.heading}">
            <a href="/info">${texts.footer.info}</a>
            <a href="/code">${texts.footer.code}</a>
            <a href="/back">${texts.footer.back}</a>
            <a href="/source" rel="noreferrer">${texts.footer.source}</a>
          </nav>
        </footer>
      </body>
    </html>`;
}

/** Sends the word for a language as a message; offered until the person has said something. */
export function languageMenu(frame: Frame, formId: string): Html {
  const others = LANGUAGES.filter((language) => language !== frame.language);
  return html`<form id="languages" method="post" action="/say" aria-label="${frame.texts.languages}">
    <input type="hidden" name="id" value="${formId}" />
    ${others.map((language) => {
      const { languageWord, languageName } = frame.allTexts[language];
      return html`<button class="plain" name="text" value="${languageWord}" lang="${language}">
        ${languageName}
      </button> `;
    })}
  </form>`;
}
