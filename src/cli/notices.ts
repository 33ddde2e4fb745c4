// Sends notices to the staff as a test, and says what became of each.

import { openTransport, staffMailDeps } from '../app/open-mails.ts';
import { loadTexts } from '../app/load-texts.ts';
import { readConfig } from '../config/config.ts';
import { DEADLINES } from '../deadlines.ts';
import { handOver, type StaffMailDeps } from '../mail/notices/staff-notice.ts';
import { TESTED, testNotice, type TestedKind } from '../mail/notices/trouble-notice.ts';
import type { TransportResult } from '../mail/outbox/transport.ts';
import { type Given, type Io, OperatorError, UsageError } from './command.ts';

/** Ends with 1 if one of them was not taken. */
export async function notices(
  { values, positionals }: Given<{ readonly test?: boolean | undefined }>,
  io: Io,
): Promise<number> {
  if (values.test !== true) throw new UsageError('Give --test.');
  const unknown = positionals.filter((name) => !TESTED.some((kind) => kind === name));
  if (unknown.length > 0)
    throw new UsageError(`There is no notice "${unknown.join('", "')}". Kinds: ${TESTED.join(', ')}`);
  const asked = TESTED.filter((kind) => positionals.includes(kind));
  const { config, secrets } = readConfig(io.environment);
  const transport = openTransport(config, secrets, DEADLINES);
  const loaded = loadTexts(config.timeZone);
  const mail = staffMailDeps({ config, transport, loaded, now: () => new Date(), deadlines: DEADLINES });
  if (mail === null) throw new OperatorError('Nobody is told anything: set STAFF_EMAIL.');
  const kinds: readonly TestedKind[] = asked.length === 0 ? ['disk'] : asked;
  let failed = 0;
  for (const kind of kinds) {
    const found = await sendTest(kind, mail, new URL('desk', config.publicUrl));
    if (!found.ok) failed += 1;
    io.say(`${kind}: ${found.says}`);
  }
  return failed === 0 ? 0 : 1;
}

async function sendTest(kind: TestedKind, mail: StaffMailDeps, desk: URL) {
  const result = await handOver(mail, testNotice(kind, mail.texts, desk));
  if (result === 'timed-out')
    return { ok: false, says: 'no answer in time; it may have arrived. See: npm run -s griot -- doctor' };
  return said(result, mail.to);
}

function said(result: TransportResult, to: string): { readonly ok: boolean; readonly says: string } {
  switch (result.kind) {
    case 'accepted':
      return result.refusedTo === undefined
        ? {
            ok: true,
            says: `${result.server} has taken it for ${to}. Look whether it arrived, and not among the spam.`,
          }
        : { ok: false, says: `${result.server} did not take it for ${to}: ${result.refusedTo}` };
    case 'written':
      return { ok: false, says: `no mail server is set (SMTP_URL): written into ${result.folder}, and sent to nobody` };
    case 'deferred':
      return { ok: false, says: `${result.server} did not take it now: ${result.ours ?? result.reason}` };
    case 'uncertain':
      return { ok: false, says: `${result.server} gave no answer (${result.reason}); it may have arrived` };
    case 'refused':
      return { ok: false, says: `${result.server} refuses it: ${result.reply}` };
    default:
      return result satisfies never;
  }
}
