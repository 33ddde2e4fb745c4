// /desk/voice: recordings that wait for staff to transcribe them. The speaker accepts the text or not.

import { formOf } from '../../web/toolkit/request.ts';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { VoiceToType } from '../../store/voice/voice-seal.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { csrfField, drawPage, momentIn, notice, type Page } from '../layout.ts';
import { needs } from '../sign-in/guard.ts';

type Said = keyof Pick<StaffTexts['voice'], 'saved' | 'gone' | 'empty' | 'tooLong'>;

/** The waiting recordings, without their content. */
function listPage(c: StaffContext, desk: Desk, waiting: readonly VoiceToType[], said: Said | null): Page {
  const texts = textsFor(c, desk);
  const time = momentIn(c.var.staff.language, desk.timeZone);
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

/** `typed`: a text that could not be stored stays in the field. */
function typingPage(
  c: StaffContext,
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
      <textarea
        dir="auto"
        id="words"
        name="words"
        rows="12"
        lang="${one.language}"
        spellcheck="false"
        autocomplete="off"
      >
${typed}</textarea>
      <button class="send">${texts.save}</button>
      <button class="plain" name="nothing" value="1">${texts.nothing}</button>
    </form>`;
  return { title: texts.one, main };
}

function textsFor(c: StaffContext, desk: Desk): StaffTexts['voice'] {
  return desk.texts[c.var.staff.language].voice;
}

/** In characters: the engine's limit. */
const MOST_TEXT = 100_000;

const formSchema = z.object({ words: z.string().default(''), nothing: z.string().optional() });

export function buildVoiceRoutes(desk: Desk): Hono<StaffEnv> {
  const { voice } = desk.store;
  const routes = new Hono<StaffEnv>();

  routes.get('/voice', needs(desk, 'reviewer'), async (c) => {
    const said = c.req.query('said');
    return drawList(c, desk, said === 'saved' || said === 'gone' ? said : null);
  });

  routes.get('/voice/:position', needs(desk, 'reviewer'), async (c) => {
    const one = await find(c, desk);
    if (one === null) return drawList(c, desk, 'gone', 404);
    await desk.audit.record({ ...about(c, one), action: 'voice.list' });
    return drawPage(c, desk, typingPage(c, desk, one, { said: null, typed: '' }));
  });

  // Recorded before a byte of it is sent.
  routes.get('/voice/:position/sound', needs(desk, 'reviewer'), async (c) => {
    const one = await find(c, desk);
    if (one === null) return notice(c, desk, 404, 'notFound');
    await desk.audit.record({ ...about(c, one), action: 'voice.hear' });
    const sound = await voice.soundToType(one.position);
    if (sound === null) return notice(c, desk, 404, 'notFound');
    return c.body(new Uint8Array(sound.bytes), 200, { 'Content-Type': sound.type, 'Content-Disposition': 'inline' });
  });

  routes.post('/voice/:position', needs(desk, 'reviewer'), async (c) => {
    const one = await find(c, desk);
    if (one === null) return c.redirect('/desk/voice?said=gone', 303);
    const { words, nothing } = formSchema.parse(await formOf(c));
    const text = words.replaceAll('\r\n', '\n').trim();
    if (nothing === undefined && text === '') {
      return drawPage(c, desk, typingPage(c, desk, one, { said: 'empty', typed: '' }), 422);
    }
    if (text.length > MOST_TEXT) {
      return drawPage(c, desk, typingPage(c, desk, one, { said: 'tooLong', typed: words }), 422);
    }
    const understood = nothing === undefined;
    await desk.audit.record({ ...about(c, one), action: 'voice.type', detail: understood ? 'typed' : 'nothing' });
    const person = await voice.typed(one.position, understood ? text : '', desk.now().toISOString());
    if (person === null) return c.redirect('/desk/voice?said=gone', 303);
    await desk.afterAct();
    return c.redirect('/desk/voice?said=saved', 303);
  });
  return routes;
}

async function drawList(
  c: StaffContext,
  desk: Desk,
  said: 'saved' | 'gone' | null,
  status: 200 | 404 = 200,
): Promise<Response> {
  await desk.audit.record({ staff: c.var.staff, action: 'voice.list' });
  return drawPage(c, desk, listPage(c, desk, await desk.store.voice.toType(), said), status);
}

async function find(c: StaffContext, { store }: Desk): Promise<VoiceToType | null> {
  const position = Number(c.req.param('position'));
  return (await store.voice.toType()).find((one) => one.position === position) ?? null;
}

function about(c: StaffContext, { position, reference }: VoiceToType) {
  return { staff: c.var.staff, case: `recording ${position}`, ...(reference === null ? {} : { reference }) };
}
