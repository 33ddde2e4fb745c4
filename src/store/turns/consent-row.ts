import type { ConsentPurpose } from '../../dialog/engine/effect.ts';
import type { Language } from '../../languages.ts';

export interface ConsentRow {
  readonly purpose: ConsentPurpose;
  readonly subject: 'author' | 'harmed';
  readonly value: string;
  readonly wordingHash: string;
  /** What they said yes or no to, as it was shown; rows of older versions have none. */
  readonly words?: string;
  /** The choices below it. */
  readonly choices?: readonly string[];
  /** Words of the person stand in `words`, perhaps those that they want withheld. */
  readonly quotes?: true;
  readonly language: Language;
  readonly messageId: string;
  readonly at: string;
  /** Said, not written or tapped: all that was written down on the way to the yes. */
  readonly spoken?: string;
  /** Theirs who wrote it, whosever case was open. */
  readonly mine?: true;
}
