// All routes under /desk/case and /desk/person. Each view is recorded before it is shown.

import { fieldOf, formOf } from '../../web/toolkit/request.ts';
import { Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { fill } from '../../texts/translate.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { csrfField, drawPage, momentIn, notice } from '../layout.ts';
import { sendCaseMailFile, showCaseMail, takeOut } from '../mails/case-mail.ts';
import { keptSentence } from '../kept/kept-page.ts';
import { beginsToRead, whoReads } from '../queue/live.ts';
import { loadEntry } from '../queue/load-queue.ts';
import { entryOf } from '../queue/order-queue.ts';
import { tomorrowIn } from '../queue/put-off.ts';
import { callerMark, callerName, draftName, entryFlags } from '../queue/row-words.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import { act, ACTS, type Said, saidIn, withSaid } from './act.ts';
import { callerWhose, handCallerBack } from './caller-whose.ts';
import { caseMain } from './case-page.ts';
import { lookAt, Readiness } from './case-view.ts';
import { OPEN } from './mask.ts';
import { recordView, sendFile } from './read-document.ts';
import { leavesFrom, takeableNote } from './release-window.ts';
import { showTranscript, transcriptMain } from './transcript-page.ts';
import { ASKED, ERASE_REASONS, reasonField, showWay, sure } from './way-page.ts';
import { agreeToErase, askToErase, giveWayBack, setOwnWordBack, takeErasureBack } from './way.ts';

/** A person who asked for help and has no case: their transcript, a form to write to them, and to erase their data. */
async function personPage(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const found = await desk.store.desk.caller(id);
  const about = { staff, action: 'case.view', detail: found === null ? 'no such case' : 'before a case' } as const;
  await desk.audit.record({ ...about, ...(found !== null && { reference: callerMark(id) }) });
  if (found === null) return notice(c, desk, 404, 'notFound');
  const { case: texts, queue, release } = desk.texts[staff.language];
  const entry = entryOf(found.row, null, { call: desk.knows.callOf(found.row.callId), staff, now: desk.now() });
  const saying = saidIn(c, release);
  const main = html`${saying !== null && html`<p class="note said" role="status">${saying}</p>`}
    <p><a href="/desk">${texts.back}</a></p>
    <p>${entryFlags(entry, queue)}</p>
    ${await callerWhose(c, desk, found.row)}
    ${transcriptMain({
      lines: found.lines,
      mask: OPEN,
      of: null,
      here: `/desk/person/${id}`,
      withProgram: c.req.query('with') === 'program',
      inDocument: new Set(),
      texts,
      queue,
      language: staff.language,
      moment: momentIn(staff.language, desk.timeZone),
    })}
    ${
      staff.role !== 'reader' &&
      html`<section aria-labelledby="write">
        <h2 id="write">${release.write}</h2>
        <form method="post" action="/desk/person/${id}/write" autocomplete="off">
          ${csrfField(c)}
          <p class="hint">${fill(release.writeWhat, { language: queue.languages[found.row.language] })}</p>
          <label for="text">${release.words}</label>
          <textarea
            dir="auto"
            id="text"
            name="text"
            rows="4"
            maxlength="1500"
            lang="${found.row.language}"
            required
          ></textarea>
          <button class="send">${release.writeDo}</button>
        </form>
      </section>`
    }
    ${
      staff.role === 'administrator' &&
      html`<section aria-labelledby="erase">
        <h2 id="erase">${texts.way.eraseHeading}</h2>
        <p>${fill(texts.way.eraseCaller, { days: desk.codeDays })}</p>
        <p>${texts.way.check}</p>
        <form method="post" action="/desk/person/${id}/erase" autocomplete="off">
          ${csrfField(c)} ${reasonField(texts.way)} ${sure('erase-sure', texts.way.sure)}
          <button>${texts.way.eraseDo}</button>
        </form>
      </section>`
    }`;
  return drawPage(c, desk, { title: `${texts.headingPerson} · ${callerName(id, queue)}`, main });
}

async function writeToPerson(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const text = (await fieldOf(c, 'text')).trim().replaceAll('\r\n', '\n');
  const isThere = (await desk.store.desk.caller(id)) !== null;
  const about = { staff, action: 'case.write', ...(isThere && { reference: callerMark(id) }) } as const;
  await desk.audit.record({ ...about, detail: 'before a case' });
  if (!isThere) return notice(c, desk, 404, 'notFound');
  const came: Said = text === '' ? 'empty' : await write(desk, { staff, id, text });
  await desk.audit.record({ ...about, detail: came });
  await desk.afterAct();
  return c.redirect(withSaid(`/desk/person/${id}`, came, ''), 303);
}

/** One administrator is enough, even if two must release: there is nothing here that could be released. */
async function erasePerson(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const form = await formOf(c);
  const reason = ERASE_REASONS.find((one) => one === form['reason']);
  const write = (detail: string) =>
    desk.audit.record({ staff, action: 'case.erase', detail: `before a case: ${detail}` });
  const page = `/desk/person/${id}`;
  const refused: Said | null = form['sure'] !== 'yes' ? 'unsure' : reason === undefined ? 'empty' : null;
  await write(refused ?? `${ASKED}${reason}`);
  if ((await desk.store.desk.caller(id)) === null) return notice(c, desk, 404, 'notFound');
  if (refused !== null) return c.redirect(withSaid(page, refused, ''), 303);
  const erased = await desk.store.desk.eraseCaller(id);
  await write(erased ? 'erased person' : 'unknown');
  await desk.afterAct();
  return c.redirect(withSaid('/desk', erased ? 'erased-person' : 'unknown', ''), 303);
}

async function write(
  desk: Desk,
  { staff, id, text }: { readonly staff: StaffEnv['Variables']['staff']; readonly id: string; readonly text: string },
): Promise<Said> {
  const reviewer = { id: staff.id, role: staff.role };
  const result = await desk.store.reviews.say({ reviewer, to: { person: id }, text, at: desk.now().toISOString() });
  return result.kind === 'done' ? 'written' : result.kind;
}

export function buildCase(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  const readiness = new Readiness();
  const read = needs(desk, 'reader');
  const decide = needs(desk, 'reviewer');
  const told = async (c: StaffContext, show: () => Promise<Response>) =>
    readiness.isReady(c.var.csrf) ? show() : warn(c, desk);
  routes.get('/case/:id', read, (c) => told(c, () => showCase(c, desk)));
  routes.post('/case/:id/ready', read, (c) => {
    readiness.makeReady(c.var.csrf);
    return c.redirect(`/desk/case/${c.req.param('id')}`, 303);
  });
  routes.get('/case/:id/transcript/:contribution', read, (c) => told(c, () => showTranscript(c, desk)));
  routes.get('/case/:id/file/:contribution/:format', read, (c) => sendFile(c, desk, 'document'));
  routes.get('/case/:id/confidential/:contribution/:format', read, (c) => sendFile(c, desk, 'confidential'));
  routes.get('/case/:id/mail/:mail', read, (c) => told(c, () => showCaseMail(c, desk)));
  routes.get('/case/:id/mail/:mail/file/:file', read, (c) => sendCaseMailFile(c, desk));
  routes.post('/case/:id/mail/:mail/undo', decide, (c) => takeOut(c, desk));
  const administer = needs(desk, 'administrator');
  const freshFor =
    (page: (id: string) => string): MiddlewareHandler<StaffEnv> =>
    (c, next) =>
      freshly(desk, page(c.req.param('id') ?? ''))(c, next);
  const fresh = freshFor((id) => `/desk/case/${id}/way`);
  routes.get('/case/:id/way', decide, (c) => showWay(c, desk));
  routes.post('/case/:id/way', administer, fresh, (c) => giveWayBack(c, desk));
  routes.post('/case/:id/way/word', decide, fresh, (c) => setOwnWordBack(c, desk));
  routes.post('/case/:id/erase', administer, fresh, (c) => askToErase(c, desk));
  routes.post('/case/:id/erase/agree', decide, fresh, (c) => agreeToErase(c, desk));
  routes.post('/case/:id/erase/take-back', decide, (c) => takeErasureBack(c, desk));
  routes.get('/person/:id', read, (c) => personPage(c, desk));
  routes.post('/person/:id/hand-back', decide, (c) => handCallerBack(c, desk));
  routes.post('/person/:id/write', decide, (c) => writeToPerson(c, desk));
  const freshOnPerson = freshFor((id) => `/desk/person/${id}`);
  routes.post('/person/:id/erase', administer, freshOnPerson, (c) => erasePerson(c, desk));
  for (const [name, one] of Object.entries(ACTS)) routes.post(`/case/:id/${name}`, decide, (c) => act(c, desk, one));
  return routes;
}

/** A warning page, once per session, so that nobody sees a testimony by an accidental click. */
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
  await beginsToRead(desk, id, staff.id);
  const [entry, accounts, reading] = await Promise.all([
    loadEntry(desk, staff, id),
    desk.store.staff.accounts(),
    whoReads(desk, staff, id),
  ]);
  const { case: texts, queue, release, exports, mails } = desk.texts[staff.language];
  const names = new Map(accounts.map(({ id: one, name }) => [one, name]));
  const from = leavesFrom(desk, view.call);
  const moment = momentIn(staff.language, desk.timeZone);
  const main = caseMain({
    view,
    entry,
    reading: { line: reading, script: desk.script.href },
    putOffDay: tomorrowIn(desk.timeZone, desk.now()),
    staff,
    language: staff.language,
    texts,
    release,
    queue,
    exports,
    mails,
    knows: desk.knows,
    moment,
    nameOf: (one) => names.get(one) ?? queue.gone,
    colleagues: accounts
      .filter(({ state, role }) => state === 'active' && role !== 'reader')
      .map(({ id: one, name }) => [one, name]),
    csrf: csrfField(c),
    said: saidIn(c, release),
    takeable: await takeableNote(c, desk),
    kept: await keptSentence(desk, staff, id),
    windowMinutes: Math.floor((from.getTime() - desk.now().getTime()) / 60_000),
    leavesFrom: from.toISOString(),
    clock: momentIn(staff.language, desk.timeZone, 'clock'),
  });
  return drawPage(c, desk, {
    title:
      view.case.reference === null
        ? draftName(view.case, queue, moment)
        : fill(texts.heading, { reference: view.case.reference }),
    main,
  });
}
