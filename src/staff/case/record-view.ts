import type { AuditAction } from '../audit/audit.ts';
import type { Desk } from '../desk.ts';
import type { SignedIn } from '../signed-in.ts';

/**
 * Before a case is shown. False where there is none: an address that somebody made up is written down as no case, so that
 * nothing of it stands in the log for ever.
 */
export async function recordView(
  desk: Desk,
  staff: SignedIn,
  view: { readonly action: AuditAction; readonly case: string; readonly detail?: string },
): Promise<boolean> {
  const isThere = await desk.store.desk.exists(view.case);
  await desk.audit.record(isThere ? { staff, ...view } : { staff, action: view.action, detail: 'no such case' });
  return isThere;
}
