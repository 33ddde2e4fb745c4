// Files incoming mails under their cases.

import { explainError } from '../explain-error.ts';
import { type MailBytes, mailFiles, readMailFile, readMailStream } from '../mail/inbound/folder.ts';
import { type MailInDeps, takeMail, type TakenMail } from '../mail/inbound/take-mail.ts';
import { safeError } from '../mail/safe-error.ts';
import type { ListedMail } from '../store/mail/read-mails-in.ts';
import { type Given, type Io, OperatorError } from './command.ts';
import { type Data, openData } from './open-data.ts';
import type { MailsIn } from '../store/mail/mails-in.ts';

/** EX_TEMPFAIL of sysexits.h: a mail server keeps the mail and tries again. */
const TRY_AGAIN = 75;

interface MailInGiven {
  readonly unmatched?: boolean | undefined;
  readonly remove?: string | undefined;
}

/** Ends with 75 if a mail could not be stored, or the data cannot be opened. */
export async function mailIn({ values, positionals: paths }: Given<MailInGiven>, io: Io): Promise<number> {
  let data: Data;
  try {
    data = await openData(io);
  } catch (error) {
    io.warn(explainError(error));
    return TRY_AGAIN;
  }
  const { store, config } = data;
  try {
    if (values.remove !== undefined) return await remove(store.mailsIn, values.remove);
    if (values.unmatched === true) return await show(store.mailsIn, io);
    const deps = { store: store.mailsIn, mailbox: config.mailFrom, now: () => new Date() };
    if (paths.length === 0) return await take(deps, 'the pipe', () => readMailStream(process.stdin), io);
    let worst = 0;
    for (const path of paths) worst = Math.max(worst, await takeAll(deps, path, io));
    return worst;
  } finally {
    await store.close();
  }
}

async function takeAll(deps: MailInDeps, path: string, io: Io): Promise<number> {
  let files: readonly string[];
  try {
    files = await mailFiles(path);
  } catch {
    io.warn(`There is no mail to read: ${path}`);
    return 1;
  }
  let worst = 0;
  for (const file of files) worst = Math.max(worst, await take(deps, file, () => readMailFile(file), io));
  return worst;
}

async function take(deps: MailInDeps, from: string, read: () => Promise<MailBytes>, io: Io): Promise<number> {
  try {
    const { bytes, size } = await read();
    if (size === 0) {
      io.warn(`${from}: no mail`);
      return 1;
    }
    io.say(`${from}: ${said(await takeMail(deps, bytes, size))}`);
    return 0;
  } catch (error) {
    io.warn(`${from}: not kept, try again. ${JSON.stringify(safeError(error))}`);
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

async function show(mails: MailsIn, io: Io): Promise<number> {
  io.warn('This shows decrypted words. Their writer may have written anything, also under another name.');
  for (const mail of await mails.unmatched()) io.say(shown(mail));
  const { erased, full, ours } = await mails.dropped();
  io.say(`Not kept so far: ${erased} about erased cases, ${full} because this list was full, ${ours} of our own.`);
  return 0;
}

function shown({ id, kind, at, from, subject, text, files, moreFiles }: ListedMail): string {
  const attached = files.length + moreFiles;
  const head = [`${id}  ${at.slice(0, 16).replace('T', ' ')} UTC  ${kind}`, `From: ${from}`, `Subject: ${subject}`];
  const body = text.split('\n').map((line) => `    ${line}`.trimEnd());
  return [...head, ...(attached > 0 ? [`Files: ${attached}`] : []), ...body, ''].join('\n');
}

async function remove(mails: MailsIn, id: string): Promise<number> {
  if (await mails.removeUnmatched(id)) return 0;
  throw new OperatorError(`No unmatched mail has the id ${id}.`);
}
