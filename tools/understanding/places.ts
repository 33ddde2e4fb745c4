// A player at each place of the sets: the steps before it were answered as a person answers them, so that the session is what it
// would be there.

import { topicsOf } from '../../src/calls/call.ts';
import type { PromptId } from '../../src/dialog/prompts/prompt-ids.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import { lexicon, Player } from '../../test/support/player.ts';

/** A place is a prompt, or a prompt in one of several states. */
const AT: Readonly<Record<string, PromptId>> = {
  hello: 'hello',
  keep: 'keep',
  'for-whom': 'for-whom',
  'own-word': 'own-word',
  links: 'links',
  others: 'others',
  'name-harmed': 'harmed-name',
  'name-author': 'author-name',
  publication: 'publication',
  send: 'send',
  window: 'write-back',
  'window-after': 'after',
  after: 'after',
  'keep-yes': 'keep-yes',
  'write-back': 'write-back',
  'harmed-check': 'harmed-check',
  'over-limit': 'over-limit',
};

/** The plain questions of which a yes and a no are measured. */
export const PLAIN_QUESTIONS = ['keep-yes', 'write-back', 'own-word', 'harmed-check'] as const;

const STORY: Readonly<Record<WholeLanguage, string>> = {
  en: 'It was on a Monday. Marcos Pereira ran for help, and nobody told us anything for two days.',
  fr: 'C’était un lundi. Marcos Pereira a couru chercher de l’aide, et personne ne nous a rien dit pendant deux jours.',
  es: 'Fue un lunes. Marcos Pereira corrió a pedir ayuda, y nadie nos dijo nada durante dos días.',
  pt: 'Foi numa segunda-feira. Marcos Pereira correu para pedir ajuda, e ninguém nos disse nada durante dois dias.',
};

/** The story so many times in so many messages is longer than the limit of the call. */
const LONG = 13;

const NAME = 'Inventado Perez';

/** The answer at a step on the way to a later one; the word for *next* at all others. */
const ANSWERS: Readonly<Partial<Record<PromptId, string>>> = {
  hello: '1',
  safety: '1',
  keep: '1',
  'for-whom': '1',
  'harmed-form': '1',
  'author-form': '1',
  'harmed-name': NAME,
  'author-name': NAME,
  'harmed-check': '1',
  'author-check': '1',
  'read-back': '4',
  publication: '3',
  'write-back': '2',
};

const ACCEPTED = { kind: 'accepted', server: 'mx.example', at: '2026-11-23T14:00:00.000Z' } as const;
const MOST_STEPS = 40;

/** Returns null if nobody can be brought to this place. */
export async function playerAt(language: WholeLanguage, place: string): Promise<Player | null> {
  const prompt = AT[place];
  if (place === 'story' || place === 'topic') return tellingAt(language, place);
  if (prompt === undefined) return null;
  const player = new Player({ language });
  await player.says('👋');
  for (let step = 0; player.session.at.prompt !== prompt; step++) {
    if (step === MOST_STEPS) throw new Error(`${place} was not reached: ${player.session.at.prompt}`);
    await answerStep(player, language, prompt);
  }
  if (place === 'after') await leaves(player);
  player.effects.length = 0;
  return player;
}

async function answerStep(player: Player, language: WholeLanguage, to: PromptId): Promise<void> {
  const { commands, typed } = lexicon.words[language];
  const { prompt } = player.session.at;
  const times = prompt !== 'story' ? 0 : to === 'over-limit' ? LONG : 1;
  for (let time = 0; time < times; time++) await player.says(STORY[language].repeat(times));
  const age = to === 'keep-yes' && prompt === 'keep' ? '47' : undefined;
  await player.says(age ?? (prompt === 'send' ? typed.send[0] : ANSWERS[prompt]) ?? commands.next[0] ?? '');
}

async function leaves(player: Player): Promise<void> {
  player.mailLeft = true;
  const mail = player.session.mails.findLast(({ outcome }) => outcome === 'waiting');
  if (mail === undefined) throw new Error('nothing waits');
  await player.hears({ kind: 'mail', reference: mail.reference, mail: mail.mail, outcome: ACCEPTED });
}

/** Something was told already; the word was offered. */
async function tellingAt(language: WholeLanguage, prompt: 'story' | 'topic'): Promise<Player> {
  const player = new Player({ language });
  for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
  await player.says('Fue un lunes, Monday, lundi.');
  const topic = topicsOf(player.shelved.call)[0]?.id;
  const at = prompt === 'topic' && topic !== undefined ? { prompt, of: topic } : { prompt };
  player.session = { ...player.session, at, under: [], ownWordOffered: true };
  return player;
}
