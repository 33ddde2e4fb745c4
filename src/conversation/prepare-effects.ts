// Effects as the store applies them: completed with data from outside the engine.

import type { CallShelf, ShelvedCall } from '../calls/call-registry.ts';
import { asConfidential, draftFrom } from '../dialog/engine/draft-from.ts';
import type { Effect, Part } from '../dialog/engine/effect.ts';
import type { Event } from '../dialog/engine/event.ts';
import type { Session } from '../dialog/engine/session.ts';
import type { Store } from '../store/open.ts';
import type { ConsentRow, EffectToSave, MailToQueue } from '../store/turns/turn-work.ts';
import { sha256 } from '../submission/manifest.ts';
import { asAnswer, type DocumentBuilder, mailFor } from './build-document.ts';
import type { Given } from './open-case.ts';

interface Deps {
  readonly store: Pick<Store, 'mail'>;
  readonly calls: Pick<CallShelf, 'find'>;
  readonly documents: DocumentBuilder;
  readonly now: () => Date;
}

interface Prepares {
  readonly effects: readonly Effect[];
  readonly event: Event;
  /** As it was before the turn. */
  readonly before: Session;
  /** As it is after the turn. */
  readonly session: Session;
  readonly shelved: ShelvedCall;
  readonly parts: readonly Part[];
  /** The rows of the consents among the effects. */
  readonly consents: ReadonlyMap<Effect, ConsentRow>;
  /** The former name of a case that came over; absent if none did. */
  readonly given?: Given | undefined;
  /** Rendered; replaces text that is taken out of the transcript. */
  readonly takenOut: () => unknown;
}

export async function prepareEffects(deps: Deps, turn: Prepares): Promise<readonly EffectToSave[]> {
  const { effects, event } = turn;
  const prepared: EffectToSave[] = [];
  for (const effect of effects) prepared.push(...(await prepare(deps, turn, effect)));
  // A recording that the turn did not ask to keep.
  const isKept = effects.some((effect) => effect.kind === 'voice.queue' && effect.id === event.id);
  if (event.kind === 'voice' && !isKept) prepared.push({ kind: 'voice.erase', ids: [event.id] });
  return prepared;
}

async function prepare(deps: Deps, turn: Prepares, effect: Effect): Promise<readonly EffectToSave[]> {
  const { session, before, given } = turn;
  const { kind } = effect;
  switch (kind) {
    case 'open-case':
      return [{ ...effect, callId: session.call.id, reference: session.reference }];
    case 'consent': {
      const row = turn.consents.get(effect);
      if (row === undefined) throw new Error('a consent has no row');
      return [{ kind, row }];
    }
    case 'approve':
    case 'withdraw':
      return [{ kind, mail: await mailOf(deps, turn, effect) }];
    case 'take-case':
      return given === undefined ? [] : [{ ...effect, ...given }];
    case 'unsay':
      return [{ kind, shownAs: shownAs(effect.about), mark: turn.takenOut() }];
    case 'held.erase':
      return [{ kind, ...heldIds(turn) }];
    case 'erase': {
      const erased = effect.what === 'case' ? (effect.case ?? before.case) : null;
      return erased === null ? [] : [{ kind, case: erased }];
    }
    default:
      return [effect];
  }
}

/** The prompt id of a shown transcription in the transcript. */
export function shownAs(recording: string): string {
  return `shown/${recording}`;
}

/** Pending messages of one case; another case must not use or erase them. */
function heldIds({ effects, before: { held, gathers, drafts } }: Prepares): { readonly ids?: readonly string[] } {
  const left = effects.flatMap((effect) => (effect.kind === 'held.erase' ? (effect.ids ?? []) : []));
  if (left.length > 0) return { ids: left };
  const ids = Object.keys(held.ids ?? {});
  return (gathers ?? drafts) === undefined || ids.length === 0 ? {} : { ids };
}

/** A text that is withdrawn may have been for another call than the one that is being written for now. */
function callOfMail(
  calls: Pick<CallShelf, 'find'>,
  sent: readonly { readonly request: unknown }[],
  present: ShelvedCall,
): ShelvedCall {
  const request = sent[0]?.request;
  const hasCall = typeof request === 'object' && request !== null && 'callId' in request;
  if (!hasCall || typeof request.callId !== 'string' || request.callId === present.call.id) return present;
  return calls.find(request.callId) ?? present;
}

/** An approved mail or a withdrawal, as a row of the outbox. */
async function mailOf(
  { store, calls, documents, now }: Deps,
  { session, shelved: present, parts }: Prepares,
  effect: Extract<Effect, { kind: 'approve' | 'withdraw' }>,
): Promise<MailToQueue> {
  const { reference } = effect;
  const sent = effect.kind === 'withdraw' ? await store.mail(reference) : [];
  const shelved = callOfMail(calls, sent, present);
  const to = await documents.recipientOf(shelved.call.id);
  if (to === null) throw new Error('a mail was approved for a call without a verified address');
  const draft = { ...draftFrom(session, parts, shelved.call), reference };
  const about = mailFor(documents, shelved, draft, to);
  const confidential = mailFor(documents, shelved, asConfidential(draft), to);
  if (effect.kind === 'withdraw') {
    if (sent.length === 0) throw new Error('there is nothing to withdraw');
    // A withdrawal is confidential, whatever was chosen for the submission that it withdraws.
    const matter = { ...about, subject: asAnswer(confidential.subject, shelved) };
    const { body, request } = documents.mail.withdrawal(matter, effect.ask, { part: effect.part, also: effect.also });
    return { kind: 'withdrawal', reference, sha256: sha256(body), notBefore: now().toISOString(), request };
  }
  const { mail: kind, sha256: approved, notBefore, review } = effect;
  const { request } = documents.mail.submission(about);
  const mail = { kind, reference, sha256: approved, notBefore, request };
  if (review === undefined) return mail;
  const { needed, ifUnreachable, fallback } = review;
  const other = fallback === null ? null : documents.mail.submission(confidential).request;
  return {
    ...mail,
    review: { needed, ifUnreachable, fallback: fallback === null ? null : { sha256: fallback, request: other } },
  };
}
