// The shape of dialogs/<call-id>/call.yaml: everything seen in real calls for inputs. A key that is left out is "not-stated",
// for what a page does not say. Machine values (address, subject, formats, dates) are only here and are never translated.

import * as z from 'zod';
import { isZone } from './instant.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens, e.g. emler-2024');
const date = z.iso.date('a day as YYYY-MM-DD');
const url = z.url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' });
const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag, e.g. en, pt or pt-BR');
const notStated = z.literal('not-stated');
/** Most properties have three values, because most pages do not mention most things. */
const stated = z.enum(['yes', 'no', 'not-stated']).default('not-stated');
const time = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00)$/, "a time in quotes, e.g. '23:30'; '24:00' is the day's end");
const zone = z.string().refine(isZone, 'a time zone such as Europe/Zurich, EST or -05:00');

const source = z.strictObject({
  language: languageTag,
  /** False for a copy or a translation that the body itself did not publish. */
  official: z.boolean(),
  title: text,
  url: z.union([url, notStated]).default('not-stated'),
  retrieved: date,
});

const audienceGroup = z.enum([
  'families',
  'survivors',
  'civil-society',
  'accredited-ngos',
  'academics',
  'institutions',
  'international-organisations',
  'states',
]);
const audience = z.union([z.enum(['anyone', 'not-stated']), z.array(audienceGroup).min(1)]).default('not-stated');

const role = z.enum(['family', 'organisation']);
const prompt = z.strictObject({
  id,
  for: z.array(role).min(1).default(['family', 'organisation']),
  /** The answer is expected to be a URL. */
  asks: z.literal('link').optional(),
});

const question = z.strictObject({
  id,
  /** As the body prints it, whole: "4", "4.b", "4.b.ii". Absent: counted, as 1, 1.a, 1.a.i. */
  number: text.max(12, 'a number of at most 12 characters').optional(),
  /** Absent: everyone whom the questionnaire addresses. */
  for: z.array(role).min(1).optional(),
  asks: prompt.shape.asks,
  /** "If yes, …": asked only after this answer to an earlier question, at the top or of the same one. */
  'only-if': z.strictObject({ question: id, answer: z.enum(['yes', 'no']) }).optional(),
  get questions(): z.ZodOptional<z.ZodArray<typeof question>> {
    return z.array(question).min(1).optional();
  },
});

/** `compulsory`: every point must be answered. `anything-else`: other information is also accepted. */
const answering = { compulsory: stated, 'anything-else': stated };

const response = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('topics'),
    ...answering,
    lenses: z.array(id).default([]),
    topics: z.array(z.strictObject({ id, prompts: z.array(prompt).min(1) })).min(1),
  }),
  z.strictObject({
    kind: z.literal('questionnaire'),
    ...answering,
    /** One entry for each audience with separate questions; usually one. */
    questionnaires: z.array(z.strictObject({ id, audience, questions: z.array(question).min(1) })).min(1),
  }),
  z.strictObject({
    kind: z.literal('comments'),
    ...answering,
    draft: z.strictObject({ title: text, url: z.union([url, notStated]).default('not-stated') }),
    /** The paragraphs or articles that may be commented on; empty: the draft as a whole. */
    paragraphs: z.array(id).default([]),
  }),
  z.strictObject({ kind: z.literal('material'), ...answering, items: z.array(prompt).min(1) }),
  z.strictObject({
    kind: z.literal('table'),
    ...answering,
    rows: z.array(id).min(1),
    columns: z.array(prompt).min(1),
  }),
  z.strictObject({ kind: z.literal('open-letter'), ...answering }),
]);

const atMost = z.union([z.int().positive(), z.enum(['none', 'not-stated'])]).default('not-stated');
const limit = z.strictObject({
  words: atMost,
  pages: atMost,
  /** The part that is counted. If it is not stated, the whole file. */
  counts: z.enum(['whole-file', 'main-text', 'not-stated']).default('not-stated'),
  /** The limit of joint submissions, if they have their own. */
  joint: z.strictObject({ words: atMost, pages: atMost }).optional(),
  /** Our assumption, not the body's: used only if pages are limited. Default 500. */
  'assume-words-per-page': z.int().positive().optional(),
});

const fileFormat = z.enum(['docx', 'pdf', 'rtf', 'odt', 'txt']);
const formats = z.strictObject({
  accepted: z.union([z.array(fileFormat).min(1), notStated]).default('not-stated'),
  /** "Not PDF". */
  refused: z.array(fileFormat).default([]),
  /** The body's own form is required. */
  'own-form': stated,
});

const recipient = z.strictObject({
  address: z.email('an e-mail address'),
  /** The page or message that the address was copied from, and the day. */
  'copied-from': text,
  'copied-on': date,
  /** The person who verified the address with the body, by another channel. Nothing is sent to an unverified address. */
  verified: z.union([z.literal('no'), z.strictObject({ by: text, on: date })]).default('no'),
});
const channel = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('email'),
    to: z.union([z.array(recipient).min(1), notStated]).default('not-stated'),
  }),
  z.strictObject({
    kind: z.literal('web-form'),
    url: z.union([url, notStated]).default('not-stated'),
    account: stated,
  }),
  z.strictObject({ kind: z.literal('post'), to: z.union([text, notStated]).default('not-stated') }),
  z.strictObject({ kind: z.literal('fax'), to: z.union([text, notStated]).default('not-stated') }),
]);

export const SUBJECT_SLOTS = ['language', 'submitter', 'kind', 'country', 'session'] as const;
const subject = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('literal'), text }),
    /** The body gives one subject per language. The first one is for the languages that are not listed. */
    z.strictObject({
      kind: z.literal('by-language'),
      texts: z.array(z.strictObject({ language: languageTag, text })).min(1),
    }),
    z.strictObject({
      kind: z.literal('pattern'),
      pattern: text.refine(
        (value) =>
          [...value.matchAll(/\{([^}]{0,80})\}/g)].every(([, slot]) => SUBJECT_SLOTS.some((known) => known === slot)),
        `a text whose slots are among ${SUBJECT_SLOTS.map((slot) => `{${slot}}`).join(', ')}`,
      ),
      /** For {session}: the meeting that the texts are for, as the body writes it. */
      session: text.optional(),
    }),
    z.strictObject({ kind: z.enum(['none', 'not-stated']) }),
  ])
  .default({ kind: 'not-stated' });

const moment = {
  date,
  time: z.union([time, notStated]).default('not-stated'),
  zone: z.union([zone, notStated]).default('not-stated'),
};
const deadline = z
  .strictObject({
    ...moment,
    /** Whether sending or arrival counts. */
    meaning: z.enum(['sent', 'received', 'not-stated']).default('not-stated'),
    /** Our assumption, and texts say so: fills in a time or zone that is not stated. */
    assume: z.strictObject({ time: time.optional(), zone: zone.optional() }).optional(),
    /** Later deadlines that the body announced, oldest first; the last one is valid. */
    extended: z.array(z.strictObject(moment)).optional(),
  })
  .superRefine((value, context) => {
    const moments = [value, ...(value.extended ?? [])];
    for (const part of ['time', 'zone'] as const)
      if (moments.some((each) => each[part] === 'not-stated') && value.assume?.[part] === undefined)
        context.addIssue({ code: 'custom', path: ['assume', part], message: `a ${part}, because one is not stated` });
    for (const [index, each] of moments.entries())
      if (index > 0 && each.date < (moments[index - 1]?.date ?? ''))
        context.addIssue({ code: 'custom', path: ['extended', index - 1, 'date'], message: 'a later day than before' });
  });

export const callSchema = z.strictObject({
  id,
  /** Incremented whenever structure or text change; drafts stay with the revision they began with. */
  revision: z.int().positive(),
  status: z.enum(['draft', 'open', 'extended', 'closed']),
  /** As the first message in a messenger it begins this call, e.g. on a leaflet. The id always does. */
  word: z
    .string()
    .regex(/^[\p{L}\p{N}]{3,20}$/u, 'one word of 3 to 20 letters or digits, e.g. EMLER')
    .optional(),
  /** The person who went through a preview of exactly this (call:preview), and the day. */
  previewed: z.strictObject({ by: text, on: date }).optional(),
  sources: z.array(source).min(1),
  /** Names as the bodies write them, in the source's language; more than one: issued jointly. */
  issuers: z.array(text).min(1),
  audience,
  response,
  scope: z
    .strictObject({
      countries: z
        .union([z.enum(['all', 'one-per-submission', 'not-stated']), z.array(text).min(1)])
        .default('not-stated'),
      period: z.union([z.enum(['none', 'not-stated']), z.strictObject({ from: date, to: date })]).default('not-stated'),
      /** "Information falling outside the mandate will not be considered." */
      'outside-considered': stated,
      /** Whether the body examines individual cases. */
      'individual-cases': stated,
    })
    .prefault({}),
  limit: limit.prefault({}),
  languages: z.union([z.array(languageTag).min(1), notStated]).default('not-stated'),
  formats: formats.prefault({}),
  channels: z.union([z.array(channel).min(1), notStated]).default('not-stated'),
  subject,
  deadline: z.union([deadline, z.enum(['none', 'not-stated'])]).default('not-stated'),
  publication: z
    .strictObject({
      default: z
        .enum(['published', 'only-if-asked', 'may-be-published', 'always', 'never', 'not-stated'])
        .default('not-stated'),
      'as-received': stated,
      'opt-out': stated,
      'opt-out-where': z.enum(['subject', 'mail', 'document', 'form', 'not-stated']).default('not-stated'),
      /** Whether a part of the text may be confidential. */
      partial: stated,
      /** Whether authors must remove personal data themselves. */
      'remove-personal-data': stated,
    })
    .prefault({}),
  identity: z
    .strictObject({
      asked: z.enum(['none', 'optional', 'required', 'not-stated']).default('not-stated'),
      details: z
        .array(
          z.enum(['name', 'organisation', 'status', 'country', 'email', 'telephone', 'postal-address', 'not-stated']),
        )
        .default([]),
      where: z.enum(['document-top', 'mail', 'form', 'not-stated']).default('not-stated'),
    })
    .prefault({}),
  joint: z.strictObject({ allowed: stated, 'names-at-top': stated }).prefault({}),
  links: z.enum(['welcome', 'accepted', 'refused', 'not-stated']).default('not-stated'),
  attachments: z.strictObject({ allowed: stated, 'reports-of-others': stated }).prefault({}),
  layout: z
    .strictObject({
      font: z.union([text, notStated]).default('not-stated'),
      /** Points. */
      'font-size': z.union([z.int().positive(), notStated]).default('not-stated'),
      'numbered-paragraphs': stated,
      'executive-summary': stated,
    })
    .prefault({}),
  afterwards: z
    .strictObject({
      confirmation: stated,
      /** Whether the author may use the text elsewhere. */
      reuse: z.enum(['free', 'restricted', 'not-stated']).default('not-stated'),
      /** Whether the text must be new. */
      'unpublished-only': stated,
    })
    .prefault({}),
});

export type CallForInputs = z.infer<typeof callSchema>;
