import { html } from 'hono/html';
import type { Shown } from '../shown.ts';
import type { Frame, Html } from './layout.ts';

const WORD = '.docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Where an earlier interview is asked for; elsewhere there is none. The script puts it in and takes it away. */
export function fileForm(frame: Frame, formId: string, { takesFile }: Shown): Html {
  if (!takesFile) return html`<div id="papers"></div>`;
  const { papers } = frame.texts;
  return html`<form id="papers" method="post" action="/file" enctype="multipart/form-data">
    <input type="hidden" name="id" value="${formId}" />
    <label for="paper">${papers.label}</label>
    <input id="paper" name="file" type="file" accept="${WORD}" required />
    <button class="plain">${papers.send}</button>
  </form>`;
}
