import { html } from 'hono/html';
import { LANGUAGE_FACTS } from '../../../languages.ts';
import type { WebTexts } from '../../../texts/catalogues.ts';
import { forReading, type Html } from '../../../web/toolkit/page.ts';
import { type Bubble, type Rendered, VOICE_LINE } from '../../channel.ts';
import type { Actions, Offers, Shown, ShownLine } from '../chat-context.ts';
import { choiceValue } from '../parse-said.ts';
import { quietMinutes } from '../visitor.ts';
import { type Frame, languageMenu, layout, messageField, way } from './layout.ts';

/**
 * The lines of the conversation, each with its id for the script and its speaker for a screen reader. The page opens after a message
 * at the bot's first answer to it, since people read downwards; if it only said "Saved.", at the saved message.
 */
export function lines(shown: readonly ShownLine[], texts: WebTexts, offers: Offers): Html {
  const said = shown.findLastIndex(({ kind }) => kind === 'person');
  const answer = shown.slice(said + 1).find(({ kind }) => kind === 'bot') ?? shown[said];
  return html`${shown.map((line) => drawLine(line, texts, offers, line === answer))}`;
}

function drawLine(line: ShownLine, texts: WebTexts, offers: Offers, isAnswer: boolean): Html {
  const { chat } = texts;
  const id = isAnswer && html` id="answer"`;
  switch (line.kind) {
    case 'person':
      return html`<div class="line you" data-id="${line.id}" ${id}>
        <p><span class="unseen">${chat.you}: </span><span class="said" dir="auto">${spoken(line.text, texts)}</span></p>
        ${line.edited && line.text !== null && html`<small class="hint">${chat.edited}</small>`}
      </div> `;
    case 'bot':
      return html`<div class="line bot" data-id="${line.id}" ${id}>
        ${line.bubbles.map((bubble, i) => html`<p>${i === 0 && html`<span class="unseen">${line.by === 'staff' ? chat.staff : chat.bot}: </span>`}<span class="said" dir="auto">${i === 0 ? opening(bubble) : emphasised(bubble)}</span></p>`)}
        ${line.aloud !== null && player(line.id, texts)} ${line.file !== null && downloads(line.file, texts, offers)}
      </div> `;
    case 'acknowledgement':
      return html`<div class="line ack" data-id="${line.id}">
        <p><span class="said" dir="auto">${line.text}</span></p>
      </div> `;
    default:
      return line satisfies never;
  }
}

function spoken(text: string | null, { chat, voice }: WebTexts): Html | string {
  if (text === null) return html`<em>${chat.erased}</em>`;
  return text === VOICE_LINE ? html`<em>${voice.line}</em>` : text;
}

/** Nothing is made or fetched before a press; the second source is for browsers that cannot play the first. */
function player(id: string, { voice }: WebTexts): Html {
  const from = `/aloud?line=${encodeURIComponent(id)}`;
  return html`<audio controls preload="none" aria-label="${voice.listen}">
    <source src="${from}" type="audio/ogg; codecs=opus" />
    <source src="${from}&as=wav" type="audio/wav" />
  </audio>`;
}

/** Links for the available files; empty if they were erased meanwhile. */
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

/** A short first line that says what a bubble is about; it is drawn like a small heading. */
const HEADING = /^.{1,48}[.?!؟]$/u;

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

/** The bot's own marks in bold; people's words stay as they wrote them. */
function emphasised({ text, bold }: Bubble): Html {
  const ends = [0, ...bold.map(([, to]) => to)];
  const pieces = bold.map(
    ([from, to], i) => html`${text.slice(ends[i], from)}<strong>${text.slice(from + 1, to - 1)}</strong>`,
  );
  return html`${pieces}${text.slice(ends.at(-1))}`;
}

/** The choices of the last prompt, as buttons of the message form. */
function choices({ choices, prompt }: Actions, texts: WebTexts): Html {
  if (prompt === null || choices.length === 0) return html`<div id="choices"></div>`;
  return html`<div id="choices" role="group" aria-label="${texts.chat.choose}">
    ${choices.map(({ number, value, label }) => {
      const sent = choiceValue({ prompt: prompt.id, version: prompt.version, value }, label);
      return html`<button name="choice" value="${sent}"><b>${number}</b> <span>${label}</span></button> `;
    })}
  </div>`;
}

/** The command words that are offered as buttons now, and an organiser's way to the list of their texts. */
function commands({ actions: { commands }, several }: Shown, texts: WebTexts): Html {
  if (commands.length === 0 && !several) return html`<div id="commands"></div>`;
  return html`<div id="commands" role="group" aria-label="${texts.chat.words}">
    ${commands.map(
      ({ command, word }) => html`<button class="plain" name="command" value="${command}|${word}">${word}</button> `,
    )}
    ${several && way('/cases', texts.cases.way, true)}
  </div>`;
}

/** Most seconds of a recording made on the page; the server checks again. */
const MOST_SECONDS = 600;

/** A file field, for which old phones open their recorder; if a browser can record, the script replaces it by buttons. */
function voiceForm(frame: Frame, formId: string): Html {
  const { voice } = frame.texts;
  return html`<form
    id="speak"
    method="post"
    action="/speak"
    enctype="multipart/form-data"
    data-seconds="${MOST_SECONDS}"
  >
    <input type="hidden" name="id" value="${formId}" />
    <p id="recorder" hidden>
      <button type="button" class="plain" id="record">${voice.record}</button>
      <button type="button" id="stop" hidden>${voice.stop}</button>
      <button type="button" class="plain" id="discard" hidden>${voice.discard}</button>
      <span id="time" class="hint"></span>
    </p>
    <p id="file">
      <label for="sound">${voice.file}</label>
      <input id="sound" name="sound" type="file" accept="audio/*" capture required />
      <button class="plain">${voice.sendFile}</button>
    </p>
    <p
      id="heard"
      class="hint"
      role="status"
      data-recording="${voice.recording}"
      data-sending="${voice.sending}"
      data-refused="${voice.refused}"
      data-offline="${voice.offline}"
    ></p>
  </form>`;
}

const WORD = '.docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Only if an earlier interview is asked for. The script inserts and removes it. */
function fileForm(frame: Frame, formId: string, { takesFile }: Shown): Html {
  if (!takesFile) return html`<div id="papers"></div>`;
  const { papers } = frame.texts;
  return html`<form id="papers" method="post" action="/file" enctype="multipart/form-data">
    <input type="hidden" name="id" value="${formId}" />
    <label for="paper">${papers.label}</label>
    <input id="paper" name="file" type="file" accept="${WORD}" required />
    <button class="plain">${papers.send}</button>
  </form>`;
}

export interface ChatPage {
  readonly shown: Shown;
  /** The form's id: the same id with the same content is one message. */
  readonly formId: string;
  /** The draft in the field. */
  readonly draft: string;
  /** Lines from before this session are stored but not drawn. */
  readonly hidesEarlier: boolean;
  /** Key of this session: the script seals a draft with it while the page reloads. */
  readonly key?: string;
}

export function chatPage(frame: Frame, page: ChatPage): Html {
  const { chat } = frame.texts;
  const main = html`<h1 class="unseen">${chat.heading}</h1>
    ${!page.shown.begun && languageMenu(frame)} ${page.hidesEarlier && html`<p class="note">${chat.earlier}</p>`}
    <div id="log" role="log" aria-label="${chat.log}" ${state(page.shown)}>
      ${lines(page.shown.lines, frame.texts, page.shown.offers)}
    </div>
    <p id="quiet" class="note" hidden>${chat.quiet} <a href="/">${chat.go}</a></p>
    ${messageForm(frame, page)} ${fileForm(frame, page.formId, page.shown)}
    ${frame.takesVoice && voiceForm(frame, page.formId)}
    <p class="hint">${chat.before} ${way('/code', frame.texts.footer.code, true)}</p>`;
  return layout(frame, main, 'text');
}

/** The page after a message, for the script: new lines, new buttons, a new form id. */
export function chatPartial(frame: Frame, page: ChatPage): Html {
  return html`<!doctype html>
    <html lang="${frame.language}" dir="${LANGUAGE_FACTS[frame.language].direction}">
      <title>${frame.texts.title}</title>
      <body data-id="${page.formId}">
        <div id="log" ${state(page.shown)}>${forReading(lines(page.shown.lines, frame.texts, page.shown.offers))}</div>
        ${choices(page.shown.actions, frame.texts)} ${commands(page.shown, frame.texts)}
        ${fileForm(frame, page.formId, page.shown)}
      </body>
    </html>`;
}

/** Data for the script: minutes after which it hides the lines, and whether a draft may come back. */
function state(shown: Shown): Html {
  return html`data-quiet="${quietMinutes(shown)}" data-locked="${shown.locked ? 'yes' : 'no'}"`;
}

function messageForm(frame: Frame, { shown, formId, draft, key }: ChatPage): Html {
  const { chat } = frame.texts;
  return html`<form id="say" method="post" action="/say" autocomplete="off" data-key="${key}">
    <input type="hidden" name="id" value="${formId}" />
    ${choices(shown.actions, frame.texts)} ${messageField(frame, draft)}
    <p id="keys" class="hint" hidden>${chat.keys}</p>
    <button class="send">${chat.send}</button>
    ${commands(shown, frame.texts)}
    <p id="status" role="status" data-sending="${chat.sending}" data-offline="${chat.offline}"></p>
  </form>`;
}

/** The last replies, drawn directly, since nothing is left to store them. */
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
