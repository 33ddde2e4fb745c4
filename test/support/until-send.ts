// A whole conversation up to SEND, and what would leave then.

import { PUBLICATIONS } from '../../src/calls/publication.ts';
import { buildDocument, mailFor } from '../../src/conversation/build-document.ts';
import { documentCall } from '../../src/conversation/document-call.ts';
import { draftFrom } from '../../src/dialog/engine/draft-from.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import { buildModel } from '../../src/submission/document-model.ts';
import { loadCatalogues } from '../../src/texts/catalogues.ts';
import { documents, type Player, texts } from './player.ts';

export const { bot, document: documentTexts } = loadCatalogues();
export const [NAMED, UNNAMED, CONFIDENTIAL] = PUBLICATIONS;

export const say = (language: WholeLanguage, hash: string, key: string, params = {}) =>
  texts.translate(language, { key, params }, hash);

/** Everything that somebody reads on the way to SEND; `choose` answers the question who may read it. */
export async function untilSend(
  player: Player,
  choose: (player: Player) => Promise<void>,
  others: Readonly<Record<string, string>> = {},
): Promise<string> {
  return readUntil(player, 'send', STORY, choose, others);
}

export function untilPublication(player: Player, story = STORY, topics?: () => Promise<void>): Promise<string> {
  return readUntil(player, 'publication', story, () => Promise.resolve(), {}, topics);
}

export function modelOf({ session, rows, shelved }: Player) {
  const draft = draftFrom(session, rows, shelved.call);
  const ofLanguage = documentTexts[draft.language];
  return buildModel(draft, documentCall(shelved, draft.language, ofLanguage), ofLanguage);
}

/** Without a word that might be a name. */
const STORY = '23.03.2019: 12 · 12.';

async function readUntil(
  player: Player,
  last: 'publication' | 'send',
  story: string,
  choose: (player: Player) => Promise<void>,
  others: Readonly<Record<string, string>> = {},
  topics?: () => Promise<void>,
): Promise<string> {
  const { language } = player.session;
  const word = (command: string) => texts.translate(language, { key: `commands.${command}` }, '');
  const read: string[] = [player.read(await player.hears({ kind: 'opened' }))];
  const answers: Readonly<Record<string, string>> = {
    ...{ hello: '1', safety: '1', keep: '1', 'for-whom': '1', 'harmed-form': '3', 'author-form': '3' },
    ...{ topics: word('next'), others: word('next'), ...others },
  };
  for (let said = 0; ![last, 'send'].includes(player.session.at.prompt); said++) {
    const { prompt } = player.session.at;
    if (said > 40) throw new Error(`stays at ${prompt}`);
    if (prompt === 'publication') await choose(player);
    else if (prompt === 'topics' && topics !== undefined && player.parts.length === 1) await topics();
    else if (prompt === 'story' && player.parts.length === 0) read.push(player.read(await player.says(story)));
    else
      read.push(player.read(await player.says(prompt === 'story' ? word('next') : (answers[prompt] ?? word('skip')))));
  }
  return read.join('\n\n');
}

/** The first line of the document and of the mail around it. */
export async function firstLines({ session, rows: parts, shelved }: Player) {
  const built = await buildDocument(documents, { session, parts, shelved, consents: [], final: true, file: true });
  const draft = draftFrom(session, parts, shelved.call);
  const about = mailFor(documents, shelved, draft, 'inputs@body.example');
  const { body } = documents.mail.submission(about);
  const { publicationLine, sha256, subject } = built.document;
  const withdrawn = mailFor(documents, shelved, { ...draft, publication: CONFIDENTIAL }, '').subject;
  if (about.subject !== subject) throw new Error(`two subjects: ${about.subject}, ${subject}`);
  return { document: publicationLine, mail: body.split('\n')[0], sha256, subject, withdrawn };
}
