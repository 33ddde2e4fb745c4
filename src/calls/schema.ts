// The shape of dialogs/<call-id>.yaml: everything seen in real calls for inputs, with "not-stated" for what a page does
// not say. Machine values (address, subject, formats, dates) are only here and are never translated.

import * as z from 'zod';

// Wall-clock times in a zone as instants, by the time-zone rules of the runtime.

/** True if the runtime knows the zone: an IANA name ("Europe/Zurich"), an alias ("EST") or an offset ("+14:00"). */
function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const DAY = 86_400_000;

/**
 * The instant (ms since 1970, UTC) at which clocks in `zone` show `date` (YYYY-MM-DD) and `time` (HH:MM or HH:MM:SS). A
 * day's last minute ("23:59") and "24:00" mean the last second of that day, 23:59:59. If the hour occurs twice (clocks
 * go back) or never (clocks go forward), the earlier reading counts, so that nobody is late. Throws a RangeError for an
 * unknown zone or an impossible date.
 */
export function instantOf(date: string, time: string, zone: string): number {
  const wall = Date.parse(`${date}T${secondsOf(time)}Z`);
  if (Number.isNaN(wall)) throw new RangeError(`No such date and time: ${date} ${time}`);
  const readings = [wall - DAY, wall + DAY].map((near) => wall - offsetAt(near, zone));
  const exact = readings.filter((instant) => instant + offsetAt(instant, zone) === wall);
  return Math.min(...(exact.length > 0 ? exact : readings));
}

function secondsOf(time: string): string {
  if (time === '24:00' || time === '23:59') return '23:59:59';
  return time.length === 5 ? `${time}:00` : time;
}

/** Milliseconds by which clocks in `zone` are ahead of UTC at `instant`. */
function offsetAt(instant: number, zone: string): number {
  const parts = clockIn(zone).formatToParts(instant);
  const read = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
  return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second')) - instant;
}

/** Cached: making one takes longer than the rest of a turn; there is one per zone. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(zone, clock);
  return clock;
}

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'small letters, digits and single hyphens, e.g. emler-2024');
const date = z.iso.date('a day as YYYY-MM-DD');
const url = z.url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' });
const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag, e.g. en, pt or pt-BR');
const notStated = z.literal('not-stated');
/** Most properties have three values, because most pages do not mention most things. */
const stated = z.enum(['yes', 'no', 'not-stated']);
const time = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?|24:00)$/, "a time in quotes, e.g. '23:30'; '24:00' is the day's end");
const zone = z.string().refine(isZone, 'a time zone such as Europe/Zurich, EST or -05:00');

const source = z.strictObject({
  language: languageTag,
  /** False for a copy or a translation that the body itself did not publish. */
  official: z.boolean(),
  title: text,
  url: z.union([url, notStated]),
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
const audience = z.union([z.enum(['anyone', 'not-stated']), z.array(audienceGroup).min(1)]);

const prompt = z.strictObject({
  id,
  for: z.array(z.enum(['family', 'organisation'])).min(1),
  /** The answer is expected to be a URL. */
  asks: z.literal('link').optional(),
});

const question = z.strictObject({
  id,
  /** Absent: everyone whom the questionnaire addresses. */
  for: prompt.shape.for.optional(),
  asks: prompt.shape.asks,
  /** "If yes, …": asked only after this answer to an earlier question of the same topic. */
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
    lenses: z.array(id),
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
    draft: z.strictObject({ title: text, url: z.union([url, notStated]) }),
    /** The paragraphs or articles that may be commented on; empty: the draft as a whole. */
    paragraphs: z.array(id),
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

const atMost = z.union([z.int().positive(), z.enum(['none', 'not-stated'])]);
const limit = z.strictObject({
  words: atMost,
  pages: atMost,
  /** The part that is counted. If it is not stated, the whole file. */
  counts: z.enum(['whole-file', 'main-text', 'not-stated']),
  /** The limit of joint submissions, if they have their own. */
  joint: z.strictObject({ words: atMost, pages: atMost }).optional(),
  /** Our assumption, not the body's: used only if pages are limited. Default 500. */
  'assume-words-per-page': z.int().positive().optional(),
});

const fileFormat = z.enum(['docx', 'pdf', 'rtf', 'odt', 'txt']);
const formats = z.strictObject({
  accepted: z.union([z.array(fileFormat).min(1), notStated]),
  /** "Not PDF". */
  refused: z.array(fileFormat),
  /** The body's own form is required. */
  'own-form': stated,
});

const recipient = z.strictObject({
  address: z.email('an e-mail address'),
  /** The page or message that the address was copied from, and the day. */
  'copied-from': text,
  'copied-on': date,
  /** The person who verified the address with the body, by another channel. Nothing is sent to an unverified address. */
  verified: z.union([z.literal('no'), z.strictObject({ by: text, on: date })]),
});
const channel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('email'), to: z.union([z.array(recipient).min(1), notStated]) }),
  z.strictObject({ kind: z.literal('web-form'), url: z.union([url, notStated]), account: stated }),
  z.strictObject({ kind: z.literal('post'), to: z.union([text, notStated]) }),
  z.strictObject({ kind: z.literal('fax'), to: z.union([text, notStated]) }),
]);

export const SUBJECT_SLOTS = ['language', 'submitter', 'kind', 'country', 'session'] as const;
const subject = z.discriminatedUnion('kind', [
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
  }),
  z.strictObject({ kind: z.enum(['none', 'not-stated']) }),
]);

const moment = { date, time: z.union([time, notStated]), zone: z.union([zone, notStated]) };
const deadline = z
  .strictObject({
    ...moment,
    /** Whether sending or arrival counts. */
    meaning: z.enum(['sent', 'received', 'not-stated']),
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
  sources: z.array(source).min(1),
  /** Names as the bodies write them, in the source's language; more than one: issued jointly. */
  issuers: z.array(text).min(1),
  audience,
  response,
  scope: z.strictObject({
    countries: z.union([z.enum(['all', 'one-per-submission', 'not-stated']), z.array(text).min(1)]),
    period: z.union([z.enum(['none', 'not-stated']), z.strictObject({ from: date, to: date })]),
    /** "Information falling outside the mandate will not be considered." */
    'outside-considered': stated,
    /** Whether the body examines individual cases. */
    'individual-cases': stated,
  }),
  limit,
  languages: z.union([z.array(languageTag).min(1), notStated]),
  formats,
  channels: z.union([z.array(channel).min(1), notStated]),
  subject,
  deadline: z.union([deadline, z.enum(['none', 'not-stated'])]),
  publication: z.strictObject({
    default: z.enum(['published', 'only-if-asked', 'may-be-published', 'always', 'never', 'not-stated']),
    'as-received': stated,
    'opt-out': stated,
    'opt-out-where': z.enum(['subject', 'mail', 'document', 'form', 'not-stated']),
    /** Whether a part of the text may be confidential. */
    partial: stated,
    /** Whether authors must remove personal data themselves. */
    'remove-personal-data': stated,
  }),
  identity: z.strictObject({
    asked: z.enum(['none', 'optional', 'required', 'not-stated']),
    details: z.array(
      z.enum(['name', 'organisation', 'status', 'country', 'email', 'telephone', 'postal-address', 'not-stated']),
    ),
    where: z.enum(['document-top', 'mail', 'form', 'not-stated']),
  }),
  joint: z.strictObject({ allowed: stated, 'names-at-top': stated }),
  links: z.enum(['welcome', 'accepted', 'refused', 'not-stated']),
  attachments: z.strictObject({ allowed: stated, 'reports-of-others': stated }),
  layout: z.strictObject({
    font: z.union([text, notStated]),
    /** Points. */
    'font-size': z.union([z.int().positive(), notStated]),
    'numbered-paragraphs': stated,
    'executive-summary': stated,
  }),
  afterwards: z.strictObject({
    confirmation: stated,
    /** Whether the author may use the text elsewhere. */
    reuse: z.enum(['free', 'restricted', 'not-stated']),
    /** Whether the text must be new. */
    'unpublished-only': stated,
  }),
});

export type CallForInputs = z.infer<typeof callSchema>;
