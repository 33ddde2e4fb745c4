// The sentences of the mails, one catalogue a language (locales/<language>/mail.json); what may be done with the text is
// said in the words of the document (submission/document-texts.ts), one table for both. A catalogue with a slot missing
// or misspelt is refused here, at the start, and not when a mail is due.

import { z } from 'zod';
import type { Language } from '../dialog/language.ts';

/** One sentence or more with exactly these `{slots}`. */
function template(...slots: readonly string[]) {
  return z
    .string()
    .min(1)
    .refine((text) => slotsIn(text).toSorted().join() === slots.toSorted().join(), {
      message: `expected exactly these slots: ${slots.map((slot) => `{${slot}}`).join(' ') || 'none'}`,
    });
}

/** What an account of ours with a messenger may come to; each state is one channel's, or means the same on all. */
export const accountStateSchema = z.strictObject({
  restricted: template(),
  'logged-out': template(),
  forbidden: template(),
  'not-multi-device': template(),
  'used-elsewhere': template(),
  'bad-session': template(),
  'keys-missing': template(),
  'teams-sign-in': template(),
  'teams-forbidden': template(),
  'teams-unreachable': template(),
});

const schema = z.strictObject({
  /** False until a native reader has read the file. */
  reviewed: z.boolean(),
  attention: template('issuer'),
  submission: template('call', 'operator'),
  correction: template('call', 'operator', 'replaces'),
  approved: template(),
  late: template(),
  withdrawal: z.strictObject({
    /** One contribution of a joint submission. */
    part: z.strictObject({
      first: template('part', 'reference'),
      text: template('call', 'operator', 'part', 'reference'),
    }),
    withdraw: z.strictObject({ first: template('reference'), text: template('call', 'operator', 'reference') }),
    'not-publish': z.strictObject({ first: template('reference'), text: template('call', 'operator', 'reference') }),
  }),
  reference: template('reference'),
  replies: template('operator'),
  staff: z.strictObject({
    subject: template('reference'),
    kind: z.strictObject({ submission: template(), correction: template(), withdrawal: template() }),
    state: z.strictObject({
      left: template(),
      held: template(),
      refused: template(),
      uncertain: template(),
      'given-up': template(),
      deferred: template(),
      alarm: template(),
      old: template(),
      withheld: template(),
      confidential: template(),
      'not-sent': template(),
    }),
    body: template('reference', 'kind', 'state'),
  }),
  /** To the staff, when a case needs a person. */
  needs: z.strictObject({
    subject: template(),
    body: template('need', 'reference', 'desk'),
    encrypted: template(),
    /** In place of a reference that is not there. */
    none: template(),
    kind: z.strictObject({
      'in-danger': template(),
      'asks-for-person': template(),
      'under-age': template(),
      review: template(),
      bounce: template(),
      answer: template(),
      unmatched: template(),
      'set-aside': template(),
    }),
  }),
  /** To the staff, of an account of ours with a messenger. */
  account: z.strictObject({
    subject: template('channel'),
    /** Where more is said of it; the channels' own names. */
    more: z.strictObject({ WhatsApp: template(), Teams: template() }),
    state: accountStateSchema,
    body: template('state', 'more'),
  }),
});

export type MailTexts = z.infer<typeof schema>;
export type MailCatalogues = Readonly<Record<Language, MailTexts>>;

/** Throws with the path of every problem: a broken catalogue stops the start. */
export function parseMailTexts(value: unknown): MailTexts {
  return schema.parse(value);
}

/**
 * Fills the slots. Values become one line each, and what looks like a slot inside a value stays as it is.
 * Throws for a slot without a value: our own mistake.
 */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(SLOT, (_whole, slot: string) => {
    const value = values[slot];
    if (value === undefined) throw new Error(`No value for the slot {${slot}}`);
    return value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  });
}

const SLOT = /\{([a-z]+)\}/g;

function slotsIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(SLOT), (match) => match[1] ?? ''))];
}
