// For people who lost their phone or browser: staff give them a new resume code, or erase the text if they ask for
// that. Staff verify the person by phone first; docs/decisions/0154-erased-on-request.md.

import { inGroups, makeCrockford, RESUME_LENGTH } from '../../crockford.ts';
import type { DeskCase } from '../../store/desk/desk-case.ts';
import { OWN_WORD_REASONS } from '../../store/reviews/review-words.ts';
import { formOf } from '../../web/toolkit/request.ts';
import type { AuditAction } from '../audit/audit.ts';
import type { Desk, StaffContext } from '../desk.ts';
import { drawPage, notice } from '../layout.ts';
import { type Said, withSaid } from './act.ts';
import { ASKED, codePage, ERASE_REASONS, erasureAsked, TAKEN_BACK } from './way-page.ts';

/** The code is shown once, to be read out by phone; an unused earlier one becomes invalid. */
export async function giveWayBack(c: StaffContext, desk: Desk): Promise<Response> {
  return over(c, desk, 'case.way-back', async ({ found, write, leave, sure }) => {
    await write('asked');
    if (!sure) return leave('unsure');
    const code = makeCrockford(RESUME_LENGTH, desk.randomBytes);
    if (!(await desk.store.desk.giveWayBack(found.id, code))) return leave('unknown');
    await write('given');
    return drawPage(c, desk, codePage(desk, c.var.staff.language, { case: found.id, code: inGroups(code) }));
  });
}

/**
 * Resets the passphrase. It helps only the person who has the phone or browser, so a reviewer may do it, like writing
 * to them.
 */
export async function setOwnWordBack(c: StaffContext, desk: Desk): Promise<Response> {
  return over(c, desk, 'case.own-word', async ({ found, write, leave, sure, field }) => {
    const reason = OWN_WORD_REASONS.find((one) => one === field('reason'));
    const whose = found.contributions.find(({ id }) => id === field('contribution'));
    if (!sure) return leave('unsure');
    if (reason === undefined) return leave('empty');
    if (whose === undefined) return leave('unknown');
    await write(`${ASKED}${reason}`);
    const { id, role } = c.var.staff;
    const act = { reviewer: { id, role }, to: { contribution: whose.id }, reason, at: desk.now().toISOString() };
    const { kind } = await desk.store.reviews.setOwnWordBack(act);
    await desk.afterAct();
    return leave(kind === 'done' ? 'word-set-back' : kind);
  });
}

export async function askToErase(c: StaffContext, desk: Desk): Promise<Response> {
  return over(c, desk, 'case.erase', async ({ found, write, leave, sure, field }) => {
    const reason = ERASE_REASONS.find((one) => one === field('reason'));
    if (!sure) return leave('unsure');
    if (reason === undefined) return leave('empty');
    await write(`${ASKED}${reason}`);
    return desk.release === 'two' ? leave('erase-asked') : erase(desk, found.id, { write, leave });
  });
}

/** Must be another account than the one that asked. */
export async function agreeToErase(c: StaffContext, desk: Desk): Promise<Response> {
  return over(c, desk, 'case.erase', async ({ found, write, leave, sure }) => {
    const asked = await erasureAsked(desk, found.id);
    await write('agrees');
    if (!sure) return leave('unsure');
    if (asked === null) return leave('not-asked');
    return asked.by === c.var.staff.id ? leave('not-allowed') : erase(desk, found.id, { write, leave });
  });
}

/** By the account that asked, or any that may agree: nothing is erased because of an old request. */
export async function takeErasureBack(c: StaffContext, desk: Desk): Promise<Response> {
  return over(c, desk, 'case.erase', async ({ found, write, leave }) => {
    if ((await erasureAsked(desk, found.id)) === null) return leave('not-asked');
    await write(TAKEN_BACK);
    return leave('erase-taken-back');
  });
}

interface Asked {
  readonly found: DeskCase;
  /** Writes to the audit log. */
  readonly write: (detail: string) => Promise<void>;
  /** Redirects to the page with the result. */
  readonly leave: (said: Said) => Promise<Response>;
  readonly field: (name: string) => string;
  /** The form confirms that the person was verified. */
  readonly sure: boolean;
}

async function erase(desk: Desk, caseId: string, { write, leave }: Pick<Asked, 'write' | 'leave'>): Promise<Response> {
  const erased = await desk.store.desk.eraseOnRequest(caseId);
  if (erased === null) return leave('unknown');
  await write(`erased ${erased}`);
  // Holders of documents with this text are told, and its mails no longer leave.
  await desk.afterAct();
  return leave('erased');
}

const WRITTEN_ALREADY: readonly Said[] = ['erased', 'erase-asked', 'erase-taken-back'];

/** Finds the case, and refuses reviewers who have stepped back from it. */
async function over(
  c: StaffContext,
  desk: Desk,
  action: AuditAction,
  run: (asked: Asked) => Promise<Response>,
): Promise<Response> {
  const { staff } = c.var;
  const form = await formOf(c);
  const found = await desk.store.desk.case(c.req.param('id') ?? '');
  if (found === null) {
    await desk.audit.record({ staff, action, detail: 'no such case' });
    return notice(c, desk, 404, 'notFound');
  }
  const about = { staff, action, case: found.id, ...(found.reference !== null && { reference: found.reference }) };
  const write = (detail: string) => desk.audit.record({ ...about, detail });
  const leave = async (said: Said): Promise<Response> => {
    if (!WRITTEN_ALREADY.includes(said)) await write(said);
    return c.redirect(withSaid(said === 'erased' ? '/desk' : `/desk/case/${found.id}/way`, said, ''), 303);
  };
  if (found.steppedBack.includes(staff.id)) return leave('not-allowed');
  const field = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  return run({ found, write, leave, field, sure: field('sure') === 'yes' });
}
