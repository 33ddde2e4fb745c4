import { randomBytes, randomUUID } from 'node:crypto';
import { makeComeBackCode } from '../channels/web-chat/code.ts';
import type { World } from '../dialog/engine/world.ts';
import { newReference } from '../reference.ts';

/** Ids that nobody can guess, each in the shape that its readers need. */
export const newId: World['newId'] = (what) => {
  switch (what) {
    case 'reference':
      return newReference();
    case 'code':
      return makeComeBackCode(randomBytes);
    case 'case':
    case 'contribution':
      return randomUUID();
    default:
      return what satisfies never;
  }
};
