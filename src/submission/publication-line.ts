// The allowed use of a submission in words: the line at the top of the document and of the mail, and the mark at the
// foot of every page, and in the subject if the body wants it there.

import type { Draft } from '../dialog/engine/draft.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';

type Chosen = Pick<Draft, 'publication' | 'asksToPublish'>;
type Texts = Pick<DocumentTexts, 'publication' | 'publicationShort' | 'publicationAsked'>;

/** The body that publishes only on request is asked for it. */
export function publicationLine({ publication: lines, publicationAsked }: Texts, chosen: Chosen): string {
  const { publication, asksToPublish } = chosen;
  if (publication === 'confidential' || asksToPublish !== true) return lines[publication];
  return publicationAsked[publication];
}

/** A few words; '' if there is nothing to mark. */
export function publicationMark({ publicationShort, publicationAsked }: Texts, chosen: Chosen): string {
  const { publication, asksToPublish } = chosen;
  return asksToPublish === true && publication === 'public-named'
    ? publicationAsked.short
    : publicationShort[publication];
}
