// A family that writes to the bot, for the tests of the store.

import { expect } from 'vitest';
import type { Address } from '../../src/channels/channel.ts';
import type { Flag, Part } from '../../src/dialog/engine/effect.ts';
import type { Event } from '../../src/dialog/engine/event.ts';
import type { Store } from '../../src/store/open.ts';
import type {
  ConsentRow,
  EffectsToSave,
  EffectToSave,
  MailToQueue,
  PendingTurn,
  TurnToSave,
} from '../../src/store/turns/turn-work.ts';

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

/** What a test says of a turn: its effects in short, and whatever else of it is not as usual. */
export interface Change extends Partial<Omit<TurnToSave, 'pending'>> {
  readonly openCase?: typeof CASE;
  readonly addParts?: readonly Part[];
  readonly replaceParts?: readonly Part[];
  readonly removeParts?: readonly string[];
  readonly hold?: readonly Part[];
  readonly useHeld?: string;
  readonly heldFirst?: readonly string[];
  readonly heldIds?: readonly string[];
  readonly eraseHeld?: true;
  readonly closeCase?: true;
  readonly eraseCase?: string;
  readonly redact?: readonly string[];
  readonly unsay?: readonly { readonly promptId: string; readonly mark: unknown }[];
  readonly consents?: readonly ConsentRow[];
  readonly flags?: readonly Flag[];
  readonly unflag?: readonly Flag[];
  readonly mails?: readonly MailToQueue[];
  readonly cancel?: readonly string[];
  readonly doubt?: readonly string[];
  readonly resume?: readonly Omit<EffectsToSave['resume-mail'], 'kind'>[];
  readonly answers?: readonly Omit<EffectsToSave['answer-proposal'], 'kind'>[];
  readonly queueVoice?: readonly Omit<EffectsToSave['voice.queue'], 'kind'>[];
  readonly eraseVoice?: readonly string[];
  readonly join?: readonly string[];
  readonly code?: string;
  /** The code ends no earlier one. */
  readonly beside?: true;
}

/** A turn that changes nothing but the session, and what `change` says. */
export function turnOver(pending: PendingTurn, change: Change = {}): TurnToSave {
  const state = change.state ?? {
    ...{ step: 'hello', language: 'fr', reference: null, callId: 'emler-2024', case: null, contribution: null },
  };
  return {
    pending,
    session: change.session ?? { turns: pending.version + 1 },
    state,
    cases: change.cases ?? null,
    at: change.at ?? pending.event.at,
    said: change.said === undefined ? wordsOf(pending.event) : change.said,
    effects: [...effectsOf(change, state), ...(change.effects ?? [])],
    replies: change.replies ?? [],
    ...(change.drawnOn === undefined ? {} : { drawnOn: change.drawnOn }),
    ...(change.gathers === undefined ? {} : { gathers: change.gathers }),
    documents: change.documents ?? [],
    archive: change.archive ?? null,
  };
}

function wordsOf(event: Event): string | null {
  return event.kind === 'message' || event.kind === 'edit' ? event.text : null;
}

function effectsOf(change: Change, { callId, reference }: TurnToSave['state']): readonly EffectToSave[] {
  const { openCase: opened, removeParts, useHeld, heldFirst, heldIds, eraseCase, eraseVoice, join, code } = change;
  const ids = heldIds === undefined ? {} : { ids: heldIds };
  const each = <T>(all: readonly T[] | undefined, effect: (one: T) => EffectToSave) => (all ?? []).map(effect);
  return [
    ...(opened === undefined ? [] : [{ kind: 'open-case' as const, ...opened, callId, reference }]),
    ...each(change.addParts, (added) => ({ kind: 'part.add', part: added })),
    ...each(change.replaceParts, (other) => ({ kind: 'part.replace', part: other })),
    ...(removeParts === undefined ? [] : [{ kind: 'part.remove' as const, ids: removeParts }]),
    ...each(change.hold, (held) => ({ kind: 'hold', part: held })),
    ...(useHeld === undefined
      ? []
      : [
          {
            kind: 'held.use' as const,
            slot: useHeld,
            ids: heldIds ?? [],
            ...(heldFirst === undefined ? {} : { first: heldFirst }),
          },
        ]),
    ...(change.eraseHeld === undefined ? [] : [{ kind: 'held.erase' as const, ...ids }]),
    ...(change.closeCase === undefined ? [] : [{ kind: 'close-case' as const }]),
    ...(eraseCase === undefined ? [] : [{ kind: 'erase' as const, case: eraseCase }]),
    ...each(change.redact, (id) => ({ kind: 'redact', message: id })),
    ...each(change.unsay, ({ promptId, mark }) => ({ kind: 'unsay', shownAs: promptId, mark })),
    ...each(change.consents, (row) => ({ kind: 'consent', row })),
    ...each(change.flags, (flag) => ({ kind: 'flag', flag })),
    ...each(change.unflag, (flag) => ({ kind: 'unflag', flag })),
    ...each(change.mails, (mail) => ({ kind: mail.kind === 'withdrawal' ? 'withdraw' : 'approve', mail })),
    ...each(change.cancel, (one) => ({ kind: 'cancel', reference: one })),
    ...each(change.doubt, (one) => ({ kind: 'doubt-mail', reference: one })),
    ...each(change.resume, (one) => ({ kind: 'resume-mail', ...one })),
    ...each(change.answers, (one) => ({ kind: 'answer-proposal', ...one })),
    ...each(change.queueVoice, (one) => ({ kind: 'voice.queue', ...one })),
    ...(eraseVoice === undefined ? [] : [{ kind: 'voice.erase' as const, ids: eraseVoice }]),
    ...(join === undefined ? [] : [{ kind: 'join' as const, members: join }]),
    ...(code === undefined
      ? []
      : [{ kind: 'code' as const, code, ...(change.beside === true && { beside: true as const }) }]),
  ];
}

export const IN_CASE = {
  state: { step: 'story', language: 'fr', reference: 'GR-7K2M', callId: 'emler-2024', ...CASE },
} as const satisfies Change;

export async function pendingOf(store: Store, person: string): Promise<PendingTurn> {
  const pending = await store.nextTurn(person);
  if (pending === null) throw new Error('Nothing waits.');
  return pending;
}

export async function save(store: Store, person: string, change: Change = {}): Promise<void> {
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
