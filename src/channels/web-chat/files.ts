// What comes to the page as a file, a recording or a Word file, and goes to the inbox like what is written.

import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { EventBody } from '../../dialog/engine/event.ts';
import { acceptedLanguage, isSmallForm } from '../../web/toolkit/request.ts';
import type { Incoming } from '../channel.ts';
import { LARGEST_SOUND, readSound } from '../media/read-sound.ts';
import { type ChatContext, drawn, languageDrawn, notice, type WebContext } from './chat-context.ts';
import { mayTakePart } from './open-page.ts';
import { webAddress } from './ports.ts';
import { drawAnswer, mayWrite } from './say.ts';
import { offered } from './shown.ts';
import { tokenOf, type WebEnv } from './visitor.ts';

// GET /document: the document that the conversation has just shown, as a file under a name that says nothing.

const documentSchema = z.object({
  kind: z.enum(['preview', 'final', 'copy']).default('final'),
  format: z.enum(['docx', 'pdf']).default('docx'),
});

const DOCUMENT_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/** Only while the line that offers it stands on the page: whoever opens the page later must not find it by its address. */
export async function documentFile(c: WebContext, chat: ChatContext): Promise<Response> {
  const query = documentSchema.safeParse(c.req.query());
  if (!query.success) return notice(c, chat, 404, 'notFound');
  const { kind, format } = query.data;
  const token = tokenOf(c, chat.deps);
  const found = token === null ? null : await drawn(chat, token);
  const offer = found === null ? undefined : offered(found.shown).find((one) => one.kind === kind);
  if (found === null || offer === undefined) return notice(c, chat, 404, 'noDocument');
  const kept = await chat.deps.people.document(found.person, kind, offer.contribution);
  const file = kept?.files.find((one) => one.format === format);
  if (file === undefined) return notice(c, chat, 404, 'noDocument');
  return c.body(new Uint8Array(file.bytes), 200, {
    'Content-Type': DOCUMENT_TYPES[format],
    'Content-Disposition': `attachment; filename="document.${format}"`,
  });
}

export interface FileOfForm {
  readonly formId: string;
  readonly file: File;
  /** The last line that the page shows; null draws the page anew. */
  readonly after: string | null;
}

export type FileRead = { readonly body: EventBody } & Pick<Incoming, 'sound'>;

/** `read`: what is in it; it must not throw for what a file can hold. */
export async function takeFile(
  c: WebContext,
  chat: ChatContext,
  { formId, file, after }: FileOfForm,
  read: (bytes: Uint8Array) => FileRead | Promise<FileRead>,
): Promise<Response> {
  const { deps, sessions } = chat;
  const token = tokenOf(c, deps);
  if (token === null) return notice(c, chat, 403, 'noCookie');
  const session = sessions.open(token);
  try {
    const known = session.greeted || (await mayTakePart(c, chat, token, session));
    if (!known || !mayWrite(c, chat, token)) {
      c.header('Retry-After', '60');
      return await notice(c, chat, 429, 'tooMany');
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    // The same form with the same file is one message, however often it is sent.
    const id = `${formId}-${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}`;
    const { body, ...more } = await read(bytes);
    const { farewell } = await deps.inbox.take({
      from: webAddress(token),
      messageId: id,
      event: { id, at: deps.now().toISOString(), ...body },
      ...more,
      language: acceptedLanguage(c.req.header('accept-language')),
    });
    session.greeted = true;
    return await drawAnswer(c, chat, token, { farewell, after, draft: '' });
  } catch (error) {
    deps.onFault(error);
    c.header('Retry-After', '5');
    return notice(c, chat, 503, 'notSaved');
  }
}

// POST /file: an earlier interview as a Word file, where it is asked for. It is read here, and only its words go on.

/** Bytes of a file at most; more is given back unread. */
export const LARGEST_FILE = 5 * 1024 * 1024;

const fileSchema = z.object({ id: z.string().regex(/^[\w-]{16,64}$/), file: z.instanceof(File) });

/** The fields of a form with a file; none if it is no form, or not one of ours. */
async function fileFormOf(c: WebContext): Promise<Readonly<Record<string, unknown>>> {
  if (!isSmallForm(new Uint8Array(await c.req.arrayBuffer()), c.req.header('content-type'))) return {};
  try {
    return await c.req.parseBody();
  } catch (error) {
    // What fetch throws for a body that is not what its type says; anything else is not about the form.
    if (error instanceof TypeError) return {};
    throw error;
  }
}

/** Before the file is read: the page that stands open asks for one. */
export function mayBring(chat: ChatContext): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const token = tokenOf(c, chat.deps);
    const found = token === null ? null : await drawn(chat, token);
    if (found === null) return notice(c, chat, 403, 'noCookie');
    return found.shown.takesFile ? next() : notice(c, chat, 409, 'notAsked');
  };
}

export async function bringFile(c: WebContext, chat: ChatContext): Promise<Response> {
  const parsed = fileSchema.safeParse(await fileFormOf(c));
  if (!parsed.success) return notice(c, chat, 400, 'malformed');
  const { id: formId, file } = parsed.data;
  return takeFile(c, chat, { formId, file, after: null }, wordsOf);
}

async function wordsOf(bytes: Uint8Array): Promise<FileRead> {
  // Read with the first file, not at the start.
  const { readDocx } = await import('../media/read-docx.ts');
  const read = await readDocx(bytes);
  if (read.ok) return { body: { kind: 'file-read', text: read.text } };
  return { body: { kind: 'unusable', what: read.why === 'busy' ? 'file-busy' : 'file' } };
}

// GET /aloud: a line of the conversation as sound, only while it stands on the page.

const aloudSchema = z.object({ line: z.string().min(1).max(200), as: z.enum(['opus', 'wav']).default('opus') });
const SOUND_TYPES = { opus: 'audio/ogg', wav: 'audio/wav' } as const;

/** 404 for whatever is not there to be heard: nobody but a player asks here. */
export async function aloud(c: WebContext, chat: ChatContext): Promise<Response> {
  const query = aloudSchema.safeParse(c.req.query());
  const token = tokenOf(c, chat.deps);
  const found = query.success && token !== null ? await drawn(chat, token) : null;
  const line = found?.shown.lines.find(({ id }) => id === query.data?.line);
  const { speak } = chat.deps;
  if (!query.success || found === null || line?.kind !== 'bot' || line.aloud === null || speak === null) {
    return c.body(null, 404);
  }
  const sound = await speak(line.aloud, languageDrawn(c, chat, found.shown), query.data.as);
  if (sound === null) return c.body(null, 503);
  return c.body(new Uint8Array(sound), 200, { 'Content-Type': SOUND_TYPES[query.data.as] });
}

// POST /speak: a recording, from the page's own buttons or as a file. It goes to the inbox like what is written; of one person only
// so many wait, and fewer before they have said that their words may be kept.

const soundSchema = z.object({
  id: z.string().regex(/^[\w-]{16,64}$/),
  sound: z.instanceof(File),
  after: z.string().max(200).optional(),
});

/** Of recordings that wait for their words, in bytes: of one person, of one who has not said yet that they may be kept, of all of these. */
const MOST_KEPT = 10 * LARGEST_SOUND;
const MOST_BEFORE_YES = LARGEST_SOUND;
const MOST_BEFORE_YES_OF_ALL = 32 * LARGEST_SOUND;
/** How many of one person before that yes: who speaks in short pieces answers four questions until then. */
const MOST_NOTES_BEFORE_YES = 20;

/** Before the recording is read: somebody is behind the cookie, and there is room for it. */
export function maySpeak(chat: ChatContext): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const { people, soundsKept } = chat.deps;
    const token = tokenOf(c, chat.deps);
    const known = token === null ? null : await people.personAt(webAddress(token));
    if (known === null) return notice(c, chat, 403, 'noCookie');
    const { bytes, count, saidYes, beforeYesOfAll } = await soundsKept(known.person);
    const isFull = saidYes
      ? bytes > MOST_KEPT
      : bytes > MOST_BEFORE_YES || count >= MOST_NOTES_BEFORE_YES || beforeYesOfAll > MOST_BEFORE_YES_OF_ALL;
    return isFull ? notice(c, chat, 429, 'soundsWait') : next();
  };
}

export async function speak(c: WebContext, chat: ChatContext): Promise<Response> {
  const parsed = soundSchema.safeParse(await fileFormOf(c));
  if (!parsed.success) return notice(c, chat, 400, 'malformed');
  const { id: formId, sound, after = null } = parsed.data;
  return takeFile(c, chat, { formId, file: sound, after }, recordingIn);
}

function recordingIn(bytes: Uint8Array): FileRead {
  const read = readSound(bytes);
  return read.ok
    ? { body: { kind: 'voice' }, sound: { bytes, type: read.type } }
    : { body: { kind: 'unusable', what: read.why } };
}
