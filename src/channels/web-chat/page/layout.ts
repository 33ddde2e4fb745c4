import { html } from 'hono/html';
import { LANGUAGES, type Language } from '../../../languages.ts';
import type { Asset } from '../../../web/toolkit/assets.ts';
import { type Html, wholePage } from '../../../web/toolkit/page.ts';
import type { OwnPage } from '../parse-said.ts';
import type { WebTexts } from '../../../texts/catalogues.ts';

export interface Assets {
  readonly style: Asset;
  /** In addition to `style`, on the page to print. */
  readonly print: Asset;
  readonly script: Asset;
  /** On the page of the conversation. */
  readonly typed: Asset;
  readonly voice: Asset;
  readonly icon: Asset;
}

/** The data of every page. */
export interface Frame {
  readonly language: Language;
  readonly texts: WebTexts;
  readonly allTexts: Readonly<Record<Language, WebTexts>>;
  readonly assets: Assets;
  readonly leaveUrl: URL;
  readonly trial: boolean;
  readonly takesVoice: boolean;
}

/** The form of the conversation. Links on its page belong to it, so that a draft is not lost. */
const SAY = 'say';

/** A link; on the page of the conversation a button of its form, so that a draft is kept. */
export function way(to: OwnPage, label: string, ofForm: boolean, className?: string): Html {
  const named = className ?? (ofForm ? 'way' : null);
  return ofForm
    ? html`<button form="${SAY}" name="go" value="${to}" class="${named}">${label}</button>`
    : html`<a href="${to}" ${named !== null && html`class="${named}"`}>${label}</a>`;
}

/** A whole page. *Leave quickly* is first in keyboard order on every page. `style`: in addition to the common one. */
export function layout(frame: Frame, main: Html, skipTo = 'main', style?: Asset): Html {
  const { texts, assets } = frame;
  const typed = skipTo === 'text';
  const body = html`<header>
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
    </footer>`;
  return wholePage({
    language: frame.language,
    title: texts.title,
    icon: assets.icon.href,
    styles: style === undefined ? [assets.style] : [assets.style, style],
    scripts: [assets.script, ...(typed ? [assets.typed] : []), ...(frame.takesVoice ? [assets.voice] : [])],
    body,
  });
}

/** Sends a language's name as a message; offered until the person has said something. */
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
        dir="auto"
      >
        ${languageName}
      </button> `;
    })}
  </div>`;
}

/**
 * No `maxlength`: it would cut a pasted text silently. No spell checker: some browsers send the text to their maker for
 * it. The parser drops the line break after the tag; without it, it would drop the person's own.
 */
export function messageField(frame: Frame, draft: string): Html {
  return html`<label for="text">${frame.texts.chat.write}</label>
    <textarea
      id="text"
      name="text"
      dir="auto"
      rows="3"
      spellcheck="false"
      autocomplete="off"
      autocapitalize="sentences"
    >
${draft}</textarea>`;
}

/** Explains leaving, the data that the browser still stores, and how to come back. */
export function infoPage(frame: Frame): Html {
  const { info, footer, toChat } = frame.texts;
  const section = (heading: string, said: readonly string[]): Html =>
    html`<h2>${heading}</h2>
      ${said.map((text) => html`<p>${text}</p>`)}`;
  return layout(
    frame,
    html`<h1>${info.heading}</h1>
      ${section(info.leaveHeading, info.leave)} ${section(info.browserHeading, info.browser)}
      ${section(info.backHeading, info.back)}
      <p><a href="/code">${footer.code}</a> · <a href="/back">${footer.back}</a></p>
      ${section(info.quietHeading, info.quiet)}
      <p><a class="button" href="/">${toChat}</a></p>`,
  );
}

/** An unsent text, to be sent again from the page that says why it was refused. */
export interface Unsent {
  readonly formId: string;
  readonly text: string;
}

export type NoticeKey = keyof WebTexts['notice'];

/** A page for a failed request; it returns the typed text. */
export function noticePage(frame: Frame, key: NoticeKey, unsent: Unsent | null = null): Html {
  const { heading, text } = frame.texts.notice[key];
  const form =
    unsent !== null &&
    unsent.text !== '' &&
    html`<form method="post" action="/say" autocomplete="off">
      <input type="hidden" name="id" value="${unsent.formId}" />
      ${messageField(frame, unsent.text)}
      <button class="send">${frame.texts.chat.send}</button>
    </form>`;
  return layout(
    frame,
    html`<h1>${heading}</h1>
      <p class="message">${text}</p>
      ${form}
      <p><a class="button" href="/">${frame.texts.toChat}</a></p>`,
  );
}
