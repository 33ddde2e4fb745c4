// A body that publishes whatever it gets: its authors hear so before they write anything that is kept, and before SEND.

import { termsOf } from '../../../calls/publication.ts';
import type { Language } from '../../../languages.ts';
import type { Turn } from '../../engine/turn.ts';

/** True if the body may follow the wish not to be published, even if it has not promised to. */
export function mayRefuse({ world }: Turn): boolean {
  return termsOf(world.call).wish !== 'refused';
}

/** Says nothing to those who may refuse. `language`: if it is read to somebody. */
export function sayItIsPublished(turn: Turn, when: 'before' | 'again', language?: Language): void {
  if (!mayRefuse(turn)) turn.say(`publication.${when}`, undefined, language === undefined ? {} : { language });
}
