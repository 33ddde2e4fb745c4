// One engine turn for a message at a place; the session is set back afterwards.

import type { Effect } from '../../src/dialog/engine/effect.ts';
import type { Reply } from '../../src/dialog/engine/reply.ts';
import type { Session } from '../../src/dialog/engine/session.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import type { Player } from '../../test/support/player.ts';
import { playerAt } from './places.ts';

export interface Played {
  readonly before: Session;
  readonly after: Session;
  readonly replies: readonly Reply[];
  readonly keys: readonly string[];
  readonly effects: readonly Effect[];
  /** The words are in the text, or wait to be. */
  readonly added: boolean;
  readonly erased: boolean;
}

/** Plays at each place of each language, with one player for all of its messages. */
export class Stage {
  readonly #players = new Map<string, Player | null>();

  /** `then`: messages after the first one. Returns null for a place that is not known. */
  async play(language: WholeLanguage, place: string, text: string, ...then: readonly string[]): Promise<Played | null> {
    const key = `${language} ${place}`;
    const known = this.#players.get(key);
    const player = known === undefined ? await playerAt(language, place) : known;
    this.#players.set(key, player);
    if (player === null) return null;
    const { session, rows, held, clock, putAway, key: row } = player;
    const replies = [...(await player.says(text))];
    for (const more of then) replies.push(...(await player.says(more)));
    const said = text.normalize('NFC').trim();
    const played = {
      before: session,
      after: player.session,
      replies,
      keys: replies.map((reply) => reply.text),
      effects: [...player.effects],
      added: player.rows.some((one) => one.text === said) && !rows.some((one) => one.text === said),
      erased: player.erased,
    };
    Object.assign(player, { session, rows, held, clock, putAway, key: row, erased: false });
    player.effects.length = 0;
    return played;
  }
}
