import { html } from 'hono/html';
import { messageField } from './chat-page.ts';
import type { WebTexts } from '../../../texts/catalogues.ts';
import { layout, type Frame, type Html } from './layout.ts';

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
