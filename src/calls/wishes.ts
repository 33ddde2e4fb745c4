// Small facts about what a body wants, each used at one step.

import type { CallForInputs } from './schema.ts';

/** True if a text has to have arrived by the deadline, not only to have been sent. */
export function isForArrival({ deadline }: CallForInputs): boolean {
  return typeof deadline !== 'string' && deadline.meaning === 'received';
}

/** True if the body gave more time than it had said at first. */
export function wasExtended({ status, deadline }: CallForInputs): boolean {
  return status === 'extended' || (typeof deadline !== 'string' && (deadline.extended ?? []).length > 0);
}

/** True if the body wants to know who writes, in the mail and not in the text. */
export function namesInMail({ identity }: CallForInputs): boolean {
  return identity.where === 'mail' && identity.asked !== 'none';
}
