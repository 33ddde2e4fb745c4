// The data of the page of the queue.

import type { Language } from '../../languages.ts';
import type { SavedView } from '../../store/desk/desk-work.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { LoadedPage } from './load-queue.ts';
import type { QueueFilter } from './order-queue.ts';

/** Name of a checkbox of the list; its end is the case. */
export const PICK = 'pick.';

export interface QueuePage {
  readonly texts: StaffTexts;
  readonly language: Language;
  readonly me: string;
  readonly now: Date;
  readonly loaded: LoadedPage;
  readonly filter: QueueFilter;
  /** Titles of the calls in the queue, by id; more than one: each row says its own. */
  readonly calls: ReadonlyMap<string, string>;
  /** Of colleagues, by account. */
  readonly names: ReadonlyMap<string, string>;
  /** Colleagues that can be given a case. */
  readonly colleagues: readonly (readonly [id: string, name: string])[];
  readonly views: readonly SavedView[];
  readonly moment: (iso: string) => string;
  /** The time of day only. */
  readonly clock: (iso: string) => string;
  /** Result of the last act. */
  readonly said: string | null;
  /** Releases that this reviewer can still take back. */
  readonly takeable: Html | null;
  /** Of ended cases, by id: when retention erases them. */
  readonly erased: ReadonlyMap<string, string>;
  /** A searched reference that was not found. */
  readonly notFound: string | null;
  /** The desk's script; it only says that something changed. */
  readonly script: string;
  readonly csrf: Html;
  readonly mayAct: boolean;
}
