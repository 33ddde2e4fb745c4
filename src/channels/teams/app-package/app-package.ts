import { crc32, deflateSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { z } from 'zod';

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

interface ManifestOf {
  readonly appId: string;
  readonly operator: string;
  /** The web chat's URL (https): its pages say what is stored and for how long. */
  readonly publicUrl: URL;
  /** Of this program, e.g. "0.1.0". */
  readonly version: string;
}

/** One bot, for one person at a time. Throws zod's error if a part breaks the schema, e.g. a page without https. */
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
    // Neutral: the list may be seen by others.
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

// The two icons that Teams asks for, drawn here: a speech bubble on a background (192 × 192) and as an outline (32 ×
// 32).

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

const GROUND: Pixel = [0x2b, 0x5b, 0x84, 0xff];
const WHITE: Pixel = [0xff, 0xff, 0xff, 0xff];
const NOTHING: Pixel = [0xff, 0xff, 0xff, 0];

/** 192 × 192, no transparency. */
function colorIcon(): Uint8Array {
  return writePng(192, (x, y) => (inBubble(x, y, 0) ? WHITE : GROUND));
}

/** 32 × 32, white lines on transparent, as Teams requires. */
function outlineIcon(): Uint8Array {
  return writePng(32, (x, y) => (inBubble(x, y, 0) && !inBubble(x, y, 0.07) ? WHITE : NOTHING));
}

/** A rounded box with a tail, in coordinates from 0 to 1; `inset`: the same, smaller by so much. */
function inBubble(x: number, y: number, inset: number): boolean {
  const [left, right, top, bottom, radius] = [0.2 + inset, 0.8 - inset, 0.22 + inset, 0.66 - inset, 0.12 - inset / 2];
  const nearX = Math.min(Math.max(x, left + radius), right - radius);
  const nearY = Math.min(Math.max(y, top + radius), bottom - radius);
  const box = (x - nearX) ** 2 + (y - nearY) ** 2 <= radius ** 2;
  const tail = y >= bottom - inset && y <= 0.82 - inset * 2 && x >= 0.32 + inset && x - 0.32 <= 0.82 - inset * 2 - y;
  return box || tail;
}

/** A square PNG, 8 bits RGBA (https://www.w3.org/TR/png-3/). */
function writePng(size: number, pixelAt: (x: number, y: number) => Pixel): Uint8Array {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      rows.set(pixelAt((x + 0.5) / size, (y + 0.5) / size), y * (size * 4 + 1) + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** The zip that an administrator uploads to Teams; the same input gives the same bytes. */
export function buildAppPackage(of: ManifestOf): Uint8Array {
  const manifest = Buffer.from(`${JSON.stringify(buildManifest(of), null, 2)}\n`);
  const files = { 'manifest.json': new Uint8Array(manifest), 'color.png': colorIcon(), 'outline.png': outlineIcon() };
  return zipSync(files, { mtime: new Date(2000, 0, 1) });
}
