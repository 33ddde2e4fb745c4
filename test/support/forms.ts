// A call of any form, played to its documents: the fixtures' questions in a call that the bot serves.

import type { CallForInputs } from '../../src/calls/call.ts';
import type { ShelvedCall } from '../../src/calls/call-registry.ts';
import { buildDocument } from '../../src/conversation/build-document.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import { fixtureCall, withTexts } from '../fixtures/calls/fixture-call.ts';
import { documents, Player, shelf, texts } from './player.ts';

const { call: emler } = shelf.current('emler-2024');

/** What a fixture asks, at terms and by a way that are served; `change` for the properties that a test is about. */
export function servedFixture(id: string, change: Partial<CallForInputs> = {}): ShelvedCall {
  const { response, sources, issuers, subject, limit, layout } = fixtureCall(id);
  const call: CallForInputs = {
    ...{ ...emler, id, issuers, sources, response, subject, limit, status: 'open' },
    layout: { ...layout, 'executive-summary': 'not-stated' },
    formats: { accepted: ['docx', 'pdf'], refused: [], 'own-form': 'no' },
    deadline: { date: '2027-05-24', time: '12:00', zone: 'Europe/London', meaning: 'sent' },
    ...change,
  };
  const shelved = { ...withTexts(call), hash: `served ${id} ${JSON.stringify(change)}` };
  texts.addCall(shelved);
  return shelved;
}

/** The same, and every question can be left out without a word. */
export function freeFixture(id: string): ShelvedCall {
  const { response } = fixtureCall(id);
  return servedFixture(id, { response: { ...response, compulsory: 'no' } });
}

interface Options {
  readonly language?: WholeLanguage;
  /** 1: of the family; 3: an organisation. */
  readonly role?: '1' | '3';
  /** A call with one question has no list: 'topic'. */
  readonly upTo?: string;
}

/** A conversation of one person, up to the call's questions. */
export async function atQuestions(
  call: ShelvedCall,
  { language = 'en', role = '1', upTo = 'topics' }: Options = {},
): Promise<Player> {
  const player = new Player({ language, call });
  for (const text of ['1', '1', '1', '1', role, 'They never came to our door.']) await player.says(text);
  await goTo(player, upTo);
  return player;
}

/** The word of a command in the player's language. */
export function word(player: Player, command: string): string {
  return texts.translate(player.session.language, { key: `commands.${command}` }, '');
}

/** Skips until a prompt is open. */
export async function goTo(player: Player, prompt: string): Promise<string> {
  const read: string[] = [];
  for (let said = 0; player.session.at.prompt !== prompt; said++) {
    if (said > 40) throw new Error(`no way to ${prompt}; stays at ${player.session.at.prompt}`);
    const at = player.session.at.prompt;
    const answer = at === 'harmed-form' || at === 'author-form' ? '3' : word(player, 'next');
    read.push(player.read(await player.says(answer)));
  }
  return read.join('\n\n');
}

/** The files as they would leave. */
export async function filesOf({ session, rows: parts, shelved }: Player) {
  const { save, document } = await buildDocument(documents, {
    session: { ...session, reference: 'GR-TEST1' },
    ...{ parts, shelved, consents: [], final: true, file: true },
  });
  const bytes = (format: 'docx' | 'pdf') => {
    const file = save[0]?.files.find((one) => one.format === format);
    if (file === undefined) throw new Error(`no ${format}`);
    return file.bytes;
  };
  return {
    document,
    get docx() {
      return bytes('docx');
    },
    get pdf() {
      return bytes('pdf');
    },
  };
}
