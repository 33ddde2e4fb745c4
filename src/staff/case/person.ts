// Somebody who asked for a person before there was a case: what they said, a way to write to them, and to erase it.

import { html } from 'hono/html';
import { fill } from '../../texts/translate.ts';
import type { Desk } from '../desk.ts';
import { csrfField, drawPage, momentIn } from '../layout.ts';
import { notice } from '../notice-page.ts';
import { entryOf } from '../queue/order-queue.ts';
import { entryFlags } from '../queue/queue-page.ts';
import { fieldOf, formOf } from '../sign-in/request.ts';
import type { StaffContext, StaffEnv } from '../signed-in.ts';
import { type Said, saidIn, withSaid } from './act.ts';
import { ASKED, ERASE_REASONS } from './erasure-asked.ts';
import { OPEN } from './mask.ts';
import { transcriptMain } from './transcript-page.ts';
import { reasonField, sure } from './way-page.ts';

export async function personPage(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  await desk.audit.record({ staff, action: 'case.view', detail: 'before a case' });
  const found = await desk.store.desk.caller(id);
  if (found === null) return notice(c, desk, 404, 'notFound');
  const { case: texts, queue, release } = desk.texts[staff.language];
  const entry = entryOf(found.row, null, { call: desk.knows.callOf(found.row.callId), staff, now: desk.now() });
  const saying = saidIn(c, release);
  const main = html`${saying !== null && html`<p class="note said" role="status">${saying}</p>`}
    <p><a href="/desk">${texts.back}</a></p>
    <p>${entryFlags(entry, queue)}</p>
    ${transcriptMain({
      lines: found.lines,
      mask: OPEN,
      of: null,
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
          <textarea id="text" name="text" rows="4" maxlength="1500" lang="${found.row.language}" required></textarea>
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
  return drawPage(c, desk, { title: texts.headingPerson, main });
}

export async function writeToPerson(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const text = (await fieldOf(c, 'text')).trim().replaceAll('\r\n', '\n');
  await desk.audit.record({ staff, action: 'case.write', detail: 'before a case' });
  if ((await desk.store.desk.caller(id)) === null) return notice(c, desk, 404, 'notFound');
  const came: Said = text === '' ? 'empty' : await write(desk, { staff, id, text });
  await desk.audit.record({ staff, action: 'case.write', detail: came });
  await desk.afterAct();
  return c.redirect(withSaid(`/desk/person/${id}`, came, ''), 303);
}

/** One administrator does it also where two must release: there is nothing here that could be released. */
export async function erasePerson(c: StaffContext, desk: Desk) {
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
