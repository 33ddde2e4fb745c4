// The manifest of the Teams app, and as much of Microsoft's schema as it uses, with the limits that are written there
// (https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json).

import { z } from 'zod';

const https = z.url({ protocol: /^https$/ }).max(2048);
const text = (most: number) => z.string().min(1).max(most);

export const manifestSchema = z.strictObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json'),
  manifestVersion: z.literal('1.19'),
  version: text(256).regex(/^\d+\.\d+\.\d+$/),
  id: z.uuid(),
  developer: z.strictObject({ name: text(32), websiteUrl: https, privacyUrl: https, termsOfUseUrl: https }),
  name: z.strictObject({ short: text(30), full: text(100) }),
  description: z.strictObject({ short: text(80), full: text(4000) }),
  icons: z.strictObject({ color: z.literal('color.png'), outline: z.literal('outline.png') }),
  accentColor: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  bots: z
    .array(
      z.strictObject({
        botId: z.uuid(),
        scopes: z.array(z.literal('personal')).length(1),
        supportsFiles: z.boolean(),
        isNotificationOnly: z.boolean(),
        commandLists: z
          .array(
            z.strictObject({
              scopes: z.array(z.literal('personal')).length(1),
              commands: z.array(z.strictObject({ title: text(32), description: text(128) })).max(10),
            }),
          )
          .max(3),
      }),
    )
    .length(1),
  validDomains: z
    .array(
      z
        .string()
        .max(2048)
        .regex(/^[\w.-]+$/),
    )
    .max(16),
});

export type Manifest = z.infer<typeof manifestSchema>;

export interface ManifestOf {
  readonly appId: string;
  readonly operator: string;
  /** Where people reach the web chat: its pages say what is kept and for how long. https. */
  readonly publicUrl: URL;
  /** Of this program, e.g. "0.1.0". */
  readonly version: string;
}

/** One bot, for one person at a time. Throws zod's error where a part breaks the schema, e.g. a page without https. */
export function buildManifest({ appId, operator, publicUrl, version }: ManifestOf): Manifest {
  return manifestSchema.parse({
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json',
    manifestVersion: '1.19',
    version,
    id: appId,
    developer: {
      name: cut(operator, 32),
      websiteUrl: publicUrl.href,
      privacyUrl: new URL('/info', publicUrl).href,
      termsOfUseUrl: new URL('/info', publicUrl).href,
    },
    // Neutral: it stands in a list that others may look at.
    name: { short: 'Griot', full: cut(`Griot, by ${operator}`, 100) },
    description: {
      short: 'Write a text, in your own words and at your own pace.',
      full: [
        `An automated program of ${operator}. It helps people to write a text in English, French, Spanish or Portuguese.`,
        'It answers in a chat with one person only. Your organisation can read what is written in Teams:',
        `if that could harm you or others, use ${publicUrl.href} on a device of your own instead.`,
        'Write anything to begin; write help, pause, stop or delete at any time.',
      ].join('\n\n'),
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#2B5B84',
    bots: [
      {
        botId: appId,
        scopes: ['personal'],
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: [
          {
            scopes: ['personal'],
            commands: [
              { title: 'help', description: 'People to turn to, and the words that always work' },
              { title: 'review', description: 'Read what you have written so far' },
              { title: 'pause', description: 'Rest; what you wrote is kept' },
              { title: 'stop', description: 'Stop a sending, or everything' },
              { title: 'delete', description: 'Erase what we keep of you' },
              { title: 'language', description: 'English, français, español, português' },
            ],
          },
        ],
      },
    ],
    validDomains: [publicUrl.hostname],
  });
}

function cut(words: string, most: number): string {
  return words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`;
}
