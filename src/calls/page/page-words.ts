// The words by which pages of calls are read: one file for each language in words/. All are regular expressions for
// folded text (small letters, no accents, straight quotes).

export type Heading =
  | 'issuer'
  | 'deadline'
  | 'purpose'
  | 'questions'
  | 'use'
  | 'next'
  | 'email'
  | 'subject'
  | 'limit'
  | 'formats'
  | 'languages'
  | 'contact'
  | 'other';

/** A sentence with these words states this value of a property. The first rule of a property that is met counts. */
export type Rule = readonly [path: string, value: string, words: string];

export interface PageWords {
  /** Longer ones first. */
  readonly headings: readonly (readonly [Heading, string])[];
  /** From January. */
  readonly months: readonly string[];
  /** From one. */
  readonly numbers: string;
  readonly words: string;
  readonly pages: string;
  /** Before or after a number of words or pages: it is the most that is allowed. */
  readonly atMost: string;
  /** Language tags by their names. */
  readonly languages: Readonly<Record<string, string>>;
  /** Before a list of languages: submissions are accepted in these. */
  readonly submittedIn: string;
  /** Before a day: it is the last one. */
  readonly until: string;
  /** Before a day: it is the new last one. */
  readonly extendedTo: string;
  /** Arrival counts; sending counts. */
  readonly received: string;
  readonly sent: string;
  readonly midnight: string;
  readonly noon: string;
  /** A sentence with these words is about publication or confidentiality. */
  readonly publishes: string;
  /** A way to send in such a sentence is not taken. */
  readonly refuses: string;
  /** A format is named for the submission itself, not for a download. */
  readonly inFormat: string;
  readonly notFormat: string;
  readonly download: string;
  /** The formats as a machine translation has them, which is a sign that other values were translated, too. */
  readonly mistranslated: string;
  /** Before a subject line in quotes. */
  readonly subjectIs: string;
  /** The line before or with the list of what is asked. */
  readonly asks: string;
  /** In such a line: the list is open, and nothing in it is compulsory. */
  readonly including: string;
  readonly good: string;
  readonly obstacles: string;
  readonly questionnaire: string;
  /** Comments on a draft are asked. */
  readonly onDraft: string;
  /** Before the list of those who are asked. */
  readonly invites: string;
  /** A body and this: it is the body's call. */
  readonly seeks: string;
  /** Between the list of those who are asked, and what they are asked to do. */
  readonly inviteEnds: string;
  readonly groups: Readonly<Record<string, string>>;
  /** A sentence that asks for details about the author, and a word in it that makes them compulsory. */
  readonly asksWho: string;
  readonly must: string;
  readonly details: Readonly<Record<string, string>>;
  /** A standing with the UN is asked, as of NGOs. */
  readonly status: string;
  readonly inMail: string;
  readonly inForm: string;
  /** A body's name, as it begins; the rest is what follows with capitals. */
  readonly bodies: string;
  /** Lines that are no title: menus, kinds of pages. */
  readonly noTitle: string;
  readonly title: string;
  readonly rules: readonly Rule[];
}
