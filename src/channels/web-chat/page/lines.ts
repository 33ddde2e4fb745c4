import { html } from 'hono/html';
import { VOICE_LINE, type Bubble } from '../../channel.ts';
import type { Offers, ShownLine } from '../shown.ts';
import type { WebTexts } from '../../../texts/catalogues.ts';
import type { Html } from './layout.ts';

/** The lines of the conversation, each with its id for the script and its speaker for a screen reader. */
export function lines(shown: readonly ShownLine[], texts: WebTexts, offers: Offers): Html {
  const answer = whereAnswerBegins(shown);
  return html`${shown.map((line) => drawLine(line, texts, offers, line === answer))}`;
}

/**
 * Where the page is opened after a message: at the first thing the bot said to it, for what follows is read downwards;
 * where it only said "Saved.", at what was saved.
 */
function whereAnswerBegins(shown: readonly ShownLine[]): ShownLine | undefined {
  const said = shown.findLastIndex(({ kind }) => kind === 'person');
  return shown.slice(said + 1).find(({ kind }) => kind === 'bot') ?? shown[said];
}

function drawLine(line: ShownLine, texts: WebTexts, offers: Offers, isAnswer: boolean): Html {
  const { chat } = texts;
  const id = isAnswer && html` id="answer"`;
  switch (line.kind) {
    case 'person':
      return html`<div class="line you" data-id="${line.id}" ${id}>
        <p><span class="unseen">${chat.you}: </span><span class="said">${spoken(line.text, texts)}</span></p>
        ${line.edited && line.text !== null && html`<small class="hint">${chat.edited}</small>`}
      </div> `;
    case 'bot':
      return html`<div class="line bot" data-id="${line.id}" ${id}>
        ${line.bubbles.map((bubble, i) => html`<p>${i === 0 && html`<span class="unseen">${line.by === 'staff' ? chat.staff : chat.bot}: </span>`}<span class="said">${i === 0 ? opening(bubble) : emphasised(bubble)}</span></p>`)}
        ${line.aloud !== null && player(line.id, texts)} ${line.file !== null && downloads(line.file, texts, offers)}
      </div> `;
    case 'acknowledgement':
      return html`<div class="line ack" data-id="${line.id}">
        <p><span class="said">${line.text}</span></p>
      </div> `;
    default:
      return line satisfies never;
  }
}

function spoken(text: string | null, { chat, voice }: WebTexts): Html | string {
  if (text === null) return html`<em>${chat.erased}</em>`;
  return text === VOICE_LINE ? html`<em>${voice.line}</em>` : text;
}

/** Nothing is made or fetched before somebody presses it; the second is for browsers that cannot play the first. */
function player(id: string, { voice }: WebTexts): Html {
  const from = `/aloud?line=${encodeURIComponent(id)}`;
  return html`<audio controls preload="none" aria-label="${voice.listen}">
    <source src="${from}" type="audio/ogg; codecs=opus" />
    <source src="${from}&as=wav" type="audio/wav" />
  </audio>`;
}

/** What is there to be taken, and nothing where it has gone meanwhile. */
function downloads(kind: 'preview' | 'final' | 'copy', { chat }: WebTexts, offers: Offers): Html {
  const formats = offers.get(kind) ?? [];
  if (formats.length === 0) return html``;
  return html`<div class="files" role="group" aria-label="${chat.file}">
    ${formats.map(
      (format) =>
        html`<a class="button" href="/document?kind=${kind}&amp;format=${format}" download>${chat[format]}</a> `,
    )}
  </div>`;
}

/** A short first line says what a bubble is about, without a name in it; it is set apart like a small heading. */
const HEADING = /^.{1,48}[.?!]$/u;

function opening(bubble: Bubble): Html {
  const end = bubble.text.indexOf('\n');
  const isHeading =
    HEADING.test(bubble.text.slice(0, Math.max(end, 0))) && bubble.bold.every(([from]) => from > end + 1);
  if (!isHeading) return emphasised(bubble);
  const rest = {
    text: bubble.text.slice(end),
    bold: bubble.bold.map(([from, to]) => [from - end, to - end] as const),
  };
  return html`<b>${bubble.text.slice(0, end)}</b>${emphasised(rest)}`;
}

/** The bot's own marks are set bold; what people wrote stays as they wrote it. */
function emphasised({ text, bold }: Bubble): Html {
  const ends = [0, ...bold.map(([, to]) => to)];
  const pieces = bold.map(
    ([from, to], i) => html`${text.slice(ends[i], from)}<strong>${text.slice(from + 1, to - 1)}</strong>`,
  );
  return html`${pieces}${text.slice(ends.at(-1))}`;
}
