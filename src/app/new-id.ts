import { randomBytes, randomUUID } from 'node:crypto';
import { makeCrockford, RESUME_LENGTH } from '../crockford.ts';
import type { World } from '../dialog/engine/world.ts';
import { newReference } from '../reference.ts';

/** Unguessable ids, each in the shape that its readers need. */
export const newId: World['newId'] = (what) => {
  switch (what) {
    case 'reference':
      return newReference();
    case 'code':
      return makeCrockford(RESUME_LENGTH, randomBytes);
    case 'case':
    case 'contribution':
      return randomUUID();
    default:
      return what satisfies never;
  }
};
