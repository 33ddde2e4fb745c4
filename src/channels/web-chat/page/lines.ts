import { html } from 'hono/html';
import type { DocumentKind } from '../ports.ts';
import type { ShownLine } from '../shown.ts';
import type { WebTexts } from '../texts.ts';
import type { Html } from './layout.ts';

/** The lines of the conversation, each with its id for the script and its speaker for a screen reader. */
export function lines(shown: readonly ShownLine[], texts: WebTexts): Html {
  const last = shown.findLast((line) => line.kind === 'bot');
  return html`${shown.map((line) => drawLine(line, texts, line === last))}`;
}

function drawLine(line: ShownLine, texts: WebTexts, isLast: boolean): Html {
  const { chat } = texts;
  switch (line.kind) {
    case 'person':
      return html`<div class="line you" data-id="${line.id}">
        <p>
          <span class="unseen">${chat.you}: </span
          ><span class="said">${line.text ?? html`<em>${chat.erased}</em>`}</span>
        </p>
        ${line.edited && line.text !== null && html`<small class="hint">${chat.edited}</small>`}
      </div> `;
    case 'bot':
      return html`<div class="line bot" data-id="${line.id}" ${isLast && html` id="last"`}>
        ${line.bubbles.map((text, i) => html`<p>${i === 0 && html`<span class="unseen">${chat.bot}: </span>`}<span class="said">${emphasised(text)}</span></p>`)}
        ${line.file !== null && downloads(line.file, texts)}
      </div> `;
    case 'acknowledgement':
      return html`<div class="line ack" data-id="${line.id}">
        <p><span class="said">${line.text}</span></p>
      </div> `;
    default:
      return line satisfies never;
  }
}

function downloads(kind: DocumentKind, texts: WebTexts): Html {
  const { chat } = texts;
  return html`<p class="files">
    <span>${chat.file}:</span>
    <a href="/document?kind=${kind}&amp;format=docx" download>${chat.docx}</a>
    <a href="/document?kind=${kind}&amp;format=pdf" download>${chat.pdf}</a>
  </p>`;
}

/** Words the bot asks to write stand between asterisks (*next*), as in other messengers; here they are set bold. */
function emphasised(text: string): (string | Html)[] {
  return text
    .split(/(?<![\p{L}\p{N}*])\*{1,2}([\p{L}\p{N}]{1,30}(?: [\p{L}\p{N}]{1,30}){0,3})\*{1,2}(?![\p{L}\p{N}*])/u)
    .map((part, i) => (i % 2 === 1 ? html`<strong>${part}</strong>` : part));
}
