// A turn that fails is tried again; one that fails for good is set aside, and the next message is taken. *stop* and
// *delete* work nevertheless. docs/decisions/0136-a-message-that-cannot-be-taken.md.

import type { Rendered } from '../channels/channel.ts';
import type { Event } from '../dialog/engine/event.ts';
import { parseSession, type Session } from '../dialog/engine/session.ts';
import { commandIn } from '../dialog/understanding/commands.ts';
import { clean } from '../dialog/understanding/fold.ts';
import type { Lexicon } from '../dialog/understanding/lexicon.ts';
import type { Store } from '../store/open.ts';
import type { PendingTurn } from '../store/turns/turn-work.ts';
import { ERASE_QUESTION, saidIn, saysErase } from './facts-of-turn.ts';

/** Tries per turn, in all runs of the program together. */
export const TRIES = 3;

/** A fault that would happen again, e.g. work that ran into its limit: set aside at once. */
export class HopelessTurnError extends Error {
  override readonly name = 'HopelessTurnError';
}

export interface AsideDeps {
  readonly store: Pick<Store, 'setAside' | 'lastAsked' | 'takeAllBack' | 'erasePerson'>;
  readonly lexicon: Lexicon;
  readonly now: () => Date;
  readonly drawnOn: readonly string[];
  /** Renders a text of the bot in the person's language, as far as it is known. */
  readonly render: (text: string, session: Session | null) => Rendered;
}

export interface WhatFailed {
  readonly person: string;
  readonly inboxId: string;
  /** Null if not even the message could be read. */
  readonly pending: PendingTurn | null;
}

/** The replies that cannot be stored, because nothing is left to store them; else none. */
export async function setAside(
  deps: AsideDeps,
  { person, inboxId, pending }: WhatFailed,
): Promise<readonly Rendered[]> {
  const { store, now, drawnOn, render } = deps;
  const event = pending?.event ?? null;
  const session = sessionOf(pending);
  const at = now().toISOString();
  if (event !== null && (await saysErase(deps.store, deps.lexicon, person, event))) {
    await store.erasePerson(person);
    return [render('erase.done', session)];
  }
  const { text, asks } = await answerTo(deps, person, event, at);
  const isMinor = session !== null && !session.kept && session.flags.includes('under-age');
  const said = event === null || isMinor ? null : saidIn(event);
  await store.setAside({
    ...{ person, inboxId, event, at, said, drawnOn },
    // Also keeps unreadable events: somebody may repair them.
    keep: event === null || (said === null && !isMinor && event.kind !== 'opened'),
    tell: true,
    reply: text === null ? null : { body: render(text, session), promptId: asks },
  });
  return [];
}

async function answerTo({ store, lexicon }: AsideDeps, person: string, event: Event | null, at: string) {
  if (event === null) return { text: 'set-aside.told', asks: null };
  const command = event.kind === 'message' ? commandIn(lexicon, clean(event.text)) : null;
  if (command === 'delete') return { text: 'set-aside.erase', asks: ERASE_QUESTION };
  if (command === 'stop') {
    const { cancelled } = await store.takeAllBack(person, at);
    return { text: cancelled > 0 ? 'set-aside.stopped' : 'set-aside.nothing-to-stop', asks: null };
  }
  return { text: FROM_PERSON[event.kind] ?? null, asks: null };
}

/** Events that a person caused are answered; others are shown to staff only. */
const FROM_PERSON: Partial<Record<Event['kind'], string>> = {
  message: 'set-aside.told',
  'file-read': 'set-aside.told',
  edit: 'set-aside.told',
  voice: 'set-aside.told',
  opened: 'fault',
  unusable: 'fault',
  deletion: 'fault',
  elsewhere: 'fault',
};

function sessionOf(pending: PendingTurn | null): Session | null {
  const kept = pending?.session ?? pending?.home ?? null;
  if (kept === null) return null;
  try {
    return parseSession(kept);
  } catch {
    return null;
  }
}
