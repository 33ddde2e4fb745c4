import { html } from 'hono/html';
import type { WebTexts } from '../../../texts/catalogues.ts';
import type { Rendered } from '../../channel.ts';
import { messageField } from './chat-page.ts';
import { type Frame, type Html, layout } from './layout.ts';
import { lines } from './lines.ts';

/** The last words, drawn directly: nothing is left in which they could be kept. */
export function farewellPage(frame: Frame, farewell: readonly Rendered[]): Html {
  const said = farewell.map(({ bubbles }, i) => ({
    kind: 'bot' as const,
    id: `farewell-${i}`,
    bubbles,
    file: null,
    aloud: null,
  }));
  return layout(
    frame,
    html`<h1>${frame.texts.farewell.heading}</h1>
      <div id="log" role="log" aria-label="${frame.texts.chat.log}">${lines(said, frame.texts, new Map())}</div>
      <p><a class="button" href="/">${frame.texts.farewell.again}</a></p>`,
  );
}

/** In plain words: what leaving does, what the browser still keeps, how to come back. */
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

/**
 * An empty page that goes on by itself. A redirect cannot do it: after a form, browsers hold it against our
 * form-action; after a link from elsewhere, it would still count as coming from there.
 */
export function hopPage(language: string, to: string, { heading, text }: { heading: string; text: string }): Html {
  return html`<!doctype html>
    <html lang="${language}">
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

/** Something unsent, to be sent again from the page that says why it was not. */
export interface Unsent {
  readonly formId: string;
  readonly text: string;
}

export type NoticeKey = keyof WebTexts['notice'];

/** A calm page for what did not work; what was typed is given back. */
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
