// One message of the Cloud API → its meaning for us. Pure; no field from outside is trusted.

import { z } from 'zod';
import type { EventBody, Unusable } from '../../dialog/engine/event.ts';
import { unusableByName } from '../media/other-file.ts';
import { parseTap } from './taps.ts';
import type { CloudMessage } from './read-webhook.ts';

export type Read =
  /** Nothing to answer. */
  | { readonly kind: 'nothing' }
  /** `suffix` makes the second id: a picture's caption is a message, the picture is not. */
  | { readonly kind: 'events'; readonly events: readonly { readonly suffix: string; readonly body: EventBody }[] }
  | { readonly kind: 'docx'; readonly media: string; readonly caption: string }
  | { readonly kind: 'voice'; readonly media: string }
  /** The person goes on under this number. */
  | { readonly kind: 'new-number'; readonly number: string };

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const media = z.looseObject({ id: z.string().min(1).max(200) });
const captioned = z.looseObject({ caption: z.string().nullish() });
const document = media.extend({
  caption: z.string().nullish(),
  filename: z.string().nullish(),
  mime_type: z.string().nullish(),
});
const text = z.looseObject({ body: z.string() });
const reply = z.looseObject({ id: z.string().max(500), title: z.string(), description: z.string().nullish() });
const interactive = z.looseObject({ button_reply: reply.nullish(), list_reply: reply.nullish() });
const system = z.looseObject({
  type: z.string().nullish(),
  wa_id: z.string().nullish(),
  new_wa_id: z.string().nullish(),
});
const context = z.looseObject({ id: z.string().min(1).max(1000) });
const changed = z.looseObject({ original_message_id: z.string().min(1).max(1000) });
const edited = changed.extend({ message: z.looseObject({ text: text.nullish() }) });

/** The id of the message that it quotes, or whose button was tapped. */
export function quotedIn(message: CloudMessage): string | null {
  return context.safeParse(message['context']).data?.id ?? null;
}

export function readMessage(message: CloudMessage): Read {
  const given = message[message.type];
  switch (message.type) {
    case 'text': {
      const said = text.safeParse(given).data?.body;
      return said === undefined ? unusable('other') : oneEvent({ kind: 'message', text: said });
    }
    case 'interactive':
      return readTapped(interactive.safeParse(given).data);
    case 'button': {
      // A button of our template: its words count as if they were typed.
      const said = z.looseObject({ text: z.string() }).safeParse(given).data?.text;
      return said === undefined ? unusable('other') : oneEvent({ kind: 'message', text: said });
    }
    case 'image':
      return besideCaption(given, 'picture');
    case 'video':
      return besideCaption(given, 'video');
    case 'audio': {
      const sound = media.safeParse(given).data?.id;
      return sound === undefined ? unusable('voice-broken') : { kind: 'voice', media: sound };
    }
    case 'document':
      return readDocument(given);
    case 'sticker':
      return unusable('sticker');
    case 'location':
      return unusable('location');
    case 'contacts':
      return unusable('contact');
    case 'system':
      return readSystem(given);
    case 'revoke': {
      const target = changed.safeParse(given).data?.original_message_id;
      return target === undefined ? unusable('not-passed-on') : oneEvent({ kind: 'deletion', target });
    }
    case 'edit': {
      const edit = edited.safeParse(given).data;
      const words = edit?.message.text?.body;
      if (edit === undefined || words === undefined) return unusable('not-passed-on');
      return oneEvent({ kind: 'edit', target: edit.original_message_id, text: words });
    }
    // A thumb under a bubble; the chat was opened: nothing was said.
    case 'reaction':
    case 'request_welcome':
      return { kind: 'nothing' };
    // Polls, pictures that open once, and in many accounts edits and deletions: WhatsApp does not say which.
    case 'unsupported':
    case 'unknown':
    case 'errors':
      return unusable('not-passed-on');
    default:
      return unusable('other');
  }
}

function readTapped(given: z.infer<typeof interactive> | undefined): Read {
  const tapped = given?.button_reply ?? given?.list_reply;
  if (tapped === undefined || tapped === null) return unusable('other');
  const read = parseTap(tapped);
  return read === null ? unusable('other') : oneEvent({ kind: 'message', ...read });
}

function readDocument(given: unknown): Read {
  const file = document.safeParse(given);
  if (!file.success) return unusable('file');
  const { id, caption, filename, mime_type: type } = file.data;
  if (type === DOCX || /\.docx$/iu.test(filename ?? '')) return { kind: 'docx', media: id, caption: caption ?? '' };
  return besideCaption(given, unusableByName(filename ?? '', type ?? ''));
}

function readSystem(given: unknown): Read {
  const told = system.safeParse(given).data;
  const number = told?.wa_id ?? told?.new_wa_id;
  if (told?.type !== 'user_changed_number' || typeof number !== 'string' || !/^\d{5,20}$/.test(number)) {
    return { kind: 'nothing' };
  }
  return { kind: 'new-number', number };
}

/** The caption of an unusable file is a message like any other. */
function besideCaption(given: unknown, what: Unusable): Read {
  const caption = captioned.safeParse(given).data?.caption ?? '';
  if (caption.trim() === '') return unusable(what);
  return {
    kind: 'events',
    events: [
      { suffix: '', body: { kind: 'message', text: caption } },
      { suffix: '/media', body: { kind: 'unusable', what } },
    ],
  };
}

const oneEvent = (body: EventBody): Read => ({ kind: 'events', events: [{ suffix: '', body }] });
const unusable = (what: Unusable): Read => oneEvent({ kind: 'unusable', what });
