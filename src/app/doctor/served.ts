// The calls and the texts that people are served.

import { type CallForInputs, deadlineOf, emailChannelOf, isPast, languagesUnread } from '../../calls/call.ts';
import { whyNotServed } from '../../calls/why-not-served.ts';
import type { LoadedCalls } from '../../calls/load-calls.ts';
import type { Config } from '../../config/config.ts';
import { translatedHere } from '../../config/translation.ts';
import { LANGUAGES } from '../../languages.ts';
import { isTrialDomain } from '../../mail/address.ts';
import { recipientLine, recipientsOf, verifiedAmong } from '../../mail/recipients.ts';
import type { LookedAt } from '../../store/look.ts';
import type { LoadedTexts } from '../load-texts.ts';
import { fine, type Finding, note, toDo } from './finding.ts';

const DAY = 24 * 3_600_000;
/** Days before the end of a call from which it is named. */
const SOON = 7;
/** Days after which a support contact should be called again. */
const OLD = 365;

/** Calls whose files cannot be read, and those named in CALL that do not exist. `first`: for people who name none. */
export function findCallFiles(
  { calls, broken }: LoadedCalls,
  { calls: named }: Config,
  first: string,
): readonly Finding[] {
  const ids = named.length === 0 ? [first] : named;
  const known = [...calls, ...broken].map(({ id }) => id);
  const missing = ids.filter((id) => !known.includes(id));
  const check = 'npm run -s griot -- call check';
  return [
    ...broken.map(({ id }) => {
      const says = `call ${id}: its files cannot be read`;
      return id === ids[0]
        ? ({ check: 'calls', standing: 'stops', says, mend: check } as const)
        : toDo('calls', says, check);
    }),
    ...missing.map((id) => toDo('calls', `CALL names ${id}, which does not exist`, check)),
  ];
}

/** The calls that can be begun now, and whether anything could be sent for them. */
export async function findCalls(
  { calls }: LoadedCalls,
  {
    config,
    first,
    now,
    store,
  }: { readonly config: Config; readonly first: string; readonly now: Date; readonly store: LookedAt },
): Promise<readonly Finding[]> {
  const named = config.calls.length === 0 ? [first] : config.calls;
  const served = calls.filter((call) => whyNotServed(call) === null);
  const open = served.filter((call) => call.status !== 'closed' && !isPast(call, now.toISOString()));
  const findings: Finding[] = [];
  for (const call of served) {
    const isLate = !open.includes(call);
    if (isLate && !(named.includes(call.id) && (config.lateAcceptedBy !== null || named[0] === call.id))) continue;
    if (isLate && config.lateAcceptedBy === null && !config.trial) findings.push(over(call));
    else findings.push(await findRecipients(call, config, store), ...closing(call, now), ...translating(call, config));
  }
  return findings.length > 0
    ? findings
    : [toDo('calls', 'no call can be answered here', 'npm run -s griot -- call check')];
}

function over(call: CallForInputs): Finding {
  const mend = 'Name an open one first in CALL. If the body takes late texts: LATE_ACCEPTED_BY="who said so".';
  return toDo('calls', `call ${call.id} is closed, and is what people are told first`, mend);
}

async function findRecipients(call: CallForInputs, { trial }: Config, store: LookedAt): Promise<Finding> {
  const recipients = verifiedAmong(recipientsOf(call, await store.callAddresses(call.id)));
  if (recipients.length > 0) return fine('calls', `call ${call.id}: open, goes to ${recipientLine(recipients)}`);
  if (trial) return note('calls', `call ${call.id}: open; no address is verified, which a trial does not need`);
  const email = emailChannelOf(call);
  const known =
    email === null || email.addresses === 'not-stated' ? '' : ` (the file names ${email.addresses.join(', ')})`;
  const mend = `Verify it with a second person: npm run -s griot -- call address ${call.id} ADDRESS --source "…" --verified-by "…"`;
  return toDo('calls', `call ${call.id}: no address is verified${known}; nothing is sent`, mend);
}

function closing(call: CallForInputs, now: Date): readonly Finding[] {
  const deadline = deadlineOf(call);
  if (deadline === null) return [];
  const left = Date.parse(deadline.instant) - now.getTime();
  if (left < 0 || left > SOON * DAY) return [];
  return [note('calls', `call ${call.id} closes at ${deadline.instant}`)];
}

/** Languages in which people may write, that the body does not read, and that nobody here translates. */
function translating(call: CallForInputs, { translation }: Config): readonly Finding[] {
  const nobody = languagesUnread(call).filter((language) => !translatedHere(translation).includes(language));
  if (nobody.length === 0) return [];
  const how = 'TRANSLATED_BY_STAFF or TRANSLATE_URL (docs/server.md)';
  return [
    note('calls', `call ${call.id}: its body does not read ${nobody.join(', ')}; only authors can translate: ${how}`),
  ];
}

/** Catalogues that nobody has read as a native. */
export function findTexts(texts: Pick<LoadedTexts, 'reviewed'>): Finding {
  const unread = LANGUAGES.map((language) => {
    const all = Object.values(texts.reviewed[language]);
    return { language, all: all.length, left: all.filter((reviewed) => !reviewed).length };
  }).filter(({ left }) => left > 0);
  if (unread.length === 0) return fine('texts', 'every catalogue was reviewed by a native reader');
  const each = unread.map(({ language, left, all }) => `${language} ${left} of ${all}`).join(', ');
  return note('texts', `files that no native reader has read: ${each}; docs/wording.md says how one reads them`);
}

export function findSupport({ operator, trial }: Config, now: Date): Finding {
  const how = 'SUPPORT_CONTACTS="Name: number (2026-11-01)": call each, and write the day.';
  if (operator.support.length === 0)
    return trial
      ? note('support', 'none in a trial')
      : toDo('support', 'people in distress are given no number to call', how);
  const old = operator.support.filter(({ checked }) => now.getTime() - Date.parse(checked) > OLD * DAY);
  if (old.length > 0) return toDo('support', `not checked for a year: ${old.map(({ name }) => name).join(', ')}`, how);
  return fine('support', operator.support.map(({ name, checked }) => `${name} (${checked})`).join(', '));
}

/** Every page leads there (AGPL-3.0, section 13). */
export function findSource({ sourceUrl, trial }: Config): Finding {
  if (!isTrialDomain(sourceUrl.hostname)) return fine('source', `people find the source at ${sourceUrl.href}`);
  const says = `the source of this version is to be at ${sourceUrl.href}, which is an example`;
  return trial
    ? note('source', says)
    : toDo('source', says, 'SOURCE_URL: an address of yours, or that of the project if you changed nothing.');
}
