// A case that is sealed to the keys of staff, opened in the browser: /desk/case/ID/sealed. The server gives the sealed values;
// the secret key stays in the page (src/staff/browser/sealed.js). docs/decisions/0252-sealed-cases-at-the-desk.md.

import { Hono } from 'hono';
import { html } from 'hono/html';
import type { SealedContribution } from '../../store/sealed/sealed-case.ts';
import { fill } from '../../texts/translate.ts';
import { sendAsset } from '../../web/toolkit/assets.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { formOf } from '../../web/toolkit/request.ts';
import { type Said, withSaid } from '../case/act.ts';
import { recordView } from '../case/read-document.ts';
import { sure } from '../case/way-page.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { csrfField, drawPage, notice } from '../layout.ts';
import { freshly, needs } from '../sign-in/guard.ts';

/** The script of the page with all that it imports; needs no sign-in, as our other scripts. */
export function buildSealedScripts({ sealedModules }: Desk): Hono {
  const routes = new Hono();
  routes.get('/assets/sealed/:set/:name', async (c, next) => {
    const asset = sealedModules().assets.get(`${c.req.param('set')}/${c.req.param('name')}`);
    return asset === undefined ? next() : sendAsset(c, asset);
  });
  return routes;
}

export function buildSealed(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  routes.get('/case/:id/sealed', needs(desk, 'reviewer'), freshly(desk), (c) => showSealed(c, desk));
  routes.post(
    '/case/:id/sealed/open-again',
    needs(desk, 'administrator'),
    (c, next) => freshly(desk, `/desk/case/${c.req.param('id')}/sealed`)(c, next),
    (c) => openAgain(c, desk),
  );
  return routes;
}

async function showSealed(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  if (!(await recordView(desk, staff, { action: 'case.open-sealed', case: id })))
    return notice(c, desk, 404, 'notFound');
  const cases = await desk.store.sealedCase(id);
  const reference = (await desk.store.desk.named(id))?.reference ?? '';
  if (cases.length === 0) return c.redirect(withSaid(`/desk/case/${id}`, 'not-sealed', reference), 303);
  const { page: texts } = desk.texts[staff.language].case.sealed;
  const { hrefs, href } = desk.sealedModules();
  const main = html`<p><a href="/desk/case/${id}">${desk.texts[staff.language].case.transcript.back}</a></p>
    <p>${texts.what}</p>
    <p class="hint">${texts.withheld}</p>
    <noscript id="sealed-off"><p class="problem">${texts.noScript}</p></noscript>
    <p id="sealed-ready" class="note" hidden>${texts.ready}</p>
    <p id="sealed-said" role="status" tabindex="-1" hidden></p>
    ${keyForm(texts)} ${data(cases, desk, staff.language)}
    <div id="sealed-opened"></div>
    <div id="sealed-after" hidden>
      <p><button type="button" id="sealed-close">${texts.close}</button></p>
      ${staff.role === 'administrator' ? againForm(c, id, texts) : html`<p class="quiet">${texts.again.others}</p>`}
    </div>
    ${hrefs.map((one) => html`<link rel="modulepreload" href="${one}" />`)}
    <script type="module" src="${href}"></script>`;
  return drawPage(c, desk, { title: fill(texts.heading, { reference }), main });
}

type Texts = Desk['texts']['en']['case']['sealed']['page'];

/**
 * Its fields have no names, and it has no action: it could not be sent. The pasted key is hidden by the style and is no field of
 * type password, since a browser would offer to keep such a one, and to copy it to its maker.
 */
function keyForm(texts: Texts): Html {
  return html`<form id="sealed-form" autocomplete="off" hidden>
    <label for="key-file">${texts.file}</label>
    <input id="key-file" type="file" />
    <label for="key-text">${texts.text}</label>
    <input id="key-text" class="hidden-key" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" />
    <p class="hint">${texts.where}</p>
    <button class="send">${texts.do}</button>
  </form>`;
}

/** For the script: the sealed values, and its words. */
function data(cases: readonly SealedContribution[], desk: Desk, language: keyof Desk['texts']): Html {
  const { transcript, document, sealed } = desk.texts[language].case;
  const { page } = sealed;
  return html`<div
    id="sealed"
    hidden
    data-cases="${JSON.stringify(cases)}"
    data-opening="${page.opening}"
    data-done="${page.done}"
    data-closed="${page.closed}"
    data-insecure="${page.insecure}"
    data-none="${page.none}"
    data-no-key="${page.noKey}"
    data-public="${page.public}"
    data-locked="${page.locked}"
    data-other="${page.other}"
    data-damaged="${page.damaged}"
    data-text="${document.left}"
    data-files="${page.files}"
    data-transcript="${page.transcript}"
    data-person="${transcript.person}"
    data-bot="${transcript.bot}"
    data-staff="${transcript.staff}"
  ></div>`;
}

function againForm(c: StaffContext, id: string, { again }: Texts): Html {
  return html`<section aria-labelledby="again">
    <h2 id="again">${again.heading}</h2>
    <p>${again.what}</p>
    <p>${again.when}</p>
    <form id="open-again" method="post" action="/desk/case/${id}/sealed/open-again" autocomplete="off">
      ${csrfField(c)}<input type="hidden" name="keys" value="" />
      <p class="hint">${again.sends}</p>
      ${sure('again-sure', again.sure)}
      <button>${again.do}</button>
    </form>
  </section>`;
}

async function openAgain(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const form = await formOf(c);
  const isSure = form['sure'] === 'yes';
  const about = { action: 'case.open-again', case: id } as const;
  if (!(await recordView(desk, staff, { ...about, detail: isSure ? 'asked' : 'unsure' }))) {
    return notice(c, desk, 404, 'notFound');
  }
  const reference = (await desk.store.desk.named(id))?.reference ?? null;
  const came: Said = isSure ? await desk.openAgain(id, { by: staff.id, dataKeys: keysIn(form['keys']) }) : 'unsure';
  if (isSure) await desk.audit.record({ staff, ...about, ...(reference !== null && { reference }), detail: came });
  return c.redirect(withSaid(`/desk/case/${id}`, came, reference ?? ''), 303);
}

/** Base64 by the ids of contributions, as JSON; never logged. */
function keysIn(given: unknown): ReadonlyMap<string, Uint8Array> {
  try {
    const parsed: unknown = typeof given === 'string' ? JSON.parse(given) : null;
    if (typeof parsed !== 'object' || parsed === null) return new Map();
    return new Map(Object.entries(parsed).map(([one, key]) => [one, Buffer.from(String(key), 'base64')]));
  } catch {
    return new Map();
  }
}
