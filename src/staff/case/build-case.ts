// Everything under /desk/case and /desk/person. Each view is recorded before it is shown.

import { Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { fill } from '../../texts/translate.ts';
import type { Desk } from '../desk.ts';
import { csrfField, drawPage, momentIn } from '../layout.ts';
import { sendCaseMailFile, showCaseMail, takeOut } from '../mails/case-mail.ts';
import { notice } from '../notice-page.ts';
import { loadQueue } from '../queue/load-queue.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import type { StaffContext, StaffEnv } from '../signed-in.ts';
import { act, ACTS, saidIn } from './act.ts';
import { caseMain } from './case-page.ts';
import { lookAt, Readiness } from './case-view.ts';
import { erasePerson, personPage, writeToPerson } from './person.ts';
import { sendFile } from './read-document.ts';
import { recordView } from './record-view.ts';
import { showTranscript } from './transcript-page.ts';
import { showWay } from './way-page.ts';
import { agreeToErase, askToErase, giveWayBack, setOwnWordBack, takeErasureBack } from './way.ts';

export function buildCase(desk: Desk): Hono<StaffEnv> {
  const room = new Hono<StaffEnv>();
  const readiness = new Readiness();
  const read = needs(desk, 'reader');
  const decide = needs(desk, 'reviewer');
  const told = async (c: StaffContext, show: () => Promise<Response>) =>
    readiness.isReady(c.var.csrf) ? show() : warn(c, desk);
  room.get('/case/:id', read, (c) => told(c, () => showCase(c, desk)));
  room.post('/case/:id/ready', read, (c) => {
    readiness.makeReady(c.var.csrf);
    return c.redirect(`/desk/case/${c.req.param('id')}`, 303);
  });
  room.get('/case/:id/transcript/:contribution', read, (c) => told(c, () => showTranscript(c, desk)));
  room.get('/case/:id/file/:contribution/:format', read, (c) => sendFile(c, desk, 'document'));
  room.get('/case/:id/confidential/:contribution/:format', read, (c) => sendFile(c, desk, 'confidential'));
  room.get('/case/:id/mail/:mail', read, (c) => told(c, () => showCaseMail(c, desk)));
  room.get('/case/:id/mail/:mail/file/:file', read, (c) => sendCaseMailFile(c, desk));
  room.post('/case/:id/mail/:mail/undo', decide, (c) => takeOut(c, desk));
  const administer = needs(desk, 'administrator');
  const freshFor =
    (page: (id: string) => string): MiddlewareHandler<StaffEnv> =>
    (c, next) =>
      freshly(desk, page(c.req.param('id') ?? ''))(c, next);
  const fresh = freshFor((id) => `/desk/case/${id}/way`);
  room.get('/case/:id/way', decide, (c) => showWay(c, desk));
  room.post('/case/:id/way', administer, fresh, (c) => giveWayBack(c, desk));
  room.post('/case/:id/way/word', decide, fresh, (c) => setOwnWordBack(c, desk));
  room.post('/case/:id/erase', administer, fresh, (c) => askToErase(c, desk));
  room.post('/case/:id/erase/agree', decide, fresh, (c) => agreeToErase(c, desk));
  room.post('/case/:id/erase/take-back', decide, (c) => takeErasureBack(c, desk));
  room.get('/person/:id', read, (c) => personPage(c, desk));
  room.post('/person/:id/write', decide, (c) => writeToPerson(c, desk));
  const freshOnPerson = freshFor((id) => `/desk/person/${id}`);
  room.post('/person/:id/erase', administer, freshOnPerson, (c) => erasePerson(c, desk));
  for (const [name, one] of Object.entries(ACTS)) room.post(`/case/:id/${name}`, decide, (c) => act(c, desk, one));
  return room;
}

/** A page in between, once a session: nobody meets the worst day of somebody's life by a click too many. */
async function warn(c: StaffContext, desk: Desk): Promise<Response> {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const isThere = await recordView(desk, staff, { action: 'case.view', case: id, detail: 'warning' });
  if (!isThere) return notice(c, desk, 404, 'notFound');
  const { warning } = desk.texts[staff.language].case;
  const main = html`<p>${warning.what}</p>
    <p>${warning.care}</p>
    <form method="post" action="/desk/case/${id}/ready">
      ${csrfField(c)}
      <button class="send">${warning.go}</button>
      <a class="button" href="/desk">${warning.back}</a>
    </form>`;
  return drawPage(c, desk, { title: warning.heading, main });
}

async function showCase(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const isThere = await recordView(desk, staff, { action: 'case.view', case: id });
  const view = isThere ? await lookAt(desk, id, staff) : null;
  if (view === null) return notice(c, desk, 404, 'notFound');
  const [entries, accounts] = await Promise.all([loadQueue(desk, staff), desk.store.staff.accounts()]);
  const { case: texts, queue, release, exports, mails } = desk.texts[staff.language];
  const names = new Map(accounts.map(({ id: one, name }) => [one, name]));
  const main = caseMain({
    view,
    entry: entries.find(({ row }) => row.case === id) ?? null,
    staff,
    language: staff.language,
    texts,
    release,
    queue,
    exports,
    mails,
    knows: desk.knows,
    moment: momentIn(staff.language, desk.timeZone),
    nameOf: (one) => names.get(one) ?? queue.gone,
    colleagues: accounts
      .filter(({ state, role }) => state === 'active' && role !== 'reader')
      .map(({ id: one, name }) => [one, name]),
    csrf: csrfField(c),
    said: saidIn(c, release),
  });
  return drawPage(c, desk, { title: fill(texts.heading, { reference: view.case.reference ?? '' }), main });
}
