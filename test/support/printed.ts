// The page to print as an app draws it, from the real catalogues.

import { buildPrinted } from '../../src/app/printed-words.ts';
import type { Operator } from '../../src/dialog/engine/world.ts';
import { intake, operator, shelf, texts } from './player.ts';

export function printed(changed: Partial<Operator> = {}) {
  return buildPrinted(shelf.current(intake.call), { ...operator, ...changed }, intake, texts.translate);
}
