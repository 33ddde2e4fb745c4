import { html } from 'hono/html';
import type { Frame, Html } from './layout.ts';

/** Seconds of a recording that the page makes at most; the server looks for itself. */
const MOST_SECONDS = 600;

/**
 * A file, which old phones make with their own recorder when it is asked for; where a browser can record, the script puts
 * buttons in its place.
 */
export function voiceForm(frame: Frame, formId: string): Html {
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
