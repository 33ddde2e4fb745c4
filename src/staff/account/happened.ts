// What happened at one's own account, so that its owner sees what was not them: signing in, wrong tries, changed factors.

import { html } from 'hono/html';
import type { AuditRow } from '../../store/staff/audit-port.ts';
import { fill } from '../../texts/translate.ts';
import type { AuditAction } from '../audit/audit.ts';
import type { Desk } from '../desk.ts';
import type { Html } from '../layout.ts';
import type { StaffContext } from '../signed-in.ts';

const SHOWN: readonly AuditAction[] = [
  'sign-in',
  'sign-in.fail',
  'prove.fail',
  'password.change',
  'codes.renew',
  'passkey.add',
  'passkey.remove',
  'account.set-up',
];
const MOST = 12;
/** Of each act; the newest of all are shown. */
const OF_EACH = MOST;

/** Newest first. */
export async function happenedTo({ store }: Desk, staff: string): Promise<readonly AuditRow[]> {
  const found = await Promise.all(SHOWN.map((action) => store.audit.find({ staff, action }, OF_EACH)));
  return found
    .flat()
    .sort((one, other) => other.number - one.number)
    .slice(0, MOST);
}

export function happenedPart(c: StaffContext, desk: Desk, rows: readonly AuditRow[]): Html {
  const { language } = c.var.staff;
  const { account: texts, audit } = desk.texts[language];
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: desk.timeZone,
  });
  const labels: ReadonlyMap<string, string> = new Map(Object.entries(audit.actions));
  const line = ({ at, action }: AuditRow) =>
    fill(texts.happened, { at: format.format(new Date(at)), what: labels.get(action) ?? action });
  return html`<h2>${texts.happenedHeading}</h2>
    <ul>
      ${rows.map((row) => html`<li>${line(row)}</li>`)}
    </ul>
    <p>${texts.happenedWhat}</p>`;
}
