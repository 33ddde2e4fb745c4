// /desk/audit: what staff did, for administrators; and a button that looks whether it is what was written.

import { Hono, type Context } from 'hono';
import type { AuditFilter } from '../../store/staff/audit-port.ts';
import type { Desk } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { needs } from '../sign-in/guard.ts';
import type { StaffEnv } from '../signed-in.ts';
import { AUDIT_ACTIONS } from './audit-action.ts';
import { auditPage, type Checked } from './audit-page.ts';

const AT_ONCE = 100;

export function buildAuditRoom(desk: Desk): Hono<StaffEnv> {
  const room = new Hono<StaffEnv>();
  room.get('/audit', needs(desk, 'administrator'), async (c) => {
    await desk.audit.record({ staff: c.var.staff, action: 'audit.view' });
    return draw(c, desk, null);
  });
  room.post('/audit/check', needs(desk, 'administrator'), async (c) => {
    const problems = await desk.audit.check();
    const found = [...new Set(problems.map(({ kind }) => kind))].join(' ');
    await desk.audit.record({ staff: c.var.staff, action: 'audit.verify', detail: found === '' ? 'whole' : found });
    return draw(c, desk, problems);
  });
  return room;
}

async function draw(c: Context<StaffEnv>, desk: Desk, checked: Checked): Promise<Response> {
  const filter = filterOf(c);
  const rows = await desk.store.audit.find(filter, AT_ONCE);
  const names = new Map((await desk.store.staff.accounts()).map(({ id, name }) => [id, name]));
  const older = rows.length < AT_ONCE ? null : (rows.at(-1)?.number ?? null);
  return drawPage(c, desk, auditPage(c, desk, { rows, names, filter, older, checked }));
}

/** What cannot be meant is not asked for. */
function filterOf(c: Context<StaffEnv>): AuditFilter {
  const [reference, staff] = [c.req.query('reference')?.trim(), c.req.query('staff')];
  const action = AUDIT_ACTIONS.find((one) => one === c.req.query('action'));
  const before = Number(c.req.query('before'));
  return {
    ...(reference ? { reference } : {}),
    ...(staff ? { staff } : {}),
    ...(action === undefined ? {} : { action }),
    ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}),
  };
}
