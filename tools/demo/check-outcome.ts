// Compares the persona's expected outcome with the files. One line per problem.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mammoth from 'mammoth';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import type { Persona } from './persona.ts';
import type { Played } from './play.ts';

export async function checkOutcome(persona: Persona, played: Played, outDir: string): Promise<readonly string[]> {
  const { outcome } = persona;
  const problems: string[] = [];
  const mails = played.files.filter((name) => name.endsWith('.eml')).length;
  if (mails !== outcome.mails) problems.push(`${mails} mails arrived instead of ${outcome.mails}`);
  const words = outcome['words at most'];
  if (words !== undefined && (played.words ?? Infinity) > words) {
    problems.push(`the document has ${played.words ?? 'unknown'} words, at most ${words} were expected`);
  }
  const messages = outcome['messages at most'];
  if (messages !== undefined && played.messages > messages) {
    problems.push(`it took ${played.messages} messages, at most ${messages} were expected`);
  }
  const begins = outcome['story begins with message'];
  if (begins !== undefined && played.beforeStory !== begins - 1) {
    problems.push(`the story began after ${played.beforeStory ?? 'no'} messages, not with message ${begins}`);
  }
  if (played.kept !== outcome.kept) {
    problems.push(outcome.kept ? 'the text is not kept any more' : 'the text is still kept, and should be erased');
  }
  return [...problems, ...(await documentProblems(persona, played, outDir))];
}

async function documentProblems({ outcome, language }: Persona, { files }: Played, outDir: string) {
  const there = files.includes('submission.docx');
  if (outcome.publication === undefined) return there ? ['a document was made, and none was expected'] : [];
  if (!there) return ['no document was made'];
  const { value: text } = await mammoth.extractRawText({ buffer: readFileSync(join(outDir, 'submission.docx')) });
  const wanted = loadCatalogue('document')[language].publication[outcome.publication];
  // Of the spaces before a colon, some are narrow.
  const [first = ''] = text.replace(/\u202F/gu, ' ').split('\n');
  return [
    ...(first.trim() === wanted ? [] : [`the document begins with "${first}" instead of "${wanted}"`]),
    ...outcome['in the document'].filter((one) => !text.includes(one)).map((one) => `"${one}" is not in the document`),
    ...outcome['not in the document'].filter((one) => text.includes(one)).map((one) => `"${one}" is in the document`),
  ];
}
