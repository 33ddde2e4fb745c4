// The allowed use of a submission in words: the line at the top of the document and of the mail, and the mark at the
// foot of every page, and in the subject if the body wants it there.

import type { Draft } from '../dialog/engine/draft.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';

type Chosen = Pick<Draft, 'publication' | 'asksToPublish'> & Partial<Pick<Draft, 'sections'>>;
type Texts = Pick<DocumentTexts, 'publication' | 'publicationShort' | 'publicationAsked' | 'keptBack'>;

/** A body that publishes only on request is asked for it. If single answers stay confidential, that is said, too. */
export function publicationLine(texts: Texts, chosen: Chosen): string {
  const { publication, asksToPublish } = chosen;
  const asked = publication !== 'confidential' && asksToPublish === true;
  const line = asked ? texts.publicationAsked[publication] : texts.publication[publication];
  return isPartly(chosen) ? `${line} ${texts.keptBack.line}` : line;
}

/** A few words; '' if there is nothing to mark. */
export function publicationMark(texts: Texts, chosen: Chosen): string {
  const { publication, asksToPublish } = chosen;
  const asked = publication === 'public-named' && asksToPublish === true;
  const mark = asked ? texts.publicationAsked.short : texts.publicationShort[publication];
  if (!isPartly(chosen)) return mark;
  const { short } = texts.keptBack;
  return mark === '' ? `${short.charAt(0).toUpperCase()}${short.slice(1)}` : `${mark}; ${short}`;
}

export function isPartly({ publication, sections = [] }: Chosen): boolean {
  return publication !== 'confidential' && sections.some(({ keptBack }) => keptBack === true);
}
