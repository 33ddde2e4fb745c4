// The folders of the calls and of the texts in this installation.

import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
export const DIALOGS = join(ROOT, 'dialogs');
export const LOCALES = join(ROOT, 'locales');
