// dialogs/intake.yaml: the frame that every call shares. It orders choices, switches optional steps and shares out words;
// it cannot reorder steps or drop a consent (route.ts, prompt-traits.ts).

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

/** Exactly these values, in an order of one's own. */
function orderOf<const V extends readonly string[]>(values: V) {
  return z
    .array(z.enum(values))
    .refine((given) => given.length === values.length && new Set(given).size === values.length, {
      message: `must hold each of ${values.join(', ')} once`,
    });
}

const intakeSchema = z.strictObject({
  /** Used where nothing tells the language of a first message. */
  language: z.enum(LANGUAGES),
  /** The call that people answer, a file of this folder. */
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
  /** Words: a starting share of the limit per part, in the proportion of these figures. */
  budget: z.strictObject({
    story: z.number().int().positive(),
    topic: z.number().int().positive(),
    asks: z.number().int().positive(),
    frame: z.number().int().positive(),
    reserve: z.number().int().nonnegative(),
  }),
  /** Words are counted aloud from this share of the limit on (0 to 1). */
  warnFrom: z.number().min(0).max(1),
  /** Hours of silence after which a person is welcomed back. */
  welcomeBackAfterHours: z.number().positive(),
  /** Minutes after which the word of one's own is asked again. */
  ownWordMinutes: z.number().positive(),
});

export type Intake = z.infer<typeof intakeSchema>;

/** The content of intake.yaml → typed, or zod's error with every path that is wrong. */
export function parseIntake(value: unknown): Intake {
  return intakeSchema.parse(value);
}
