import { html } from 'hono/html';
import { LANGUAGES, type Language } from '../../../languages.ts';
import type { Asset, Assets } from '../assets.ts';
import type { OwnPage } from '../parse-said.ts';
import type { WebTexts } from '../../../texts/catalogues.ts';

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

/** The form of the conversation, to which links on its page belong: what is typed goes with them and comes back. */
const SAY = 'say';

/** A link on the page; on that of the conversation a button of its form, so that it loses nothing that is typed. */
export function way(to: OwnPage, label: string, ofForm: boolean, className?: string): Html {
  const named = className ?? (ofForm ? 'way' : null);
  return ofForm
    ? html`<button form="${SAY}" name="go" value="${to}" class="${named}">${label}</button>`
    : html`<a href="${to}" ${named !== null && html`class="${named}"`}>${label}</a>`;
}

/** A whole page. *Leave quickly* is the first thing the keyboard reaches, on every one of them. `style`: on top of theirs. */
export function layout(frame: Frame, main: Html, skipTo = 'main', style?: Asset): Html {
  const { texts, assets } = frame;
  const typed = skipTo === 'text';
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
        ${typed && html`<script type="module" src="${assets.typed.href}"></script>`}
        ${frame.takesVoice && html`<script type="module" src="${assets.voice.href}"></script>`}
      </head>
      <body>
        <header>
          <form id="leave" method="post" action="/leave" data-to="${frame.leaveUrl.href}">
            <button>${texts.leave}</button>
          </form>
          <a class="skip" href="#${skipTo}">${texts.skip}</a>
          ${way('/', texts.title, typed, 'name')} ${frame.trial && html`<p class="trial">${texts.trialShort}</p>`}
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer>
          <nav aria-label="${texts.footer.heading}">
            ${way('/info', texts.footer.info, typed)} ${way('/code', texts.footer.code, typed)}
            ${way('/back', texts.footer.back, typed)}
            <a href="/source" rel="noreferrer" ${typed && html`target="_blank"`}>${texts.footer.source}</a>
          </nav>
        </footer>
      </body>
    </html>`;
}

/** Sends the word for a language as a message; offered until the person has said something. */
export function languageMenu(frame: Frame): Html {
  const others = LANGUAGES.filter((language) => language !== frame.language);
  return html`<div id="languages" role="group" aria-label="${frame.texts.languages}">
    ${others.map((language) => {
      const { languageWord, languageName } = frame.allTexts[language];
      return html`<button
        form="${SAY}"
        class="plain"
        name="command"
        value="language|${languageWord}"
        lang="${language}"
      >
        ${languageName}
      </button> `;
    })}
  </div>`;
}
