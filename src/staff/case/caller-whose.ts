// A person without a case belongs to somebody as well: "next" gives them to one reviewer, who can hand them back.

import { html } from 'hono/html';
import type { Html } from '../../web/toolkit/page.ts';
import type { Desk, StaffContext } from '../desk.ts';
import { csrfField } from '../layout.ts';
import { callerMark } from '../queue/row-words.ts';
import { withSaid } from './act.ts';

export async function callerWhose(
  c: StaffContext,
  desk: Desk,
  { person, assignedTo }: { readonly person: string; readonly assignedTo: string | null },
): Promise<Html> {
  const { staff } = c.var;
  const { queue } = desk.texts[staff.language];
  const name = assignedTo === null ? queue.nobody : ((await desk.store.staff.account(assignedTo))?.name ?? queue.gone);
  return html`<div class="whose">
    <span>${queue.columns.assigned}: <b>${assignedTo === staff.id ? queue.me : name}</b></span>
    ${
      assignedTo === staff.id &&
      html`<form method="post" action="/desk/person/${person}/hand-back">
        ${csrfField(c)}<button>${queue.handBack}</button>
      </form>`
    }
  </div>`;
}

export async function handCallerBack(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const person = c.req.param('id') ?? '';
  const done = await desk.store.desk.handCallerBack(person, staff.id);
  const about = done ? { reference: callerMark(person) } : {};
  await desk.audit.record({ staff, action: 'case.assign', ...about, detail: done ? 'handed back' : 'unknown' });
  return c.redirect(withSaid('/desk', done ? 'assigned' : 'unknown', ''), 303);
}
