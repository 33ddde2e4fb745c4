// Files from the page, recordings or Word files, and their way into the inbox.

import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { EventBody } from '../../dialog/engine/event.ts';
import { acceptedLanguage, isSmallForm } from '../../web/toolkit/request.ts';
import type { Incoming } from '../channel.ts';
import { LARGEST_SOUND, readSound } from '../media/read-sound.ts';
import { type ChatContext, drawn, languageDrawn, notice, offered, type WebContext } from './chat-context.ts';
import { mayTakePart } from './open-page.ts';
import { drawAnswer, mayWrite } from './say.ts';
import { tokenOf, webAddress, type WebEnv } from './visitor.ts';

// GET /document: the document that the conversation has just shown, as a file under a neutral name.

const documentSchema = z.object({
  kind: z.enum(['preview', 'final', 'copy']).default('final'),
  format: z.enum(['docx', 'pdf']).default('docx'),
});

const DOCUMENT_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
} as const;

/** Only while the page has the line that offers it: a person who opens the page later must not find it by its URL. */
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
  /** The last line of the page; null draws the whole page. */
  readonly after: string | null;
}

export type FileRead = { readonly body: EventBody } & Pick<Incoming, 'sound'>;

/** `read`: reads the file; must not throw for its contents. */
export async function takeFile(
  c: WebContext,
  chat: ChatContext,
  { formId, file, after }: FileOfForm,
  read: (bytes: Uint8Array) => FileRead | Promise<FileRead>,
): Promise<Response> {
  const { deps, sessions } = chat;
  const token = tokenOf(c, deps);
  if (token === null) return notice(c, chat, 403, 'noCookie');
  try {
    const session = await sessions.open(token);
    const known = session.greeted || (await mayTakePart(c, chat, token, session));
    if (!known || !(await mayWrite(c, chat, token))) {
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
    await sessions.change(token, session, { greeted: true });
    return await drawAnswer(c, chat, token, { farewell, after, draft: '' });
  } catch (error) {
    deps.onFault(error);
    c.header('Retry-After', '5');
    return notice(c, chat, 503, 'notSaved');
  }
}

// POST /file: an earlier interview as a Word file, if one is asked for. Only its words are kept.

/** Most bytes of a file; a larger one is refused unread. */
export const LARGEST_FILE = 5 * 1024 * 1024;

const fileSchema = z.object({ id: z.string().regex(/^[\w-]{16,64}$/), file: z.instanceof(File) });

/** The fields of a form with a file; none if it is no form, or not ours. */
async function fileFormOf(c: WebContext): Promise<Readonly<Record<string, unknown>>> {
  if (!isSmallForm(new Uint8Array(await c.req.arrayBuffer()), c.req.header('content-type'))) return {};
  try {
    return await c.req.parseBody();
  } catch (error) {
    // Thrown by fetch for a body that does not match its type; any other error is not about the form.
    if (error instanceof TypeError) return {};
    throw error;
  }
}

/** Checked before the file is read: the open page asks for one. */
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
  // Loaded with the first file, not at the start.
  const { fileEvent, readDocx } = await import('../media/read-docx.ts');
  return { body: fileEvent(await readDocx(bytes)) };
}

// GET /aloud: a line of the conversation as sound, only while the page shows it.

const aloudSchema = z.object({ line: z.string().min(1).max(200), as: z.enum(['opus', 'wav']).default('opus') });
const SOUND_TYPES = { opus: 'audio/ogg', wav: 'audio/wav' } as const;

/** 404 if there is nothing to play: only players request this. */
export async function aloud(c: WebContext, chat: ChatContext): Promise<Response> {
  const query = aloudSchema.safeParse(c.req.query());
  const token = tokenOf(c, chat.deps);
  const found = query.success && token !== null ? await drawn(chat, token) : null;
  const line = found?.shown.lines.find(({ id }) => id === query.data?.line);
  const { speak } = chat.deps;
  if (!query.success || found === null || line?.kind !== 'bot' || line.aloud === null || speak === null) {
    return c.body(null, 404);
  }
  const sound = await speak(line.aloud, await languageDrawn(c, chat, found.shown), query.data.as);
  if (sound === null) return c.body(null, 503);
  return c.body(new Uint8Array(sound), 200, { 'Content-Type': SOUND_TYPES[query.data.as] });
}

// POST /speak: a recording, from the page's own buttons or as a file. The number of waiting recordings per person is
// limited, more strictly before the consent.

const soundSchema = z.object({
  id: z.string().regex(/^[\w-]{16,64}$/),
  sound: z.instanceof(File),
  after: z.string().max(200).optional(),
});

/** Bytes of recordings that wait for their transcription: of one person, of one without consent, of all without consent. */
const MOST_KEPT = 10 * LARGEST_SOUND;
const MOST_BEFORE_YES = LARGEST_SOUND;
const MOST_BEFORE_YES_OF_ALL = 32 * LARGEST_SOUND;
/** Number of recordings of one person before the consent: enough for four questions answered in short pieces. */
const MOST_NOTES_BEFORE_YES = 20;

/** Checked before the recording is read: the cookie belongs to a person, and there is room for it. */
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
