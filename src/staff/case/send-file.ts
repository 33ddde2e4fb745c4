import type { Context } from 'hono';
import type { Desk } from '../desk.ts';
import { notice } from '../notice-page.ts';
import { recordView } from './record-view.ts';
import type { StaffEnv } from '../signed-in.ts';

const TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/** The very bytes that would leave: saved, never opened in the browser, under a name of ours. `confidential`: at the deadline. */
export async function sendFile(c: Context<StaffEnv>, desk: Desk, version: 'document' | 'confidential') {
  const id = c.req.param('id') ?? '';
  const format = c.req.param('format');
  const detail = `${format === 'pdf' ? 'pdf' : 'docx'}${version === 'confidential' ? ', confidential' : ''}`;
  if (!(await recordView(desk, c.var.staff, { action: 'case.file', case: id, detail }))) {
    return notice(c, desk, 404, 'notFound');
  }
  const found = await desk.store.desk.case(id);
  const kept = found?.contributions.find((one) => one.id === c.req.param('contribution'));
  const document = (version === 'confidential' ? kept?.fallback : kept?.document) ?? null;
  const file = document?.files.find((one) => one.format === format);
  if (file === undefined || document === null) return notice(c, desk, 404, 'notFound');
  const name = `${document.reference.replaceAll(/[^A-Z0-9-]/g, '')}${version === 'confidential' ? '-confidential' : ''}.${file.format}`;
  return c.body(new Uint8Array(file.bytes), 200, {
    'Content-Type': TYPES[file.format],
    'Content-Disposition': `attachment; filename="${name}"`,
  });
}
