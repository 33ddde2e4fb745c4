// Activity of a person on Teams → events, and files to be fetched. Pure; test/channels/teams has a table.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { EventBody, Unusable } from '../../dialog/engine/event.ts';
import type { Incoming } from '../channel.ts';
import { unusableByName } from '../media/other-file.ts';
import { type FileConsent, parseConsent } from './file-consent.ts';
import type { TeamsActivity, TeamsAttachment } from './activity.ts';
import { ownWords } from './own-words.ts';

/** `id` is unique within the person's conversation; `key` also distinguishes edits of one message. */
export interface Heard {
  readonly id: string;
  readonly key: string;
  readonly body: EventBody;
  /** The id of the message that it quotes. */
  readonly quoted?: string;
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
      return alone ? readEdit(activity, id) : { kind: 'nothing' };
    case 'messageDelete':
      return alone
        ? heard({ id: `${id}/deleted${stamp(activity)}`, body: { kind: 'deletion', target: id } })
        : { kind: 'nothing' };
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
  const { text, shown, quoted } = ownWords(activity);
  const said = text.trim() !== '';
  const quote = quoted === null ? {} : { quoted };
  const attached = (activity.attachments ?? []).filter((one) => isSent(one, said));
  const clips = shown.filter((what) => what !== 'picture' && attached.length === 0);
  // An image without a file is a sticker, or moves.
  const drawn = !said && attached.length === 0 && shown.includes('picture');
  if (!said && attached.length === 0 && clips.length === 0 && !drawn) return readTap(activity, id);
  const files: OfferedFile[] = [];
  const events: Heard[] = said ? [{ id, key: id, body: { kind: 'message', text }, ...quote }] : [];
  const unusable = new Set<Unusable>(clips.map((what) => (what === 'voice-clip' ? clip(takesVoice) : 'video')));
  if (drawn) unusable.add('sticker');
  for (const one of attached) {
    const file = fileIn(one, takesVoice);
    if (file !== null && files.length < MOST_FILES) files.push({ id: `${id}/file-${files.length + 1}`, ...file });
    else unusable.add(kindOf(one, takesVoice));
  }
  for (const what of unusable) {
    events.push({ id: `${id}/${what}`, key: `${id}/${what}`, body: { kind: 'unusable', what } });
  }
  return { kind: 'heard', events, files };
}

const LOOP = /card\.fluid/iu;

/** False for the message itself in another form, for what it quotes or forwards, and for the preview of a link. */
function isSent({ contentType }: TeamsAttachment, hasWords: boolean): boolean {
  if (/^text\/|^(?:messageReference|forwardedMessageReference)$/u.test(contentType)) return false;
  return !hasWords || !contentType.includes('card.') || LOOP.test(contentType);
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

/**
 * A message may be edited several times, also back to what it was, and each edit may arrive several times. One without
 * words leaves them as they are: only a deletion takes them away.
 */
function readEdit(activity: TeamsActivity, target: string): Read {
  const { text } = ownWords(activity);
  if (text.trim() === '') return { kind: 'nothing' };
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  const restored = activity.channelData?.eventType === 'undeleteMessage';
  const id = `${target}/${restored ? 'restored' : 'edit'}-${hash}${stamp(activity)}`;
  return heard({ id, body: { kind: 'edit', target, text, ...(restored ? { restored } : {}) } });
}

function stamp({ timestamp }: TeamsActivity): string {
  return typeof timestamp === 'string' ? `/${timestamp}` : '';
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

/** A recording made in Teams comes without a file that we could fetch; one sent as a file does not. */
function clip(takesVoice: boolean): Unusable {
  return takesVoice ? 'voice-clip' : 'voice';
}

function kindOf({ contentType, content, name }: TeamsAttachment, takesVoice: boolean): Unusable {
  if (LOOP.test(contentType)) return 'loop';
  if (contentType.includes('card.')) return 'card';
  const parsed = contentType === DOWNLOAD ? downloadSchema.safeParse(content) : null;
  const type = (parsed?.data?.fileType ?? name?.split('.').at(-1) ?? '').toLowerCase();
  if (contentType.startsWith('image/') || PICTURES.includes(type)) return 'picture';
  if (contentType.startsWith('audio/')) return clip(takesVoice);
  if (SOUNDS.includes(type)) return 'voice';
  if (contentType.startsWith('video/') || FILMS.includes(type)) return 'video';
  return unusableByName(`.${type}`);
}
