// The languages of a conversation and of its text, as they are kept in a session.

import { z } from 'zod';
import { LANGUAGES } from '../../languages.ts';

export const languageShape = {
  language: z.enum(LANGUAGES),
  /** Null until it was asked or follows from `language`. */
  submissionLanguage: z.enum(LANGUAGES).nullable(),
  /** The person was told of a language that is not spoken here, or not by this conversation. */
  otherLanguageTold: z.literal(true).exactOptional(),
  /** The person was told that some texts come in another language. */
  borrowingTold: z.literal(true).exactOptional(),
};
