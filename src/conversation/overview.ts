// An organiser's texts at a glance, for a page: the facts of *cases*, behind the same passphrase. Takes no turn.

import { parseSession } from '../dialog/engine/session.ts';
import { inTheirOrder } from '../dialog/engine/world.ts';
import { factsOfCases, listedOf } from '../dialog/organiser/case-facts.ts';
import { nameFor, QUIET_MINUTES } from '../dialog/organiser/gathering.ts';
import { unlockedUntil } from '../dialog/stages/passphrase.ts';
import type { Language } from '../languages.ts';
import { sayIn } from '../texts/translate.ts';
import { callOf, type TurnDeps } from './run-turn.ts';

export interface OverviewRow {
  readonly key: string;
  readonly name: string;
  /** "3 of 5 points", "610 words": as many as there are. */
  readonly counts: readonly string[];
  readonly standing: string;
  /** "to come: the names"; null if nothing is. */
  readonly toCome: string | null;
  /** It cannot be opened any more. */
  readonly closed: boolean;
}

export interface Overview {
  readonly language: Language;
  /** The command that lists the texts in the conversation. */
  readonly command: string;
  /** Null as long as the passphrase is asked for. */
  readonly list: {
    /** Milliseconds until the passphrase is asked again; null if there is none. */
    readonly opens: number | null;
    /** Only numbers are shown in place of names. */
    readonly unnamed: boolean;
    readonly rows: readonly OverviewRow[];
  } | null;
}

type Deps = Pick<TurnDeps, 'store' | 'calls' | 'translate' | 'now'>;

/** Null for people who write for themselves. */
export async function overviewOf({ store, calls, translate, now }: Deps, person: string): Promise<Overview | null> {
  const stored = await store.organiserHome(person);
  if (stored === null) return null;
  const home = parseSession(stored);
  if (home.drafts === true) return null;
  const { language, ownWord, unlockedAt } = home;
  const { call, hash } = await callOf({ calls }, home);
  const say = sayIn(translate, language, hash);
  const command = say({ key: 'commands.cases' });
  const opens = unlockedAt === null ? 0 : unlockedUntil(unlockedAt, QUIET_MINUTES) - now().getTime();
  if (ownWord !== null && (unlockedAt === null || opens < 0)) return { language, command, list: null };
  const all = (await store.sessions(person)).map(({ key, session }) => ({ key, session: parseSession(session) }));
  const listed = listedOf(inTheirOrder(all));
  const closed = new Set(listed.flatMap(({ key, session }) => (session.teller?.closed === true ? [key] : [])));
  const facts = factsOfCases(listed, {
    call,
    at: now().toISOString(),
    nameOf: (session) => nameFor(home, session),
  });
  const rows = facts.map(({ key, name, counts, standing, toCome }): OverviewRow => {
    return {
      key,
      name: typeof name === 'string' ? name : say(name),
      counts: counts.map(say),
      standing: say(standing),
      toCome: toCome === null ? null : say(toCome),
      closed: closed.has(key),
    };
  });
  return { language, command, list: { opens: ownWord === null ? null : opens, unnamed: ownWord === null, rows } };
}
