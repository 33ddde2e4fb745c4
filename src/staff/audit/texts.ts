import { z } from 'zod';
import { AUDIT_ACTIONS } from './audit-action.ts';

const text = z.string().min(1);

/** audit in staff.json. Every act has a line there, in every language. */
export const auditTexts = z.strictObject({
  heading: text,
  what: text,
  reference: text,
  staff: text,
  action: text,
  any: text,
  show: text,
  number: text,
  at: text,
  who: text,
  nobody: text,
  detail: text,
  none: text,
  older: text,
  check: text,
  whole: text,
  broken: text,
  problems: z.strictObject({
    changed: text,
    removed: text,
    unlinked: text,
    'cut-off': text,
    'anchor-foreign': text,
    'anchor-behind': text,
    'anchor-missing': text,
    'anchor-broken': text,
  }),
  actions: z.record(z.enum(AUDIT_ACTIONS), text),
});
