import type { Language } from '../../languages.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Html } from '../layout.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import type { QueueEntry } from '../queue/order-queue.ts';
import type { SignedIn } from '../signed-in.ts';
import type { CaseView } from './case-view.ts';

/** All that the page of a case is drawn from. */
export interface CasePage {
  readonly view: CaseView;
  /** As the queue shows it. Null where the case has left the open work. */
  readonly entry: QueueEntry | null;
  readonly staff: SignedIn;
  readonly language: Language;
  readonly texts: StaffTexts['case'];
  readonly release: StaffTexts['release'];
  readonly queue: StaffTexts['queue'];
  readonly exports: StaffTexts['exports'];
  readonly mails: StaffTexts['mails'];
  readonly knows: Pick<Knowledge, 'wordingOf' | 'withheldLabels'>;
  readonly moment: (iso: string) => string;
  readonly nameOf: (staff: string) => string;
  /** Who may be given a case. */
  readonly colleagues: readonly (readonly [id: string, name: string])[];
  /** The hidden field of every form. */
  readonly csrf: Html;
  /** What came of the last act. */
  readonly said: string | null;
}
