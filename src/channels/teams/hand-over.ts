// The person said yes to a file: it is put where Teams says, if it is still the one that was offered.

import type { Deadlines } from '../../deadlines.ts';
import type { Language } from '../../languages.ts';
import type { TeamsAdapter } from './adapter.ts';
import { addressOf, referenceOf } from './address.ts';
import { infoCard, markOf, type FileConsent, type OfferedDocument, type UploadPlace } from './file-consent.ts';
import { guessLanguage } from './guess-language.ts';
import { uploadFile, type FileHosts } from './network-files.ts';
import type { TeamsActivity } from './parse-activity.ts';
import type { TeamsPeople } from './ports.ts';
import type { TeamsTexts } from '../../texts/catalogues.ts';

/** Upload places remembered, so that an answer that comes twice is one upload. */
const MOST_KNOWN = 1_000;

export interface HandOverDeps {
  readonly adapter: TeamsAdapter;
  readonly people: TeamsPeople;
  readonly texts: Readonly<Record<Language, TeamsTexts>>;
  readonly isAllowed: FileHosts;
  readonly deadlines: Pick<Deadlines, 'upload'>;
}

export function buildHandOver(deps: HandOverDeps) {
  const known = new Set<string>();
  return async (activity: TeamsActivity, consent: FileConsent): Promise<void> => {
    const key = `${activity.conversation.id} ${activity.id ?? ''}`;
    if (known.has(key)) return;
    known.add(key);
    const [oldest] = known;
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);

    const texts = deps.texts[guessLanguage(activity) ?? 'en'];
    const to = referenceOf(activity);
    const say = (text: string) => deps.adapter.send(to, { type: 'message', textFormat: 'plain', text });
    if (consent.kind === 'declined') return say(texts.declined);
    const outcome = await put(deps, activity, consent.document, consent.place);
    if (outcome !== 'stored') return say(outcome === 'gone' ? texts.gone : texts.notStored);
    await deps.adapter.send(to, { type: 'message', attachments: [infoCard(consent.place)] });
    await say(texts.stored);
  };
}

async function put(
  { people, isAllowed, deadlines }: HandOverDeps,
  activity: TeamsActivity,
  offered: OfferedDocument,
  place: UploadPlace,
): Promise<'stored' | 'gone' | 'failed'> {
  const known = await people.personAt(addressOf(activity));
  const kept = known === null ? null : await people.document(known.person, offered.kind);
  const file = kept?.files.find(({ format }) => format === offered.format);
  if (file === undefined || markOf(file.bytes) !== offered.mark) return 'gone';
  return (await uploadFile(place.uploadUrl, file.bytes, isAllowed, deadlines.upload)) ? 'stored' : 'failed';
}
