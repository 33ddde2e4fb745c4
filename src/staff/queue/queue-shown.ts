import type { Language } from '../../languages.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import type { QueueEntry, QueueFilter } from './order-queue.ts';

/** All that the page of the queue is drawn from. */
export interface QueuePage {
  readonly texts: StaffTexts;
  readonly language: Language;
  readonly me: string;
  /** In order; as the filter leaves them. */
  readonly entries: readonly QueueEntry[];
  readonly filter: QueueFilter;
  /** Of colleagues, by account. */
  readonly names: ReadonlyMap<string, string>;
  /** What came of the last act. */
  readonly said: string | null;
  /** What was searched for and not found. */
  readonly notFound: string | null;
  /** The desk's script; it only says that something changed. */
  readonly script: string;
  readonly mayExport: boolean;
  /** Mails that belong to no case; 0 for who may not see them. */
  readonly unmatched: number;
}
