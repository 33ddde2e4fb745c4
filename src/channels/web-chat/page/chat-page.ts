import { html } from 'hono/html';
import type { WebTexts } from '../../../texts/catalogues.ts';
import { choiceValue } from '../parse-said.ts';
import type { Actions, Shown } from '../shown.ts';
import { quietMinutes } from '../web-sessions.ts';
import { type Frame, type Html, languageMenu, layout, way } from './layout.ts';
import { lines } from './lines.ts';

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

/** The command words worth a button now. */
function commands({ commands }: Actions, texts: WebTexts): Html {
  if (commands.length === 0) return html`<div id="commands"></div>`;
  return html`<div id="commands" role="group" aria-label="${texts.chat.words}">
    ${commands.map(
      ({ command, word }) => html`<button class="plain" name="command" value="${command}|${word}">${word}</button> `,
    )}
  </div>`;
}

/** Seconds of a recording that the page makes at most; the server looks for itself. */
const MOST_SECONDS = 600;

/**
 * A file, which old phones make with their own recorder when it is asked for; where a browser can record, the script puts
 * buttons in its place.
 */
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

/** Where an earlier interview is asked for; elsewhere there is none. The script puts it in and takes it away. */
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
  /** What stays in the field. */
  readonly draft: string;
  /** Lines from before this sitting are kept and not drawn. */
  readonly hidesEarlier: boolean;
  /** Of this sitting: under it the script seals what is typed while the page is loaded again. */
  readonly key?: string;
}

export function chatPage(frame: Frame, page: ChatPage): Html {
  const { chat } = frame.texts;
  const main = html`<h1 class="unseen">${chat.heading}</h1>
    ${frame.trial && !page.shown.begun && html`<p class="note">${frame.texts.trial}</p>`}
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

/** What the script puts into the page after a message: new lines, new buttons, a new form id. */
export function chatPart(frame: Frame, page: ChatPage): Html {
  return html`<!doctype html>
    <html lang="${frame.language}">
      <title>${frame.texts.title}</title>
      <body data-id="${page.formId}">
        <div id="log" ${state(page.shown)}>${lines(page.shown.lines, frame.texts, page.shown.offers)}</div>
        ${choices(page.shown.actions, frame.texts)} ${commands(page.shown.actions, frame.texts)}
        ${fileForm(frame, page.formId, page.shown)}
      </body>
    </html>`;
}

/** What the script goes by: after how many minutes it hides the lines, and whether what was typed may come back. */
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
    ${commands(shown.actions, frame.texts)}
    <p id="status" role="status" data-sending="${chat.sending}" data-offline="${chat.offline}"></p>
  </form>`;
}

/**
 * No `maxlength`: it would cut a pasted text without a word. No spell checker: some browsers send what is typed to
 * their maker for it. The line break after the tag is swallowed by the parser, and keeps one the person typed.
 */
export function messageField(frame: Frame, draft: string): Html {
  return html`<label for="text">${frame.texts.chat.write}</label>
    <textarea id="text" name="text" rows="3" spellcheck="false" autocomplete="off" autocapitalize="sentences">
${draft}</textarea>`;
}
