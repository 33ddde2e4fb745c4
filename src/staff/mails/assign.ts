// What is done with a mail that belongs to no case: put under one, or erased. Recorded before and after.

import type { Context } from 'hono';
import type { Desk } from '../desk.ts';
import { notice } from '../notice-page.ts';
import { fieldOf } from '../sign-in/request.ts';
import type { StaffEnv } from '../signed-in.ts';
import { caseOf } from './case-shown-back.ts';
import { withMailSaid } from './said.ts';
import { typedReference } from './unmatched-mail.ts';

export async function assignMail(c: Context<StaffEnv>, desk: Desk) {
  const { staff } = c.var;
  const mail = c.req.param('mail') ?? '';
  const reference = typedReference(await fieldOf(c, 'reference'));
  const found = reference === null ? null : await caseOf(desk, reference);
  const about = found === null ? {} : { case: found.case, reference: found.reference };
  await desk.audit.record({ staff, action: 'mail.assign', ...about, detail: 'asked' });
  if (found === null) return c.redirect(withMailSaid(`/desk/mails/${mail}`, 'unknown'), 303);
  const refused = found.steppedBack.includes(staff.id)
    ? 'not-allowed'
    : (await fieldOf(c, 'sure')) === 'yes'
      ? null
      : 'unsure';
  if (refused !== null) {
    await desk.audit.record({ staff, action: 'mail.assign', ...about, detail: refused });
    return c.redirect(withMailSaid(`/desk/mails/${mail}`, refused), 303);
  }
  const at = desk.now().toISOString();
  const came = await desk.store.mailsIn.assign(mail, { reference: found.reference, by: staff.id, at });
  await desk.audit.record({ staff, action: 'mail.assign', ...about, detail: came });
  return c.redirect(
    came === 'assigned'
      ? withMailSaid(`/desk/case/${found.case}/mail/${mail}`, came)
      : withMailSaid('/desk/mails', came),
    303,
  );
}

/** For good: it stays only in the mailbox that it came from. */
export async function removeMail(c: Context<StaffEnv>, desk: Desk) {
  const { staff } = c.var;
  const mail = c.req.param('mail') ?? '';
  const isSure = (await fieldOf(c, 'sure')) === 'yes';
  await desk.audit.record({ staff, action: 'mail.remove', detail: isSure ? 'asked' : 'unsure' });
  if (!isSure) return c.redirect(withMailSaid(`/desk/mails/${mail}`, 'unsure'), 303);
  if ((await desk.store.mailsIn.one(mail, null)) === null) return notice(c, desk, 404, 'notFound');
  const done = await desk.store.mailsIn.removeUnmatched(mail);
  await desk.audit.record({ staff, action: 'mail.remove', detail: done ? 'done' : 'gone' });
  return c.redirect(withMailSaid('/desk/mails', done ? 'removed' : 'gone'), 303);
}
