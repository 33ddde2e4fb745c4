import type { ConsentPurpose } from '../dialog/effect.ts';
import type { Language } from '../dialog/language.ts';

export interface ConsentRow {
  readonly purpose: ConsentPurpose;
  readonly subject: 'author' | 'harmed';
  readonly value: string;
  readonly wordingHash: string;
  readonly language: Language;
  readonly messageId: string;
  readonly at: string;
  /** Said, not written or tapped: all that was written down on the way to the yes. */
  readonly spoken?: string;
  /** Theirs who wrote it, whosever case was open. */
  readonly mine?: true;
}
