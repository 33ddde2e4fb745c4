import { html } from 'hono/html';
import { choiceValue } from '../parse-said.ts';
import type { Actions } from '../shown.ts';
import type { WebTexts } from '../../../texts/catalogues.ts';
import type { Html } from './layout.ts';

/** The choices of the last prompt, as buttons of the message form. */
export function choices({ choices, prompt }: Actions, texts: WebTexts): Html {
  if (prompt === null || choices.length === 0) return html`<div id="choices"></div>`;
  return html`<div id="choices" role="group" aria-label="${texts.chat.choose}">
    ${choices.map(({ number, value, label }) => {
      const sent = choiceValue({ prompt: prompt.id, version: prompt.version, value }, label);
      return html`<button name="choice" value="${sent}"><b>${number}</b> <span>${label}</span></button> `;
    })}
  </div>`;
}

/** The command words worth a button now. */
export function commands({ commands }: Actions, texts: WebTexts): Html {
  if (commands.length === 0) return html`<div id="commands"></div>`;
  return html`<div id="commands" role="group" aria-label="${texts.chat.words}">
    ${commands.map(
      ({ command, word }) => html`<button class="plain" name="command" value="${command}|${word}">${word}</button> `,
    )}
  </div>`;
}
