// The languages of a conversation and of its text, as they are kept in a session.

import { z } from 'zod';
import { LANGUAGES } from '../../languages.ts';

export const languageShape = {
  language: z.enum(LANGUAGES),
  /** Null until it was asked or follows from `language`. */
  submissionLanguage: z.enum(LANGUAGES).nullable(),
  /** How the body gets to read the text; absent until the person has chosen. */
  translation: z
    .strictObject({
      by: z.enum(['nobody', 'person', 'staff', 'service']),
      to: z.enum(LANGUAGES),
      /** The author has read the translation, with their own words, and wants it to be sent. */
      agreed: z.literal(true).exactOptional(),
      /** Their own words follow it in the document. */
      both: z.literal(true).exactOptional(),
    })
    .exactOptional(),
  /** The person was told of a language that is not spoken here, or not by this conversation. */
  otherLanguageTold: z.literal(true).exactOptional(),
  /** The person was told that some texts come in another language. */
  borrowingTold: z.literal(true).exactOptional(),
};
