// A family that writes to the bot, for the tests of the store.

import { expect } from 'vitest';
import type { Address } from '../../src/channels/channel.ts';
import type { Event } from '../../src/dialog/event.ts';
import type { PendingTurn, Store, TurnToSave } from '../../src/store/store.ts';

export const NOON = '2026-03-01T12:00:00.000Z';
export const PHONE: Address = { channel: 'whatsapp', account: 'griot-1', address: '22997001122@s.whatsapp.net' };
export const BROWSER: Address = { channel: 'web-chat', account: 'site', address: 'token-1' };
export const KEEP = { idleDays: 30, closedDays: 90, heldHours: 24 };
export const CASE = { case: 'case-awa', contribution: 'contribution-awa' };

/** Canaries: none of these may stand anywhere in clear. */
export const STORY = 'Mon fils Koffi Agbodjan avait vingt ans quand la police est venue.';

export function message(id: string, text: string, at = NOON): Event {
  return { id, at, kind: 'message', text };
}

export async function say(store: Store, id: string, text: string, from = PHONE): Promise<string> {
  const { person } = await store.receive({ from, messageId: id, event: message(id, text), language: 'fr' });
  return person;
}

/** A turn that changes nothing but the session. */
export function turnOver(pending: PendingTurn, change: Partial<TurnToSave> = {}): TurnToSave {
  return {
    pending,
    session: { turns: pending.version + 1 },
    state: { step: 'hello', language: 'fr', reference: null, callId: 'emler-2024', case: null, contribution: null },
    at: pending.event.at,
    said: pending.event.kind === 'message' || pending.event.kind === 'edit' ? pending.event.text : null,
    openCase: null,
    closeCase: false,
    addParts: [],
    replaceParts: [],
    removeParts: [],
    hold: [],
    useHeld: null,
    eraseHeld: false,
    redact: [],
    consents: [],
    flags: [],
    replies: [],
    documents: [],
    mails: [],
    cancel: [],
    archive: null,
    ...change,
  };
}

export const IN_CASE = {
  state: { step: 'story', language: 'fr', reference: 'GR-7K2M', callId: 'emler-2024', ...CASE },
} as const satisfies Partial<TurnToSave>;

export async function pendingOf(store: Store, person: string): Promise<PendingTurn> {
  const pending = await store.nextTurn(person);
  if (pending === null) throw new Error('Nothing waits.');
  return pending;
}

export async function save(store: Store, person: string, change: Partial<TurnToSave> = {}): Promise<void> {
  expect(await store.saveTurn(turnOver(await pendingOf(store, person), change))).toBe('saved');
}

export function part(id: string, text: string, slot = 'story') {
  return { id, slot, text, words: text.split(' ').length };
}

export function reply(text: string, replaces: string | null = null) {
  return { body: { bubbles: [{ text }] }, promptId: 'story', replaces };
}

/** Says yes, and tells the beginning. */
export async function openCase(store: Store, from = PHONE): Promise<string> {
  const person = await say(store, 'm-yes', 'oui', from);
  await save(store, person, { ...IN_CASE, openCase: CASE });
  await say(store, 'm-story', STORY, from);
  await save(store, person, { ...IN_CASE, addParts: [part('m-story', STORY)] });
  return person;
}

export const SHA = 'a'.repeat(64);

/** A final document, SEND over it, and a mail that may leave from noon on. */
export async function approveMail(store: Store, person: string, messageId = 'm-send', from = PHONE): Promise<string> {
  await say(store, messageId, 'ENVOYER', from);
  await save(store, person, {
    ...IN_CASE,
    documents: [
      {
        kind: 'final',
        reference: 'GR-7K2M',
        sha256: SHA,
        manifest: '{"to":"emler"}',
        files: [{ format: 'pdf', name: 'Koffi-Agbodjan.pdf', bytes: Buffer.from(STORY) }],
      },
    ],
    mails: [
      { kind: 'submission', reference: 'GR-7K2M', sha256: SHA, notBefore: NOON, request: { author: 'Awa Agbodjan' } },
    ],
  });
  const mails = await store.mail('GR-7K2M');
  const id = mails.at(-1)?.id;
  if (id === undefined) throw new Error('No mail was queued.');
  return id;
}

export const FROZEN = Buffer.from(`Message-ID: <1@griot.test>\r\n\r\n${STORY}`);

/** As the next process does once the one that was sending is gone. */
export async function takeOverAll(store: Store, at: string): Promise<void> {
  for (const lease of await store.sendingMails()) await store.takeOverMail(lease, at);
}
