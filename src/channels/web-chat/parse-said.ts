// Parses the form of the chat page. One form holds text, choices and command words, so that a draft is not lost when
// something else is tapped.

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ChoiceRef } from '../../dialog/engine/event.ts';

/** Most bytes (UTF-8) of a message. */
export const MOST_BYTES = 64 * 1024;

/** Commands after which the draft belongs to the answer; before any other it stays in the field. */
const AFTER_TEXT = ['next', 'pause'];

/** Pages that the conversation links. */
const OWN_PAGES = ['/', '/info', '/code', '/back', '/cases'] as const;
export type OwnPage = (typeof OWN_PAGES)[number];

export interface Message {
  readonly id: string;
  readonly text: string;
  readonly choice: ChoiceRef | null;
}

export type Said =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'too-long'; readonly formId: string; readonly text: string }
  | {
      readonly kind: 'said';
      readonly formId: string;
      /** In the order in which they are taken; empty if nothing was said. */
      readonly messages: readonly Message[];
      /** Typed, but not meant to be sent with the tap. */
      readonly draft: string;
      /** The linked page that was opened with this draft. */
      readonly go: OwnPage | null;
      /** The last line of the page; null if it draws everything. */
      readonly after: string | null;
    };

const FORM_ID = z.string().regex(/^[\w-]{16,64}$/);

const formSchema = z.object({
  id: FORM_ID,
  text: z.string().default(''),
  choice: z.string().max(2000).optional(),
  command: z.string().max(200).optional(),
  go: z.enum(OWN_PAGES).optional(),
  after: z.string().max(200).optional(),
});

const CHOICE = /^(?<prompt>[^|]{1,200})\|(?<version>\d{1,9})\|(?<value>[^|]{1,200})\|(?<label>[^|]{1,1000})$/s;

export function parseSaid(form: unknown): Said {
  const parsed = formSchema.safeParse(form);
  if (!parsed.success) return { kind: 'malformed' };
  const { id: formId, choice, command, go = null, after = null } = parsed.data;
  // Forms are sent with CRLF, whatever was typed (https://html.spec.whatwg.org/#constructing-the-form-data-set).
  const text = parsed.data.text.replaceAll('\r\n', '\n');
  if (Buffer.byteLength(text) > MOST_BYTES) return { kind: 'too-long', formId, text };

  if (go !== null) return { kind: 'said', formId, messages: [], draft: text, go, after };
  const typed = text.trim() === '' ? [] : [messageOf(formId, text, null)];
  if (choice !== undefined) {
    const parts = CHOICE.exec(choice)?.groups;
    if (parts === undefined) return { kind: 'malformed' };
    const { prompt = '', version = '', value = '', label = '' } = parts;
    const tapped = messageOf(formId, label, { prompt, version: Number(version), value });
    return { kind: 'said', formId, messages: [tapped], draft: text, go, after };
  }
  if (command !== undefined) {
    const [name, word] = command.split('|');
    if (name === undefined || word === undefined || word === '') return { kind: 'malformed' };
    const tapped = messageOf(formId, word, null);
    return AFTER_TEXT.includes(name)
      ? { kind: 'said', formId, messages: [...typed, tapped], draft: '', go, after }
      : { kind: 'said', formId, messages: [tapped], draft: text, go, after };
  }
  return { kind: 'said', formId, messages: typed, draft: '', go, after };
}

/** Null if it is no id of a form. */
export function parseFormId(id: unknown): string | null {
  return FORM_ID.safeParse(id).data ?? null;
}

/** The value of a choice's button; parseSaid reads it back. The label is what the person saw, and so what they said. */
export function choiceValue(choice: ChoiceRef, label: string): string {
  return [choice.prompt, choice.version, choice.value, label.replaceAll('|', '/')].join('|');
}

/**
 * The same form with the same content is the same message, however often it is sent; with other content (the page came
 * from the browser's history) it is another one, not a repeat.
 */
export function messageOf(formId: string, text: string, choice: ChoiceRef | null): Message {
  const id = createHash('sha256')
    .update(JSON.stringify([formId, text, choice]))
    .digest('base64url')
    .slice(0, 32);
  return { id, text, choice };
}
