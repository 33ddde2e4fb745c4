// Plays each labelled message on the engine, at its prompt, and compares the outcome with the label.

import { topicsOf } from '../../src/calls/call.ts';
import type { PromptId } from '../../src/dialog/prompts/prompt-ids.ts';
import { hear } from '../../src/dialog/understanding/talk/hear.ts';
import { lexicon, Player } from '../../test/support/player.ts';
import { outcomeOf } from './outcome.ts';
import { isTelling, type Labelled } from './sets.ts';

/** Prompt of each place in the sets. */
const PLACES: Readonly<Record<string, PromptId>> = {
  hello: 'hello',
  keep: 'keep',
  'for-whom': 'for-whom',
  story: 'story',
  topic: 'topic',
  'own-word': 'own-word',
  links: 'links',
  others: 'others',
  'name-harmed': 'harmed-name',
  'name-author': 'author-name',
  'yes-no': 'own-word',
  publication: 'publication',
  send: 'send',
  after: 'after',
};

export interface Judged {
  readonly message: Labelled;
  readonly told: boolean;
  readonly labels: readonly string[];
  readonly shown: string;
  readonly why: string;
}

/** One engine turn for each message of a known place; the session is set back in between. */
export async function judge(messages: readonly Labelled[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  const players = new Map<string, Player>();
  for (const message of messages) {
    const prompt = PLACES[message.at];
    if (prompt === undefined) continue;
    const key = `${message.lang} ${prompt}`;
    const player = players.get(key) ?? (await playerAt(message, prompt));
    players.set(key, player);
    const { session, rows, held, clock } = player;
    const replies = await player.says(message.text);
    const added = player.rows.some(({ text }) => text === message.text.normalize('NFC').trim());
    const outcome = outcomeOf(
      session,
      player.session,
      replies,
      added && !rows.some(({ text }) => text === message.text),
    );
    const why = hear(lexicon, message.lang, message.text)?.why() ?? '';
    judged.push({ message, ...outcome, why });
    Object.assign(player, { session, rows, held, clock, erased: false });
    player.effects.length = 0;
  }
  return judged;
}

async function playerAt({ lang }: Labelled, prompt: PromptId): Promise<Player> {
  const player = new Player({ language: lang });
  if (prompt === 'hello') {
    await player.says('👋');
    return player;
  }
  for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
  await player.says('Fue un lunes, Monday, lundi.');
  const topic = topicsOf(player.shelved.call)[0]?.id;
  const at = prompt === 'topic' && topic !== undefined ? { prompt, of: topic } : { prompt };
  player.session = { ...player.session, at, under: [], kept: prompt !== 'keep', ownWordOffered: true };
  return player;
}

export interface Share {
  readonly of: number;
  readonly right: number;
}

/** Counts with their totals: talk noticed while telling, talk understood, urgent talk noticed, testimony interrupted. */
export function figuresOf(judged: readonly Judged[]) {
  const telling = judged.filter(({ message }) => isTelling(message));
  const talk = telling.filter(({ message }) => !message.expect.includes('testimony'));
  const told = telling.filter(({ message }) => message.expect.length === 1 && message.expect[0] === 'testimony');
  const urgent = talk.filter(({ message }) => message.expect.some((label) => URGENT.includes(label)));
  const share = (all: readonly Judged[], isRight: (one: Judged) => boolean): Share => ({
    of: all.length,
    right: all.filter(isRight).length,
  });
  const isRight = ({ message, labels }: Judged) => message.expect.some((label) => labels.includes(label));
  return {
    noticed: share(talk, (one) => !one.told),
    understood: share(talk, isRight),
    urgent: share(urgent, (one) => !one.told),
    interrupted: share(told, (one) => !one.told),
  };
}

const URGENT = ['danger', 'despair', 'command:stop', 'command:take-back', 'command:delete'];
