// dialogs/intake.yaml: the frame that every call shares. It orders choices, switches optional steps on and distributes
// words; it cannot reorder steps or drop a consent (route.ts, prompt-traits.ts).

import { z } from 'zod';
import { LANGUAGES } from '../../languages.ts';

const CHOICES = {
  hello: ['go-on', 'person', 'danger', 'leave'],
  safety: ['go-on', 'vanish', 'more', 'leave'],
  keep: ['keep-adult', 'keep-minor', 'keep-no'],
  'keep-yes': ['yes', 'no'],
  minor: ['minor-contact', 'minor-not', 'minor-leave'],
  'for-whom': ['family', 'witness', 'organisation', 'organiser'],
  naming: ['full', 'initials', 'none'],
  'read-back': ['here', 'file', 'changed', 'not-now'],
  'read-back-check': ['right', 'change'],
  publication: ['public-named', 'public-unnamed', 'confidential'],
  after: ['delivery', 'correct', 'withdraw', 'copy', 'delete', 'another'],
} as const;

/** A permutation of these values. */
function orderOf<const V extends readonly string[]>(values: V) {
  return z
    .array(z.enum(values))
    .refine((given) => given.length === values.length && new Set(given).size === values.length, {
      message: `must hold each of ${values.join(', ')} once`,
    });
}

const intakeSchema = z.strictObject({
  /** Used if the first message does not show its language. */
  language: z.enum(LANGUAGES),
  /** The call that people answer: the name of a file in this folder. */
  call: z.string(),
  choices: z.strictObject({
    hello: orderOf(CHOICES.hello),
    safety: orderOf(CHOICES.safety),
    keep: orderOf(CHOICES.keep),
    'keep-yes': orderOf(CHOICES['keep-yes']),
    minor: orderOf(CHOICES.minor),
    'for-whom': orderOf(CHOICES['for-whom']),
    naming: orderOf(CHOICES.naming),
    'read-back': orderOf(CHOICES['read-back']),
    'read-back-check': orderOf(CHOICES['read-back-check']),
    publication: orderOf(CHOICES.publication),
    after: orderOf(CHOICES.after),
  }),
  optional: z.strictObject({
    'own-word': z.boolean(),
    asks: z.boolean(),
    'good-examples': z.boolean(),
    'anything-else': z.boolean(),
    links: z.boolean(),
  }),
  /** Shares of the word limit per part, as proportions. */
  budget: z.strictObject({
    story: z.number().int().positive(),
    topic: z.number().int().positive(),
    asks: z.number().int().positive(),
    frame: z.number().int().positive(),
    reserve: z.number().int().nonnegative(),
  }),
  /** Share of the limit (0 to 1) from which words are counted aloud. */
  warnFrom: z.number().min(0).max(1),
  /** Hours of silence after which a person is welcomed back. */
  welcomeBackAfterHours: z.number().positive(),
  /** Minutes of silence after which the passphrase is asked again. */
  ownWordMinutes: z.number().positive(),
});

export type Intake = z.infer<typeof intakeSchema>;

/** Parses the content of intake.yaml; throws zod's error with every wrong path. */
export function parseIntake(value: unknown): Intake {
  return intakeSchema.parse(value);
}
