// The words by which pages of calls are read: one file for each language in words/. All are regular expressions for
// folded text (small letters, no accents, straight quotes).

import { z } from 'zod';
import english from './words/en.json' with { type: 'json' };
import spanish from './words/es.json' with { type: 'json' };
import french from './words/fr.json' with { type: 'json' };
import portuguese from './words/pt.json' with { type: 'json' };

const HEADINGS = [
  'issuer',
  'deadline',
  'purpose',
  'questions',
  'use',
  'next',
  'email',
  'subject',
  'limit',
  'formats',
  'languages',
  'contact',
  'other',
] as const;
export type Heading = (typeof HEADINGS)[number];

const names = z.record(z.string(), z.string());

const schema = z.strictObject({
  /** Longer ones first. */
  headings: z.array(z.tuple([z.enum(HEADINGS), z.string()])),
  /** From January. */
  months: z.array(z.string()).length(12),
  /** From one. */
  numbers: z.string(),
  words: z.string(),
  pages: z.string(),
  /** Before or after a number of words or pages: it is the most that is allowed. */
  atMost: z.string(),
  /** Language tags by their names. */
  languages: names,
  /** Before a list of languages: submissions are accepted in these. */
  submittedIn: z.string(),
  /** Before a day: it is the last one. */
  until: z.string(),
  /** Before a day: it is the new last one. */
  extendedTo: z.string(),
  /** Arrival counts; sending counts. */
  received: z.string(),
  sent: z.string(),
  midnight: z.string(),
  noon: z.string(),
  /** A sentence with these words is about publication or confidentiality. */
  publishes: z.string(),
  /** A way to send in such a sentence is not taken. */
  refuses: z.string(),
  /** A format is named for the submission itself, not for a download. */
  inFormat: z.string(),
  notFormat: z.string(),
  download: z.string(),
  /** The formats as a machine translation has them, which is a sign that other values were translated, too. */
  mistranslated: z.string(),
  /** Before a subject line in quotes. */
  subjectIs: z.string(),
  /** The line before or with the list of what is asked. */
  asks: z.string(),
  /** In such a line: the list is open, and nothing in it is compulsory. */
  including: z.string(),
  good: z.string(),
  obstacles: z.string(),
  /** "If so": a question begins with it that is asked after a yes to another one. */
  ifYes: z.string(),
  ifNo: z.string(),
  /** Any other condition at the beginning of a question. */
  ifOther: z.string(),
  /** A question begins with it that is answered by yes or no; with a word of the other, it is not. */
  yesOrNo: z.string(),
  openQuestion: z.string(),
  questionnaire: z.string(),
  /** Comments on a draft are asked. */
  onDraft: z.string(),
  /** Before the list of those who are asked. */
  invites: z.string(),
  /** A body and this: it is the body's call. */
  seeks: z.string(),
  /** Between the list of those who are asked, and what they are asked to do. */
  inviteEnds: z.string(),
  groups: names,
  /** A sentence that asks for details about the author, and a word in it that makes them compulsory. */
  asksWho: z.string(),
  must: z.string(),
  details: names,
  /** A standing with the UN is asked, as of NGOs. */
  status: z.string(),
  inMail: z.string(),
  inForm: z.string(),
  /** A body's name, as it begins; the rest is what follows with capitals. */
  bodies: z.string(),
  /** Lines that are no title: menus, kinds of pages. */
  noTitle: z.string(),
  /** A line that begins with it, and goes on, is the title of a call. */
  callLine: z.string(),
  title: z.string(),
  /** [path, value, words]: a sentence with these words states this value. The first rule of a property that is met counts. */
  rules: z.array(z.tuple([z.string(), z.string(), z.string()])),
});

export type PageWords = z.infer<typeof schema>;

/** Pages quote each other's languages, so all are looked for at once. */
export const WORDS: readonly PageWords[] = [english, french, spanish, portuguese].map((words) => schema.parse(words));
