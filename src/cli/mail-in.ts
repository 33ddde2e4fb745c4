// npm run -s mail:in -- FILE|FOLDER|MAILDIR…: files what came back under its cases. Without one, a mail from a pipe, as a
// mail server hands it over. --unmatched shows what belongs to no case; --remove ID takes one of these away.
//
// Ends with 75 (EX_TEMPFAIL of sysexits.h) where a mail could not be kept: a mail server then keeps it and tries again.

import { parseArgs } from 'node:util';
import { mailFiles, readMailFile, readMailStream, type MailBytes } from '../delivery/mail-in/folder.ts';
import { takeMail, type MailInDeps, type TakenMail } from '../delivery/mail-in/take-mail.ts';
import { explainError } from '../explain-error.ts';
import { safeError } from '../delivery/safe-error.ts';
import type { ListedMail, MailsIn } from '../store/mails-in-port.ts';
import { openExistingStore } from './open-existing-store.ts';

const USAGE = 'npm run -s mail:in -- [FILE|FOLDER|MAILDIR …] [--data DIR] [--unmatched] [--remove ID]';
const TRY_AGAIN = 75;

process.exitCode = await run();

async function run(): Promise<number> {
  const given = parseGiven();
  if (given === null) return fail(USAGE);
  if (given.values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const opened = await openExistingStore(given.values.data).catch((error: unknown) => ({
    ok: false as const,
    problem: explainError(error),
  }));
  if (!opened.ok) {
    console.error(opened.problem);
    return TRY_AGAIN;
  }
  const { store, config } = opened;
  try {
    if (given.values.remove !== undefined) return await remove(store.mailsIn, given.values.remove);
    if (given.values.unmatched === true) return await show(store.mailsIn);
    const deps = { store: store.mailsIn, mailbox: config.mailFrom, now: () => new Date() };
    if (given.positionals.length === 0) return await take(deps, 'the pipe', () => readMailStream(process.stdin));
    let worst = 0;
    for (const path of given.positionals) worst = Math.max(worst, await takeAll(deps, path));
    return worst;
  } finally {
    await store.close();
  }
}

function parseGiven() {
  try {
    const options = {
      data: { type: 'string' },
      unmatched: { type: 'boolean' },
      remove: { type: 'string' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch {
    return null;
  }
}

async function takeAll(deps: MailInDeps, path: string): Promise<number> {
  let files: readonly string[];
  try {
    files = await mailFiles(path);
  } catch {
    return fail(`There is no mail to read: ${path}`);
  }
  let worst = 0;
  for (const file of files) worst = Math.max(worst, await take(deps, file, () => readMailFile(file)));
  return worst;
}

async function take(deps: MailInDeps, from: string, read: () => Promise<MailBytes>): Promise<number> {
  try {
    const { bytes, size } = await read();
    if (size === 0) return fail(`${from}: no mail`);
    console.log(`${from}: ${said(await takeMail(deps, bytes, size))}`);
    return 0;
  } catch (error) {
    console.error(`${from}: not kept, try again. ${JSON.stringify(safeError(error))}`);
    return TRY_AGAIN;
  }
}

function said(taken: TakenMail): string {
  switch (taken.kind) {
    case 'filed':
      return `filed under ${taken.item.reference} (${taken.what})`;
    case 'repeat':
      return 'here already';
    case 'unmatched':
      return `belongs to no case that is known (${taken.what}); see --unmatched`;
    case 'dropped':
      return `not kept (${taken.why})`;
  }
}

async function show(mails: MailsIn): Promise<number> {
  console.error(
    'This shows sealed words in clear. Whoever wrote them may have written anything, also as somebody else.',
  );
  for (const mail of await mails.unmatched()) console.log(shown(mail));
  const { erased, full, ours } = await mails.dropped();
  console.log(`Not kept so far: ${erased} about erased cases, ${full} because this list was full, ${ours} of our own.`);
  return 0;
}

function shown({ id, kind, at, from, subject, text, files, moreFiles }: ListedMail): string {
  const attached = files.length + moreFiles;
  const head = [`${id}  ${at.slice(0, 16).replace('T', ' ')} UTC  ${kind}`, `From: ${from}`, `Subject: ${subject}`];
  const body = text.split('\n').map((line) => `    ${line}`.trimEnd());
  return [...head, ...(attached > 0 ? [`Files: ${attached}`] : []), ...body, ''].join('\n');
}

async function remove(mails: MailsIn, id: string): Promise<number> {
  return (await mails.removeUnmatched(id)) ? 0 : fail(`No unmatched mail has the id ${id}.`);
}

function fail(text: string): 1 {
  console.error(text);
  return 1;
}
