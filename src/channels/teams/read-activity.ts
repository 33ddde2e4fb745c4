// Activity of a person on Teams → events, and files to be fetched. Pure; test/channels/teams has a table.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventBody, Unusable } from '../../dialog/engine/event.ts';
import type { Incoming } from '../channel.ts';
import { unusableByName } from '../media/other-file.ts';
import { type FileConsent, parseConsent } from './file-consent.ts';

// An activity from the network: parsed first, so that no untrusted body reaches the library.

const id = z.string().min(1).max(1000);
const account = z.looseObject({ id });

const attachment = z.looseObject({
  contentType: z.string().max(200),
  contentUrl: z.string().nullish(),
  name: z.string().nullish(),
  content: z.unknown().optional(),
});

const activitySchema = z.looseObject({
  type: z.string().min(1).max(100),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(2000),
  id: id.nullish(),
  name: z.string().max(200).nullish(),
  from: z.looseObject({ id, aadObjectId: z.string().nullish() }),
  recipient: account,
  conversation: z.looseObject({
    id,
    conversationType: z.string().nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: z.string().max(100).nullish(),
  }),
  text: z.string().nullish(),
  locale: z.string().max(100).nullish(),
  timestamp: z.string().max(100).nullish(),
  value: z.unknown().optional(),
  attachments: z.array(attachment).max(50).nullish(),
  entities: z
    .array(z.looseObject({ type: z.string().nullish(), locale: z.unknown().optional() }))
    .max(100)
    .nullish(),
  channelData: z.looseObject({ eventType: z.string().max(100).nullish() }).nullish(),
});

export type TeamsActivity = z.infer<typeof activitySchema>;
type TeamsAttachment = z.infer<typeof attachment>;

/** Activities that must have an id, because they are taken once. */
const TAKEN_ONCE = ['message', 'messageUpdate', 'messageDelete', 'invoke'];

/** Returns null if the body is not an activity. */
export function parseActivity(body: unknown): TeamsActivity | null {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) return null;
  const needsId = TAKEN_ONCE.includes(parsed.data.type);
  return needsId && typeof parsed.data.id !== 'string' ? null : parsed.data;
}

/** `id` is unique within the person's conversation; `key` also distinguishes edits of one message. */
export interface Heard {
  readonly id: string;
  readonly key: string;
  readonly body: EventBody;
  readonly sound?: Incoming['sound'];
}

export interface OfferedFile {
  readonly kind: 'docx' | 'sound';
  readonly id: string;
  readonly url: string;
}

export type Read =
  /** Nobody said anything. */
  | { readonly kind: 'nothing' }
  /** An unknown invoke. */
  | { readonly kind: 'unknown-invoke' }
  /** Said in a group or a channel, in which others read along: answered with one sentence, never kept. */
  | { readonly kind: 'not-alone' }
  | { readonly kind: 'file-consent'; readonly consent: FileConsent }
  | { readonly kind: 'heard'; readonly events: readonly Heard[]; readonly files: readonly OfferedFile[] };

const DOWNLOAD = 'application/vnd.microsoft.teams.file.download.info';
const PICTURES = ['png', 'jpg', 'jpeg', 'gif', 'heic', 'webp', 'bmp'];
const SOUNDS = ['mp3', 'm4a', 'ogg', 'opus', 'wav', 'amr', 'aac'];
const FILMS = ['mp4', 'mov', 'avi', 'webm', 'mkv', '3gp'];
/** Most files of one message that are read; a person sends one. */
const MOST_FILES = 3;

const tapSchema = z.union([
  z.looseObject({
    griot: z.strictObject({
      prompt: z.string().min(1).max(200),
      version: z.int().min(0).max(1_000_000_000),
      value: z.string().min(1).max(500),
      label: z.string().min(1).max(1000),
    }),
  }),
  z.looseObject({ griot: z.strictObject({ command: z.string().min(1).max(100) }) }),
]);
const downloadSchema = z.looseObject({ downloadUrl: z.string().min(1).max(4000), fileType: z.string().nullish() });

/** `takesVoice`: recordings can be transcribed, so they are listed as files to fetch. */
export function readActivity(activity: TeamsActivity, takesVoice = false): Read {
  const id = activity.id ?? '';
  const { conversationType, isGroup } = activity.conversation;
  const alone = conversationType === 'personal' && isGroup !== true;
  switch (activity.type) {
    case 'message':
      return alone ? readMessage(activity, id, takesVoice) : { kind: 'not-alone' };
    case 'messageUpdate':
      return alone ? readEdit(id, wordsOf(activity.text ?? '')) : { kind: 'nothing' };
    case 'messageDelete':
      return alone ? heard({ id: `${id}/deleted`, body: { kind: 'deletion', target: id } }) : { kind: 'nothing' };
    case 'invoke': {
      const consent = activity.name === 'fileConsent/invoke' ? parseConsent(activity.value) : null;
      return alone && consent !== null ? { kind: 'file-consent', consent } : { kind: 'unknown-invoke' };
    }
    default:
      // Installed, a new member, typing, a reaction: nobody has said anything, and the bot never begins.
      return { kind: 'nothing' };
  }
}

function readMessage(activity: TeamsActivity, id: string, takesVoice: boolean): Read {
  const text = wordsOf(activity.text ?? '');
  // Each message has an HTML copy, and quoted cards: neither is a file.
  const attached = (activity.attachments ?? []).filter(({ contentType }) => !/^text\/|card\./.test(contentType));
  if (text.trim() === '' && attached.length === 0) return readTap(activity, id);
  const files: OfferedFile[] = [];
  const events: Heard[] = text.trim() === '' ? [] : [{ id, key: id, body: { kind: 'message', text } }];
  const unusable = new Set<Unusable>();
  for (const one of attached) {
    const file = fileIn(one, takesVoice);
    if (file !== null && files.length < MOST_FILES) files.push({ id: `${id}/file-${files.length + 1}`, ...file });
    else unusable.add(kindOf(one));
  }
  for (const what of unusable) {
    events.push({ id: `${id}/${what}`, key: `${id}/${what}`, body: { kind: 'unusable', what } });
  }
  return { kind: 'heard', events, files };
}

/**
 * The person's words, without Teams' additions: the quoted message (`<quoted …/>`), and our name at the beginning or
 * the end (`<at>Griot</at> stop`). A person who is named in the middle stays, by name.
 */
function wordsOf(text: string): string {
  const own = text
    .replace(/<quoted\b[^<>]{0,2000}\/>/giu, '')
    .replace(/<quoted\b[^<>]{0,2000}>[^<]*<\/quoted>/giu, '')
    .replace(/^(?:\s*<at\b[^<>]{0,200}>[^<>]{0,200}<\/at>[\s,:]*)+/iu, '')
    .replace(/<at\b[^<>]{0,200}>[^<>]{0,200}<\/at>\s*$/iu, '');
  const named = own.replace(/<at\b[^<>]{0,200}>([^<>]{0,200})<\/at>/giu, '$1');
  return named === text ? text : named.trim().replace(/[,:]$/u, '');
}

/** A card's button: it is sent as `value`, without text. Any other content is ignored. */
function readTap({ value }: TeamsActivity, id: string): Read {
  const parsed = tapSchema.safeParse(value);
  if (!parsed.success) return heard({ id, body: { kind: 'unusable', what: 'other' } });
  const { griot } = parsed.data;
  if ('command' in griot) return heard({ id, body: { kind: 'message', text: griot.command } });
  const { label, ...choice } = griot;
  return heard({ id, body: { kind: 'message', text: label, choice } });
}

/** A message may be edited several times, and each edit may arrive several times: the text distinguishes them. */
function readEdit(target: string, text: string): Read {
  const id = `${target}/edit-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
  return heard({ id, body: { kind: 'edit', target, text } });
}

function heard({ id, body }: Omit<Heard, 'key'>): Read {
  return { kind: 'heard', events: [{ id, key: id, body }], files: [] };
}

function fileIn({ contentType, content }: TeamsAttachment, takesVoice: boolean): Omit<OfferedFile, 'id'> | null {
  const parsed = contentType === DOWNLOAD ? downloadSchema.safeParse(content) : null;
  if (parsed?.success !== true) return null;
  const { downloadUrl: url, fileType } = parsed.data;
  const type = fileType?.toLowerCase() ?? '';
  if (type === 'docx') return { kind: 'docx', url };
  return takesVoice && SOUNDS.includes(type) ? { kind: 'sound', url } : null;
}

function kindOf({ contentType, content, name }: TeamsAttachment): Unusable {
  const parsed = contentType === DOWNLOAD ? downloadSchema.safeParse(content) : null;
  const type = (parsed?.data?.fileType ?? name?.split('.').at(-1) ?? '').toLowerCase();
  if (contentType.startsWith('image/') || PICTURES.includes(type)) return 'picture';
  if (contentType.startsWith('audio/') || SOUNDS.includes(type)) return 'voice';
  if (contentType.startsWith('video/') || FILMS.includes(type)) return 'video';
  return unusableByName(`.${type}`);
}
