// The texts of a call in one language, from its sheet (texts-sheet.ts) or from locales/<language>/<call-id>.json. Keys
// follow the call's topics and prompts.

import * as z from 'zod';
import { topicsOf } from './call.ts';
import { knownKeys, problemsOf } from './problems.ts';
import type { CallProblem } from './problems.ts';
import type { CallForInputs } from './schema.ts';
import { inEvery, LANGUAGE_FACTS, type Language } from '../languages.ts';

/** In characters. A bubble holds 600, and the engine adds a line. */
const BUBBLE = 500;
const LINE = 60;
const PHRASE = 120;

const said = z
  .string()
  .trim()
  .min(1)
  .refine((text) => !/[{}]|\$t\(/.test(text), 'a text without { } or $t(, which would be read as places to fill in');
const upTo = (characters: number) => said.max(characters, `a text of at most ${characters} characters`);

const topic = z.strictObject({
  /** The official heading, if there is one; it heads the section in the document. */
  title: said,
  /** For a numbered list. */
  short: upTo(LINE),
  /** Of the document: a few words, since headings count towards the limit. */
  heading: upTo(LINE).optional(),
  /** All sub-questions of a role in one bubble. */
  hints: z.strictObject({ family: upTo(BUBBLE), organisation: upTo(BUBBLE) }),
  /** Each sub-question alone. */
  prompts: z.record(z.string(), upTo(BUBBLE)),
});

/** Each as in the middle of a sentence, with its article: "the UN". The texts join prepositions to it (languages.ts). */
const body = z.strictObject({
  /** Its short name, singular. */
  name: upTo(LINE),
  /** Its readers, plural: "the experts". */
  readers: upTo(LINE),
  /** The same for somebody who has not heard of them: "experts of the UN". */
  'some-readers': upTo(LINE),
  /** The work that the texts serve: "their report to the UN". */
  purpose: upTo(LINE),
  /** A sentence for those who are threatened because they write to it, if it says anything about that. */
  reprisals: upTo(BUBBLE).optional(),
  /** After "the readers want to know above all". Without it the story's text says the call's short title. */
  wants: upTo(PHRASE).optional(),
  /** The same, said to organisations. */
  'wants-organisation': upTo(PHRASE).optional(),
  /** The same in a few words, as the subject of a sentence: "what came after". Used together with `spared`. */
  matters: upTo(LINE).optional(),
  /** After "you need not tell": "how the death was". */
  spared: upTo(LINE).optional(),
});

/** The language, by its tag, of the texts that a catalogue lacks, and whether it lacks all of them. */
const borrowed = z.strictObject({ from: z.string(), all: z.boolean() });

const catalogueSchema = z.strictObject({
  /** Set if texts are shown in another language: people are told before the first question. */
  borrowed: borrowed.optional(),
  /** True if title, stem, topic titles, why and how-used are what the body itself published in this language. */
  official: z.boolean(),
  /** True if a native reader has checked it. */
  reviewed: z.boolean(),
  title: said,
  short: upTo(LINE),
  /** The body's name. */
  issuer: said,
  /** The body and its readers in the bot's own sentences. Absent in calls that were archived without it. */
  body: body.optional(),
  /** The sentence before the list of topics. */
  stem: upTo(BUBBLE),
  lenses: z.record(z.string(), said),
  /** The body's sentence on the use of texts; absent if the call says nothing about that. */
  'how-used': upTo(BUBBLE).optional(),
  /** By topic: the official wording; our own translation says that it is one. */
  why: z.record(z.string(), upTo(BUBBLE)),
  topics: z.record(z.string(), topic),
});

export type CallCatalogue = z.infer<typeof catalogueSchema>;

/** A call's own texts; a language with a fallback may have none. */
export type OwnCatalogues = Readonly<Partial<Record<Language, CallCatalogue>>>;

/**
 * The texts in every language. Those of a fallback come without the phrases of the body, which stand in the middle of
 * sentences. Throws if a language without a fallback has none.
 */
export function inEveryLanguage(id: string, own: OwnCatalogues): Readonly<Record<Language, CallCatalogue>> {
  return inEvery((language) => {
    const catalogue = own[language];
    if (catalogue !== undefined) return catalogue;
    const { fallback } = LANGUAGE_FACTS[language];
    const lent = fallback === null ? undefined : own[fallback];
    if (fallback === null || lent === undefined) throw new Error(`no texts of ${id} in ${language}`);
    const { body: _, ...rest } = lent;
    const from = lent.borrowed?.all === true ? lent.borrowed.from : fallback;
    return { ...rest, official: false, reviewed: false, borrowed: { from, all: true } };
  });
}

/** Untrusted data → the catalogue of this call in this language, or every missing, surplus, empty or overlong text. */
export function parseCatalogue(
  call: CallForInputs,
  language: Language,
  value: unknown,
):
  | { readonly ok: true; readonly catalogue: CallCatalogue }
  | { readonly ok: false; readonly problems: readonly CallProblem[] } {
  const keys = exactly(call).safeParse(value, { reportInput: true, error: knownKeys });
  if (!keys.success) return { ok: false, problems: problemsOf(keys.error.issues) };
  const catalogue = catalogueSchema.parse(keys.data);
  const published = call.sources.some((source) => source.official && source.language === language);
  if (catalogue.official && !published)
    return {
      ok: false,
      problems: [{ path: 'official', expected: `false: no official source of the call is in ${language}` }],
    };
  return { ok: true, catalogue };
}

/** The same shape, with exactly this call's topics, prompts and lenses as keys. */
function exactly(call: CallForInputs) {
  const topics = topicsOf(call);
  const keyed = <Shape extends z.ZodType>(ids: readonly string[], shape: Shape) =>
    z.strictObject(Object.fromEntries(ids.map((id) => [id, shape])));
  const topicIds = topics.map(({ id }) => id);
  return catalogueSchema.extend({
    lenses: keyed(call.response.kind === 'topics' ? call.response.lenses : [], said),
    why: keyed(topicIds, upTo(BUBBLE)),
    topics: z.strictObject(
      Object.fromEntries(
        topics.map(({ id, prompts }) => [
          id,
          topic.extend({
            prompts: keyed(
              prompts.map((prompt) => prompt.id),
              upTo(BUBBLE),
            ),
          }),
        ]),
      ),
    ),
  });
}
