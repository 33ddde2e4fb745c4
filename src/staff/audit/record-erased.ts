import type { Audit } from './audit.ts';

/** What was erased because its time was over: how many, not whose. People's own deletions are theirs, and in no log. */
export function recordErased(audit: Audit) {
  return ({ drafts, closed, held }: Record<'drafts' | 'closed' | 'held', number>): Promise<void> =>
    audit.record({
      staff: null,
      action: 'case.delete',
      detail: `retention, drafts ${drafts}, closed ${closed}, held ${held}`,
    });
}
