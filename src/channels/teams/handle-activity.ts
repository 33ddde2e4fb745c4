// Takes an activity to the inbox: stored first, then the turn. Files are fetched and read before the answer, so that
// none is lost between an answer and its row.

import type { Deadlines } from '../../deadlines.ts';
import type { EventBody, Unusable } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';
import type { TeamsTexts } from '../../texts/catalogues.ts';
import { type DocxText, fileEvent } from '../media/read-docx.ts';
import { LARGEST_SOUND, readSound } from '../media/read-sound.ts';
import type { Arrivals } from './arrivals.ts';
import { addressOf, languageOfLocale } from './address.ts';
import type { FileConsent } from './file-consent.ts';
import { fetchFile, type FileHosts } from './network-files.ts';
import { type ReadDocx, sentId, type TeamsInbox, type TeamsSent } from './ports.ts';
import type { TeamsActivity } from './activity.ts';
import { type Heard, type OfferedFile, readActivity } from './read-activity.ts';

/** Milliseconds to read a file; together with the download less than Teams waits. */
const READING_MS = 8_000;

export interface ActivityDeps {
  readonly inbox: TeamsInbox;
  readonly texts: Readonly<Record<Language, TeamsTexts>>;
  readonly sent: Pick<TeamsSent, 'askedIn'>;
  readonly readDocx: ReadDocx;
  readonly takesVoice: boolean;
  readonly isAllowed: FileHosts;
  readonly deadlines: Pick<Deadlines, 'file' | 'sound'>;
  readonly arrivals: Pick<Arrivals, 'quiet' | 'together'>;
  readonly now: () => Date;
  /** The person has answered the card of a file. */
  readonly onConsent: (activity: TeamsActivity, consent: FileConsent) => Promise<void>;
  /** Writes to a group or channel; once for each activity. */
  readonly sayElsewhere: (activity: TeamsActivity, text: string) => Promise<void>;
  /** Work that goes on after the answer. */
  readonly after: (work: Promise<unknown>) => void;
}

export async function handleActivity(deps: ActivityDeps, activity: TeamsActivity): Promise<boolean> {
  const written = deps.now().toISOString();
  const read = readActivity(activity, deps.takesVoice);
  switch (read.kind) {
    case 'nothing':
      return true;
    case 'unknown-invoke':
      return false;
    case 'not-alone':
      deps.after(deps.sayElsewhere(activity, deps.texts[languageOfLocale(activity) ?? 'en'].notAlone));
      return true;
    case 'file-consent':
      deps.after(deps.onConsent(activity, read.consent));
      return true;
    case 'heard':
      await take(deps, activity, written, [
        ...read.events,
        ...(await Promise.all(read.files.map((file) => readFile(deps, file)))),
      ]);
      return true;
    default:
      return read satisfies never;
  }
}

async function take(
  { inbox, sent, arrivals, now, after }: ActivityDeps,
  activity: TeamsActivity,
  written: string,
  events: readonly Heard[],
): Promise<void> {
  const from = addressOf(activity);
  const language = languageOfLocale(activity);
  const at = now().toISOString();
  const people = new Set<string>();
  await arrivals.together();
  for (const { id, key, body, sound, quoted } of events) {
    const asked = quoted === undefined ? null : await sent.askedIn(sentId(activity.conversation.id, quoted));
    const more = body.kind === 'message' ? { written, ...(asked === null ? {} : { quotes: asked }) } : {};
    const { person } = await inbox.receive({
      from,
      messageId: key,
      event: { id, at, ...body, ...more },
      ...(sound === undefined ? {} : { sound }),
      ...(language === null ? {} : { language }),
    });
    people.add(person);
  }
  for (const person of people) after(arrivals.quiet().then(() => inbox.settle(person)));
}

async function readFile(deps: ActivityDeps, { id, kind, url }: OfferedFile): Promise<Heard> {
  if (kind === 'sound') return { id, key: id, ...(await soundIn(url, deps)) };
  return { id, key: id, body: await textIn(url, deps) };
}

async function soundIn(url: string, { isAllowed, deadlines }: ActivityDeps): Promise<Pick<Heard, 'body' | 'sound'>> {
  const fetched = await fetchFile(url, isAllowed, deadlines.sound, LARGEST_SOUND);
  if (fetched.kind === 'refused') {
    return { body: { kind: 'unusable', what: fetched.why === 'size' ? 'voice-too-long' : 'voice-broken' } };
  }
  const read = readSound(fetched.bytes);
  if (!read.ok) return { body: { kind: 'unusable', what: read.why } };
  return { body: { kind: 'voice' }, sound: { bytes: fetched.bytes, type: read.type } };
}

async function textIn(url: string, { readDocx, isAllowed, deadlines }: ActivityDeps): Promise<EventBody> {
  const fetched = await fetchFile(url, isAllowed, deadlines.file);
  if (fetched.kind === 'refused') return { kind: 'unusable', what: WHY[fetched.why] ?? 'file' };
  return fileEvent(await Promise.race([readDocx(fetched.bytes), tooSlow()]));
}

/** Microsoft's trouble is told as such: the file itself may be good. */
const WHY: Readonly<Record<string, Unusable>> = {
  size: 'file-large',
  busy: 'file-not-fetched',
  time: 'file-not-fetched',
  network: 'file-not-fetched',
};

function tooSlow(): Promise<DocxText> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ ok: false, why: 'too-much-in-it' }), READING_MS).unref();
  });
}
