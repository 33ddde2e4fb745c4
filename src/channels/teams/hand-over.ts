// The person has answered the card that offers a file. If they accept, it is uploaded to the URL from Teams, if it is still
// the one that was offered. The card is then taken away: its buttons would only fail.

import { z } from 'zod';
import type { Deadlines } from '../../deadlines.ts';
import { type Language, LANGUAGES } from '../../languages.ts';
import type { TeamsTexts } from '../../texts/catalogues.ts';
import type { TeamsActivity } from './activity.ts';
import { addressOf, languageOfLocale, referenceOf } from './address.ts';
import {
  consentCard,
  type FileConsent,
  infoCard,
  markOf,
  type OfferedDocument,
  type UploadPlace,
} from './file-consent.ts';
import { type FileHosts, uploadFile } from './network-files.ts';
import type { TeamsPeople } from './ports.ts';
import { persist, type Sender } from './sender.ts';

/** Answers remembered, so that one that comes again is one upload. */
const MOST_KNOWN = 1_000;

export interface HandOverDeps {
  readonly sender: Sender;
  readonly people: TeamsPeople;
  readonly texts: Readonly<Record<Language, TeamsTexts>>;
  readonly isAllowed: FileHosts;
  readonly deadlines: Pick<Deadlines, 'upload'>;
}

export function buildHandOver(deps: HandOverDeps) {
  const { sender } = deps;
  const isNew = firstTimes(MOST_KNOWN);
  return async (activity: TeamsActivity, consent: FileConsent): Promise<void> => {
    if (!isNew(`${activity.conversation.id} ${activity.id ?? ''}`)) return;
    const to = referenceOf(activity);
    for (const message of await answersTo(deps, activity, consent)) {
      await persist(() => sender.send(to, message));
    }
    const { replyToId: card } = activity;
    if (typeof card === 'string' && card !== '') await persist(() => sender.remove(to, card));
  };
}

async function answersTo(
  deps: HandOverDeps,
  activity: TeamsActivity,
  consent: FileConsent,
): Promise<readonly object[]> {
  const texts = deps.texts[await languageOf(deps.people, activity)];
  if (consent.kind === 'declined') return [said(texts.declined)];
  const { document, place } = consent;
  const put = await upload(deps, activity, document, place);
  switch (put.kind) {
    case 'stored':
      return [{ type: 'message', attachments: [infoCard(place)] }, said(texts.stored)];
    case 'gone':
      return [said(texts.gone)];
    case 'failed':
      // The old card is used up: a new one offers the same file.
      return [said(texts.notStored), { type: 'message', attachments: [consentCard(document, put.size, texts.offer)] }];
    default:
      return put satisfies never;
  }
}

function said(text: string): object {
  return { type: 'message', textFormat: 'plain', text };
}

type Put = { readonly kind: 'stored' | 'gone' } | { readonly kind: 'failed'; readonly size: number };

async function upload(
  { people, isAllowed, deadlines }: HandOverDeps,
  activity: TeamsActivity,
  offered: OfferedDocument,
  place: UploadPlace,
): Promise<Put> {
  const known = await people.personAt(addressOf(activity));
  const kept = known === null ? null : await people.document(known.person, offered.kind, offered.of);
  const file = kept?.files.find(({ format }) => format === offered.format);
  if (file === undefined || markOf(file.bytes) !== offered.mark) return { kind: 'gone' };
  const stored = await uploadFile(place.uploadUrl, file.bytes, isAllowed, deadlines.upload);
  return stored ? { kind: 'stored' } : { kind: 'failed', size: file.bytes.length };
}

const sessionSchema = z.looseObject({ language: z.enum(LANGUAGES) });

/** Of the conversation; of the app, if there is none. */
async function languageOf(people: TeamsPeople, activity: TeamsActivity): Promise<Language> {
  const known = await people.personAt(addressOf(activity));
  const session = known === null ? null : sessionSchema.safeParse(await people.session(known.person));
  return session?.data?.language ?? languageOfLocale(activity) ?? 'en';
}

/** Returns true the first time that a key is seen; the oldest of `most` is forgotten first. */
export function firstTimes(most: number): (key: string) => boolean {
  const known = new Set<string>();
  return (key) => {
    if (known.has(key)) return false;
    known.add(key);
    const [oldest] = known;
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return true;
  };
}
