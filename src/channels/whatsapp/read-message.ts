// WhatsApp message → its meaning for us. Pure; no field from outside is trusted.

import {
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  isLidUser,
  isPnUser,
  normalizeMessageContent,
  proto,
  type WAMessage,
} from '@whiskeysockets/baileys';
import type { EventBody, Unusable } from '../../dialog/engine/event.ts';
import { unusableByName } from '../media/other-file.ts';
import { LARGEST_SOUND, LONGEST_SOUND } from '../media/read-sound.ts';

export interface Sender {
  /** 'digits@lid', if it is known: the stable id. */
  readonly lid: string | null;
  readonly number: string | null;
}

export type Read =
  /** Nothing to answer. */
  | { readonly kind: 'nothing' }
  /** Another copy may arrive: the phone is asked for one. */
  | { readonly kind: 'unreadable' }
  /** One or two events: a picture's caption is a message, the picture is not. `suffix` makes the second id. */
  | { readonly kind: 'events'; readonly events: readonly { readonly suffix: string; readonly body: EventBody }[] }
  | { readonly kind: 'docx'; readonly document: proto.Message.IDocumentMessage; readonly caption: string }
  | { readonly kind: 'voice'; readonly audio: proto.Message.IAudioMessage }
  /** From now on messages vanish after so many seconds; 0: they stay. */
  | { readonly kind: 'vanishing'; readonly seconds: number };

const NOTHING: Read = { kind: 'nothing' };
const { ProtocolMessage } = proto.Message;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
/** Bytes; checked again while it streams. */
export const LARGEST_FILE = 5 * 1024 * 1024;

/** False for groups, broadcasts, newsletters and everything else that is not one person. Also checked before decryption. */
export function isOnePerson(jid: string | null | undefined): boolean {
  if (typeof jid !== 'string' || isJidGroup(jid) || isJidBroadcast(jid) || isJidNewsletter(jid)) return false;
  return isLidUser(jid) === true || isPnUser(jid) === true;
}

export function senderOf({ key }: WAMessage): Sender {
  const jids = [key.remoteJid, key.remoteJidAlt].filter((jid) => typeof jid === 'string');
  return {
    lid: jids.find((jid) => isLidUser(jid)) ?? null,
    number: jids.find((jid) => isPnUser(jid)) ?? null,
  };
}

export function readMessage(message: WAMessage): Read {
  const { key } = message;
  if (key.fromMe === true || !isOnePerson(key.remoteJid) || typeof key.id !== 'string') return NOTHING;
  if (message.messageStubType === proto.WebMessageInfo.StubType.CIPHERTEXT) return { kind: 'unreadable' };
  if (message.messageStubType === proto.WebMessageInfo.StubType.REVOKE && !message.message) return NOTHING;
  const content = normalizeMessageContent(message.message);
  if (content === undefined) return key.isViewOnce === true ? unusable('picture') : NOTHING;
  if (content.protocolMessage) return readProtocol(content.protocolMessage);
  const text = textOf(content);
  if (text !== null) return { kind: 'events', events: [{ suffix: '', body: { kind: 'message', text } }] };
  if (content.documentMessage) return readDocument(content.documentMessage);
  if (content.audioMessage) return readAudio(content.audioMessage);
  const what = unusableIn(content);
  if (what === null) return NOTHING;
  return besideCaption(content.imageMessage?.caption ?? content.videoMessage?.caption ?? '', what);
}

/** The caption of an unusable file is a message like any other. */
function besideCaption(caption: string, what: Unusable): Read {
  if (caption.trim() === '') return unusable(what);
  return {
    kind: 'events',
    events: [
      { suffix: '', body: { kind: 'message', text: caption } },
      { suffix: '/media', body: { kind: 'unusable', what } },
    ],
  };
}

/** The id of the message that it quotes. */
export function quotedIn(message: WAMessage): string | null {
  return normalizeMessageContent(message.message)?.extendedTextMessage?.contextInfo?.stanzaId ?? null;
}

/** Seconds after which messages vanish in this chat; null if the message does not say. */
export function expiryIn(message: WAMessage): number | null {
  const content = normalizeMessageContent(message.message);
  const { extendedTextMessage, imageMessage, documentMessage, audioMessage } = content ?? {};
  const context = (extendedTextMessage ?? imageMessage ?? documentMessage ?? audioMessage)?.contextInfo;
  return context ? (context.expiration ?? 0) : null;
}

function readProtocol({ type, key, editedMessage, ephemeralExpiration }: proto.Message.IProtocolMessage): Read {
  if (type === ProtocolMessage.Type.EPHEMERAL_SETTING) return { kind: 'vanishing', seconds: ephemeralExpiration ?? 0 };
  const target = key?.id;
  if (typeof target !== 'string' || target === '') return NOTHING;
  if (type === ProtocolMessage.Type.REVOKE) return oneEvent({ kind: 'deletion', target });
  if (type !== ProtocolMessage.Type.MESSAGE_EDIT) return NOTHING;
  const content = normalizeMessageContent(editedMessage);
  const text = content === undefined ? null : (textOf(content) ?? content.imageMessage?.caption ?? null);
  return text === null ? NOTHING : oneEvent({ kind: 'edit', target, text });
}

function readDocument(document: proto.Message.IDocumentMessage): Read {
  const caption = document.caption ?? '';
  const isDocx = document.mimetype === DOCX || /\.docx$/iu.test(document.fileName ?? '');
  // Sizes come from the sender: one that is too large is believed, a small one is not.
  if (isDocx && Number(document.fileLength ?? 0) <= LARGEST_FILE) return { kind: 'docx', document, caption };
  return besideCaption(
    caption,
    isDocx ? 'file-large' : unusableByName(document.fileName ?? '', document.mimetype ?? ''),
  );
}

/** Lengths come from the sender: one that is too long is believed, a short one is not. */
function readAudio(audio: proto.Message.IAudioMessage): Read {
  const tooLong = Number(audio.fileLength ?? 0) > LARGEST_SOUND || (audio.seconds ?? 0) > LONGEST_SOUND;
  return tooLong ? unusable('voice-too-long') : { kind: 'voice', audio };
}

function textOf(content: proto.IMessage): string | null {
  return content.conversation ?? content.extendedTextMessage?.text ?? null;
}

function unusableIn(content: proto.IMessage): Unusable | null {
  if (content.imageMessage) return 'picture';
  if (content.videoMessage ?? content.ptvMessage) return 'video';
  if (content.stickerMessage ?? content.lottieStickerMessage) return 'sticker';
  if (content.locationMessage ?? content.liveLocationMessage) return 'location';
  if (content.contactMessage ?? content.contactsArrayMessage) return 'contact';
  // A thumb under a bubble, a vote, the cover of an album whose pictures arrive separately: nothing was said.
  const silent =
    content.reactionMessage ?? content.encReactionMessage ?? content.pollUpdateMessage ?? content.albumMessage;
  if (silent ?? content.senderKeyDistributionMessage ?? content.keepInChatMessage ?? content.pinInChatMessage)
    return null;
  const known = Object.entries(content).some(
    ([name, value]) => value !== null && value !== undefined && name !== 'messageContextInfo',
  );
  return known ? 'other' : null;
}

const oneEvent = (body: EventBody): Read => ({ kind: 'events', events: [{ suffix: '', body }] });
const unusable = (what: Unusable): Read => oneEvent({ kind: 'unusable', what });
