import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { z } from 'zod';
import { type WholeLanguage, WHOLE_LANGUAGES } from '../../../languages.ts';
import type { TeamsTexts } from '../../../texts/catalogues.ts';
import { colorIcon, outlineIcon } from './icons.ts';

// The manifest of the Teams app, and the used part of Microsoft's schema with its limits
// (https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json).

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
  localizationInfo: z.strictObject({
    defaultLanguageTag: z.literal('en'),
    additionalLanguages: z.array(z.strictObject({ languageTag: text(10), file: text(2048) })),
  }),
  validDomains: z
    .array(
      z
        .string()
        .max(2048)
        .regex(/^[\w.-]+$/),
    )
    .max(16),
});

type Manifest = z.infer<typeof manifestSchema>;

/** The file of another language (https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.Localization.schema.json). */
export const localizationSchema = z
  .object({
    $schema: z.literal(
      'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.Localization.schema.json',
    ),
    'name.short': text(30),
    'name.full': text(100),
    'description.short': text(80),
    'description.full': text(4000),
  })
  .catchall(text(128));

interface ManifestOf {
  readonly appId: string;
  readonly operator: string;
  /** The web chat's URL (https): its pages say what is stored and for how long. */
  readonly publicUrl: URL;
  /** Of this program, e.g. "0.1.0": the first two numbers of the app's version. */
  readonly version: string;
  readonly texts: Readonly<Record<WholeLanguage, TeamsTexts['package']>>;
}

/**
 * One bot, for one person at a time. Throws zod's error if a part breaks the schema, e.g. a page without https. Teams takes
 * a changed manifest only under another version, so the last number of it is made of the content.
 */
export function buildManifest(of: ManifestOf): Manifest {
  const [major = '', minor = ''] = of.version.split('.');
  const content = { ...manifestBut(of), ...localizationsOf(of) };
  const hash = createHash('sha256').update(JSON.stringify(content)).digest().readUIntBE(0, 3);
  return manifestSchema.parse({ ...manifestBut(of), version: `${major}.${minor}.${hash}` });
}

function manifestBut({ appId, operator, publicUrl, texts }: ManifestOf): Omit<Manifest, 'version'> {
  const own = wordsOf(texts.en, operator, publicUrl);
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json',
    manifestVersion: '1.19',
    id: appId,
    developer: {
      name: cut(operator, 32),
      websiteUrl: publicUrl.href,
      privacyUrl: new URL('/info', publicUrl).href,
      termsOfUseUrl: new URL('/info', publicUrl).href,
    },
    // Neutral: the list may be seen by others.
    name: { short: 'Griot', full: own.name },
    description: { short: own.short, full: own.full },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#2B5B84',
    bots: [
      {
        botId: appId,
        scopes: ['personal'],
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: [{ scopes: ['personal'], commands: own.commands }],
      },
    ],
    localizationInfo: {
      defaultLanguageTag: 'en',
      additionalLanguages: OTHERS.map((language) => ({ languageTag: language, file: `${language}.json` })),
    },
    validDomains: [publicUrl.hostname],
  };
}

const OTHERS = WHOLE_LANGUAGES.filter((language) => language !== 'en');

function localizationsOf({ operator, publicUrl, texts }: ManifestOf): Readonly<Record<string, object>> {
  return Object.fromEntries(
    OTHERS.map((language) => {
      const own = wordsOf(texts[language], operator, publicUrl);
      const file = {
        $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.Localization.schema.json',
        'name.short': 'Griot',
        'name.full': own.name,
        'description.short': own.short,
        'description.full': own.full,
        ...Object.fromEntries(
          own.commands.flatMap(({ title, description }, index) => [
            [`bots[0].commandLists[0].commands[${index}].title`, title],
            [`bots[0].commandLists[0].commands[${index}].description`, description],
          ]),
        ),
      };
      return [`${language}.json`, localizationSchema.parse(file)];
    }),
  );
}

function wordsOf({ name, short, full, commands }: TeamsTexts['package'], operator: string, publicUrl: URL) {
  const filled = (words: string) => words.replaceAll('{{operator}}', operator).replaceAll('{{url}}', publicUrl.href);
  return {
    name: cut(filled(name), 100),
    short,
    full: cut(filled(full), 4000),
    commands: Object.values(commands).map(({ title, what }) => ({ title, description: what })),
  };
}

function cut(words: string, most: number): string {
  return words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`;
}

/** The zip that an administrator uploads to Teams; the same input gives the same bytes. */
export function buildAppPackage(of: ManifestOf): Uint8Array {
  const json = (value: object) => new Uint8Array(Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
  const others = Object.entries(localizationsOf(of)).map(([name, file]) => [name, json(file)] as const);
  const files = {
    'manifest.json': json(buildManifest(of)),
    'color.png': colorIcon(),
    'outline.png': outlineIcon(),
    ...Object.fromEntries(others),
  };
  return zipSync(files, { mtime: new Date(2000, 0, 1) });
}
