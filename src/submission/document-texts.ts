// locales/<language>/document.json: the few words of a document that are not the person's.

import { z } from 'zod';

const text = z.string().trim().min(1);
const withPlace = (place: string) => text.refine((value) => value.includes(place), `must hold ${place}`);

const documentTexts = z.strictObject({
  /** False until a native reader has been over it. */
  reviewed: z.boolean(),
  /** The first line of document and mail: what may be done with the text. */
  publication: z.strictObject({ 'public-named': text, 'public-unnamed': text, confidential: text }),
  /** The same for the foot of each page; empty where nothing has to be asked. */
  publicationShort: z.strictObject({ 'public-named': z.string(), 'public-unnamed': text, confidential: text }),
  subtitle: withPlace('{issuer}'),
  reference: text,
  late: text,
  replaces: withPlace('{reference}'),
  author: text,
  roles: z.strictObject({ family: text, witness: text, organisation: text, organiser: text }),
  harmed: text,
  /** Several people in one document. */
  joint: z.strictObject({ count: withPlace('{count}'), contribution: withPlace('{number}') }),
  /** Where somebody else wrote down what a person told. */
  told: z.strictObject({
    author: text,
    nobody: text,
    role: text,
    put: withPlace('{told}').refine((value) => value.includes('{written}'), 'must hold {written}'),
    languages: z.strictObject({ en: text, fr: text, es: text, pt: text }),
  }),
  withheld: z.strictObject({ name: text, link: text, person: text }),
  headings: z.strictObject({
    story: z.strictObject({ family: text, witness: text, organisation: text, organiser: text }),
    topics: text,
    good: text,
    government: text,
    experts: text,
    else: text,
    links: text,
  }),
  /** Stands over the points of a call whose wording in this language is ours, not the issuer's. */
  topicsNote: text,
});

export type DocumentTexts = z.infer<typeof documentTexts>;

export type ParsedDocumentTexts =
  | { readonly kind: 'texts'; readonly texts: DocumentTexts }
  /** One line a problem, with the path inside the file. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** Takes the parsed JSON of one document.json. */
export function parseDocumentTexts(json: unknown): ParsedDocumentTexts {
  const { success, data, error } = documentTexts.safeParse(json);
  if (success) return { kind: 'texts', texts: data };
  return { kind: 'invalid', problems: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
}
