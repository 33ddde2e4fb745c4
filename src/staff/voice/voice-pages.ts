import type { Context } from 'hono';
import { html } from 'hono/html';
import type { VoiceToType } from '../../store/voice/voice-port.ts';
import type { Desk } from '../desk.ts';
import { csrfField, type Page } from '../layout.ts';
import type { StaffEnv } from '../signed-in.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';

type Said = keyof Pick<StaffTexts['voice'], 'saved' | 'gone' | 'empty' | 'tooLong'>;

/** Which recordings wait; nothing of what is in them. */
export function listPage(c: Context<StaffEnv>, desk: Desk, waiting: readonly VoiceToType[], said: Said | null): Page {
  const texts = textsFor(c, desk);
  const time = timeFor(c, desk);
  const main = html`${said !== null && html`<p class="note" role="status">${texts[said]}</p>`}
    <p>${texts.what}</p>
    ${
      waiting.length === 0
        ? html`<p>${texts.none}</p>`
        : html`<table>
            <thead>
              <tr>
                ${[texts.arrived, texts.language, texts.reference, ''].map((head) => html`<th scope="col">${head}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${waiting.map(
                ({ position, language, reference, arrivedAt }) =>
                  html`<tr>
                    <td>${time(arrivedAt)}</td>
                    <td lang="${language}">${language}</td>
                    <td>${reference ?? texts.noReference}</td>
                    <td><a href="/desk/voice/${position}">${texts.open}</a></td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`;
  return { title: texts.heading, main };
}

/** `typed`: what was written and could not be taken stays in the field. */
export function typingPage(
  c: Context<StaffEnv>,
  desk: Desk,
  one: VoiceToType,
  { said, typed }: { readonly said: Said | null; readonly typed: string },
): Page {
  const texts = textsFor(c, desk);
  const main = html`${said !== null && html`<p class="problem" role="alert">${texts[said]}</p>`}
    <p>${texts.how}</p>
    <p><audio controls preload="none" src="/desk/voice/${one.position}/sound" aria-label="${texts.sound}"></audio></p>
    <form method="post" action="/desk/voice/${one.position}">
      ${csrfField(c)}
      <label for="words">${texts.words}</label>
      <textarea id="words" name="words" rows="12" lang="${one.language}" spellcheck="false" autocomplete="off">
${typed}</textarea>
      <button class="send">${texts.save}</button>
      <button class="plain" name="nothing" value="1">${texts.nothing}</button>
    </form>`;
  return { title: texts.one, main };
}

function textsFor(c: Context<StaffEnv>, desk: Desk): StaffTexts['voice'] {
  return desk.texts[c.var.staff.language].voice;
}

function timeFor(c: Context<StaffEnv>, { timeZone }: Desk): (at: string) => string {
  const format = new Intl.DateTimeFormat(c.var.staff.language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return (at) => format.format(new Date(at));
}
