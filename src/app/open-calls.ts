// The calls that can be answered here, and the one that new conversations are about.

import { buildCallShelf, type CallShelf } from '../calls/call-registry.ts';
import { CallFilesError } from '../calls/load-calls-error.ts';
import { buildRecipientOf, type RecipientOf } from '../mail/recipients.ts';
import { buildServedCalls, type ServedCalls } from '../calls/served-calls.ts';
import type { AppContext } from './app-context.ts';

/** Address of a trial's mails, in a domain that nobody can own (RFC 2606). They go into the outbox folder. */
export const TRIAL_ADDRESS = 'submissions@example.org';

export interface OpenCalls {
  readonly calls: CallShelf;
  /** The calls of new conversations. */
  readonly served: ServedCalls;
  readonly recipientOf: RecipientOf;
  /** Calls that cannot be read, for /health; the others are served. */
  readonly broken: Readonly<Record<string, string>>;
}

/** The calls of the files, and those that were archived. */
export function callShelf({ loaded: { texts, calls }, store }: Pick<AppContext, 'loaded' | 'store'>): CallShelf {
  return buildCallShelf(
    calls,
    (hash) => store.archivedCall(hash),
    (call) => {
      if (!texts.hasCall(call.hash)) texts.addCall(call);
    },
  );
}

/** Throws if the first configured call does not exist or cannot be read. A trial's calls get an address if they have none. */
export async function openCalls({ config, loaded, log, store, now }: AppContext): Promise<OpenCalls> {
  const { intake } = loaded;
  const calls = callShelf({ loaded, store });
  const named = config.calls.length === 0 ? [intake.call] : config.calls;
  const [callId = intake.call] = named;
  const problems = loaded.calls.broken.flatMap((broken) => (broken.id === callId ? broken.problems : []));
  if (problems.length > 0) throw new CallFilesError(problems);
  for (const { id, problems: found } of loaded.calls.broken)
    log.error(
      { call: id, problems: found.length },
      'a call cannot be read, and is not served: npm run -s griot -- call check',
    );
  calls.current(callId);
  for (const id of named) {
    if (calls.find(id) === null) log.error({ call: id }, 'CALL names a call that is not served');
  }
  const ids = loaded.calls.calls.map(({ id }) => id);
  const takesLate = config.trial || config.lateAcceptedBy !== null;
  const served = buildServedCalls(calls, { ids, named, takesLate });
  const recipientOf = buildRecipientOf(store, (id) => calls.find(id)?.call ?? null);
  const begun = served.several?.(now().toISOString()).map(({ id }) => id) ?? [callId];
  for (const id of config.trial ? begun : []) {
    if ((await recipientOf(id)) !== null) continue;
    const verified = { verifiedBy: 'trial', verifiedAt: now().toISOString(), withdrawnAt: null };
    await store.recordCallAddresses([{ callId: id, address: TRIAL_ADDRESS, source: 'trial', ...verified }]);
  }
  const broken = loaded.calls.broken.map(({ id }) => id).join(', ');
  return { calls, served, recipientOf, broken: broken === '' ? {} : { calls: `cannot be read: ${broken}` } };
}
