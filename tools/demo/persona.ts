// An invented person from test/personas/*.yaml: what they write and tap, step by step, what they expect to see, and the
// outcome. Each key of such a file is explained below.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { PUBLICATIONS } from '../../src/dialog/engine/draft.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { COMMANDS } from '../../src/dialog/understanding/word-lists.ts';

export const PERSONAS = fileURLToPath(new URL('../../test/personas/', import.meta.url));

const MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** "7 days" → minutes. */
const duration = z.string().transform((text, context) => {
  const [, amount, unit] = /^(\d+) (minute|hour|day)s?$/.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return Number(amount) * (MINUTES[unit] ?? 1);
  context.addIssue({ code: 'custom', message: 'must read like "11 minutes", "2 hours" or "7 days"' });
  return z.NEVER;
});

const words = z.union([z.string().min(1), z.number()]).transform(String);
const wordsOrList = z.union([words.transform((one) => [one]), z.array(words)]);

const ACTIONS = ['says', 'tells', 'chooses', 'presses', 'waits', 'mail', 'code'] as const;

const stepSchema = z
  .strictObject({
    /** Types a message. */
    says: words.optional(),
    /** Types a message that is testimony: the first one begins the story. */
    tells: words.optional(),
    /** Taps a choice, by its words on the button or by its name in dialogs/intake.yaml. */
    chooses: words.optional(),
    /** Taps a command word: next, skip, skip-all … */
    presses: z.enum(COMMANDS).optional(),
    /** Time passes: "7 days". The page is opened again afterwards. */
    waits: duration.optional(),
    /** Waits until the mail that was approved has arrived. */
    mail: z.literal('arrives').optional(),
    /** Notes a resume code; later types it in another browser. */
    code: z.enum(['noted', 'given']).optional(),
    /** Texts, or keys of locales/<language>/bot.json, that must have been said by now; all of them. */
    expects: wordsOrList.optional(),
  })
  .superRefine((step, context) => {
    const done = ACTIONS.filter((action) => step[action] !== undefined);
    if (done.length > 1) context.addIssue({ code: 'custom', message: `one thing a step, not ${done.join(' and ')}` });
    if (Object.keys(step).length === 0) context.addIssue({ code: 'custom', message: 'an empty step' });
  });

const outcomeSchema = z.strictObject({
  /** Number of mails that arrive. */
  mails: z.number().int().min(0),
  publication: z.enum(PUBLICATIONS).optional(),
  /** Of the document, including headings. */
  'words at most': z.number().int().positive().optional(),
  /** Messages of the person, of every kind, from the first to SEND. */
  'messages at most': z.number().int().positive().optional(),
  /** The number of the person's message with which the story begins. */
  'story begins with message': z.number().int().positive().optional(),
  'in the document': z.array(words).default([]),
  'not in the document': z.array(words).default([]),
  /** False if everything must be erased in the end. */
  kept: z.boolean().default(true),
});

const personaSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/, 'small letters, digits and hyphens'),
  language: z.enum(WHOLE_LANGUAGES),
  /** A description in one line of English. */
  who: z.string().min(1),
  steps: z.array(stepSchema).min(1),
  outcome: outcomeSchema,
});

export type Persona = z.infer<typeof personaSchema>;
export type PersonaStep = Persona['steps'][number];

/** The message has one line per problem: file, place, what is wrong. */
export class PersonaError extends Error {
  override readonly name = 'PersonaError';
}

/** YAML → persona. Throws PersonaError; `file` names it there. */
export function parsePersona(text: string, file: string): Persona {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (error) {
    throw new PersonaError(`${file}: not YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = personaSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${file}: ${placeOf(path)}: ${message}`);
  throw new PersonaError(lines.join('\n'));
}

/** People count steps from one. */
function placeOf(path: readonly PropertyKey[]): string {
  const [first, second, ...rest] = path;
  if (first === 'steps' && typeof second === 'number') return ['step', second + 1, ...rest].join(' ');
  return path.join(' ') || '(whole file)';
}

/** All personas of the folder, by name. */
export function loadPersonas(folder = PERSONAS): readonly Persona[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((name) => {
    const persona = parsePersona(readFileSync(join(folder, name), 'utf8'), name);
    if (name !== `${persona.name}.yaml`) throw new PersonaError(`${name}: the file must be named ${persona.name}.yaml`);
    return persona;
  });
}
