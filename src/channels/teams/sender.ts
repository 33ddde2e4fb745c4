// Sends one message after the other into a conversation, at its pace. What one conversation has to wait for, no other does.

import type { Tried } from '../channel.ts';
import type { Standing } from '../account-status.ts';
import type { Reference } from './address.ts';
import { type Connector, SendRefusedError } from './connector.ts';
import { Pace } from './pace.ts';
import { NoTokenError } from './sign-in/tokens.ts';

/**
 * Most milliseconds that a message waits for its conversation's turn; else it is tried again later. Others do not wait
 * for it.
 */
const PATIENCE = 10_000;
/** Temporary failures: a conversation that is being changed, too many requests, and Microsoft's own faults. */
const LATER = [408, 412, 429, 500, 502, 503, 504];

/**
 * Refusals that concern one person only
 * (https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability).
 */
const OF_ONE_PERSON = [
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'ForbiddenOperationException',
  'MessageWritesBlocked',
];
/** Milliseconds after which an unreachable network is reported to staff. */
const UNREACHABLE_MS = 5 * 60_000;

/** Why nobody on Teams can be written to; each is a state of a notice to staff. */
export type TeamsTrouble = 'teams-sign-in' | 'teams-forbidden' | 'teams-unreachable';

export interface SenderDeps {
  readonly connector: Connector;
  readonly standing: Pick<Standing<TeamsTrouble>, 'refused' | 'wentThrough'>;
  readonly now: () => Date;
}

/** `id`: of the message, as Teams knows it; null if it does not say. */
export type Sent = (Tried & { readonly kind: 'failed' }) | { readonly kind: 'sent'; readonly id: string | null };

/** None of them throws for a failure of the network. */
export interface Sender {
  send(to: Reference, activity: object): Promise<Sent>;
  /** Of one of our messages, by its id. */
  remove(to: Reference, id: string): Promise<Tried>;
  /** Into a conversation that is none of a person: a refusal says nothing about our app. */
  sendElsewhere(to: Reference, activity: object): Promise<Tried>;
}

interface Failure {
  readonly outcome: Tried & { readonly kind: 'failed' };
  readonly trouble: TeamsTrouble | null;
}

export function openSender({ connector, standing, now }: SenderDeps): Sender {
  const pace = new Pace();
  let failingSince: number | null = null;

  async function paced(to: Reference, work: () => Promise<string | null>): Promise<Sent | Failure> {
    const key = `${to.conversation.tenantId}/${to.conversation.id}`;
    const held = pace.heldFor(key, now().getTime());
    const wait = Math.max(held, pace.wait(key, Date.now()));
    if (held > 0 || wait > PATIENCE) return { kind: 'failed', error: 'pace', retryable: true, retryAfter: wait };
    if (wait > 0) await pause(wait);
    pace.note(key, Date.now());
    try {
      return { kind: 'sent', id: await work() };
    } catch (error) {
      const failure = failureOf(error);
      const { retryAfter } = failure.outcome;
      if (retryAfter !== undefined) pace.hold(key, now().getTime() + retryAfter);
      return failure;
    }
  }

  /** Tells staff of what concerns everybody. */
  async function noted(to: Reference, work: () => Promise<string | null>): Promise<Sent> {
    const done = await paced(to, work);
    if (!('trouble' in done)) {
      if (done.kind === 'sent') {
        failingSince = null;
        standing.wentThrough();
      }
      return done;
    }
    const { outcome, trouble } = done;
    if (trouble === 'teams-unreachable') {
      failingSince ??= now().getTime();
      if (now().getTime() - failingSince >= UNREACHABLE_MS) standing.refused(trouble);
    } else if (trouble !== null) standing.refused(trouble);
    return outcome;
  }

  return {
    send: (to, activity) => noted(to, () => connector.send(to, activity)),
    remove: (to, id) => noted(to, () => connector.remove(to, id).then(() => null)),
    async sendElsewhere(to, activity) {
      const done = await paced(to, () => connector.send(to, activity));
      return 'trouble' in done ? done.outcome : done;
    },
  };
}

/** A failure of the whole account keeps the reply; one that concerns a single person skips it. */
function failureOf(error: unknown): Failure {
  const failed = (
    said: string,
    retryable: boolean,
    trouble: TeamsTrouble | null,
    wait: number | null = null,
  ): Failure => ({
    outcome: { kind: 'failed', error: said, retryable, ...(wait === null ? {} : { retryAfter: wait }) },
    trouble,
  });
  if (error instanceof NoTokenError) return failed('sign-in', true, 'teams-sign-in');
  const { status, code, wait } = error instanceof SendRefusedError ? error : { status: null, code: null, wait: null };
  const said = `status ${status ?? 'none'}`;
  if (status === 401) return failed(said, true, 'teams-sign-in');
  if (status === 403 && !OF_ONE_PERSON.includes(code ?? '')) return failed(said, true, 'teams-forbidden');
  const retryable = status === null || LATER.includes(status);
  const unreachable = retryable && status !== 412 && status !== 429;
  return failed(said, retryable, unreachable ? 'teams-unreachable' : null, retryable ? wait : null);
}

/** Milliseconds before each further try of what nobody else tries again. */
const TRIES = [1_000, 5_000, 15_000];
const LONGEST_PAUSE = 60_000;

/** Tries again what may succeed later. */
export async function persist(work: () => Promise<Tried>): Promise<Tried> {
  let outcome = await work();
  for (const wait of TRIES) {
    if (outcome.kind === 'sent' || !outcome.retryable) return outcome;
    await pause(Math.min(Math.max(wait, outcome.retryAfter ?? 0), LONGEST_PAUSE));
    outcome = await work();
  }
  return outcome;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
