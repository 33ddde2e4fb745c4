// The calls that can be answered here, and the one that new conversations are about.

import { buildCallShelf, type CallShelf } from '../calls/call-registry.ts';
import { CallFilesError } from '../calls/load-calls-error.ts';
import { buildRecipientOf, type RecipientOf } from '../mail/recipients.ts';
import type { AppContext } from './app-context.ts';

/** Address of a trial's mails, in a domain that nobody can own (RFC 2606). They go into the outbox folder. */
const TRIAL_ADDRESS = 'submissions@example.org';

export interface OpenCalls {
  readonly calls: CallShelf;
  /** The call of new conversations. */
  readonly callId: string;
  readonly recipientOf: RecipientOf;
  /** Calls that cannot be read, for /health; the others are served. */
  readonly broken: Readonly<Record<string, string>>;
}

/** Throws if the configured call does not exist or cannot be read. A trial's call gets an address if it has none. */
export async function openCalls({ config, loaded, log, store, now }: AppContext): Promise<OpenCalls> {
  const { texts, intake } = loaded;
  const calls = buildCallShelf(
    loaded.calls,
    (hash) => store.archivedCall(hash),
    (call) => {
      if (!texts.hasCall(call.hash)) texts.addCall(call);
    },
  );
  const callId = config.call ?? intake.call;
  const problems = loaded.calls.broken.flatMap((broken) => (broken.id === callId ? broken.problems : []));
  if (problems.length > 0) throw new CallFilesError(problems);
  for (const { id, problems: found } of loaded.calls.broken)
    log.error(
      { call: id, problems: found.length },
      'a call cannot be read, and is not served: npm run -s griot -- call check',
    );
  const { call } = calls.current(callId);
  const recipientOf = buildRecipientOf(store, (id) => calls.find(id)?.call ?? null);
  if (config.trial && (await recipientOf(call.id)) === null) {
    const verified = { verifiedBy: 'trial', verifiedAt: now().toISOString(), withdrawnAt: null };
    await store.recordCallAddresses([{ callId, address: TRIAL_ADDRESS, source: 'trial', ...verified }]);
  }
  const ids = loaded.calls.broken.map(({ id }) => id).join(', ');
  return { calls, callId, recipientOf, broken: ids === '' ? {} : { calls: `cannot be read: ${ids}` } };
}
