// Invented cases for the desk, as a busy week leaves them: told message by message, read through, approved, waiting for
// a release, with flags and choices. The same number gives the same case.

import type { Publication } from '../../src/dialog/engine/draft.ts';
import type { Flag } from '../../src/dialog/engine/effect.ts';
import { newSession, type Session } from '../../src/dialog/engine/session.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import type { Store } from '../../src/store/open.ts';
import type { ConsentRow } from '../../src/store/turns/turn-work.ts';
import { fileName } from '../../src/submission/file-name.ts';
import { buildManifest } from '../../src/submission/manifest.ts';
import { type Change, turnOver } from '../store/family.ts';
import { DRAFTS, modelIn } from '../submission/samples.ts';

export const RECIPIENT = 'inputs@experts.unbody.int';
export const SUBJECT = 'EMLER 2024 Report';

/** A mail without a review would leave at once, and the server of a test runs. */
const NEVER = '2999-01-01T00:00:00.000Z';

export interface InventedCase {
  readonly number: number;
  readonly language: WholeLanguage;
  readonly at: string;
  readonly publication: Publication;
  readonly flags: readonly Flag[];
  /** Null: nothing was sent yet. `none`: no reviewer is asked. */
  readonly mail: 'review' | 'two' | 'none' | null;
  /** Put in place of what the sample says, e.g. what an attacker would write. */
  readonly words?: readonly string[];
  readonly withheld?: readonly string[];
  readonly callId?: string;
  /** Its person chose that the confidential version leaves at the deadline. */
  readonly fallback?: true;
}

export interface Kept {
  readonly person: string;
  readonly case: string;
  readonly contribution: string;
  readonly reference: string;
  readonly sha256: string;
}

/** As fast as the store is: without engine, documents of a few bytes. */
export async function keepCase(store: Store, invented: InventedCase): Promise<Kept> {
  const { number, language, at, publication, flags, withheld = [], callId = 'emler-2024' } = invented;
  const reference = referenceOf(number);
  const ids = { case: `case-${number}`, contribution: `contribution-${number}` };
  const sample = DRAFTS[language];
  const sections = invented.words === undefined ? sample.sections : [{ slot: 'story', paragraphs: invented.words }];
  const draft = { publication, reference, withheld, sections, late: false };
  const state = { step: 'story', language, reference, callId, ...ids };
  const session: Session = {
    ...newSession({ language, call: { id: callId, hash: 'a-hash' }, boot: 'boot', lastAt: at }),
    ...{ ...ids, reference, kept: true, adult: true, withheld: [...withheld], publication },
  };
  const from = { channel: number % 3 === 0 ? 'whatsapp' : 'web-chat', account: 'one', address: `+5500${number}` };
  let count = 0;
  let person = '';
  const says = async (text: string, change: Change) => {
    const id = `m${number}-${++count}`;
    const event = { id, at, kind: 'message', text } as const;
    ({ person } = await store.receive({ from, messageId: id, event, language }));
    const pending = await store.nextTurn(person);
    if (pending === null) throw new Error('Nothing waits.');
    await store.saveTurn(turnOver(pending, { session, state, ...change }));
    return id;
  };
  const reply = { body: { language, bubbles: [{ text: '✓', bold: [] }] }, promptId: null, replaces: null };
  await says('1', { openCase: ids, consents: [consent('keep', 'yes', at), consent('adult', 'yes', at)] });
  for (const { slot, paragraphs } of sections) {
    for (const text of paragraphs) {
      const id = `m${number}-${count + 1}`;
      const part = { id, slot, text, words: text.split(/\s+/).length };
      await says(text, { addParts: [part], replies: [reply] });
    }
  }
  await says('3', { flags, consents: [consent('publication', publication, at)] });
  if (invented.mail === null) return { person, ...ids, reference, sha256: '' };
  const model = modelIn(language, draft);
  const files = (['docx', 'pdf'] as const).map((format) => ({
    format,
    name: fileName({ ...sample, ...draft }, format),
    bytes: Buffer.from(`a ${format} file`),
  }));
  const body = `${model.publicationLine}\n`;
  const consents = [consent('publication', publication, at)];
  const mail = { recipient: RECIPIENT, subject: SUBJECT, consents, late: false };
  const { sha256, text } = buildManifest({ model, files, body, ...mail });
  const quiet = modelIn(language, { ...draft, publication: 'confidential' });
  const other = buildManifest({ model: quiet, files, body: `${quiet.publicationLine}\n`, ...mail });
  const hasFallback = invented.fallback === true;
  await says('SEND', {
    consents: [consent('approve', sha256, at)],
    documents: [
      { kind: 'final', reference, sha256, manifest: text, files },
      ...(hasFallback
        ? [{ kind: 'fallback' as const, reference, sha256: other.sha256, manifest: other.text, files }]
        : []),
    ],
    mails: [
      {
        ...({
          kind: 'submission',
          reference,
          sha256,
          notBefore: invented.mail === 'none' ? NEVER : at,
          request: { to: RECIPIENT },
        } as const),
        ...(invented.mail === 'none'
          ? {}
          : {
              review: {
                needed: invented.mail === 'two' ? 2 : 1,
                ifUnreachable: hasFallback ? 'confidential' : 'withhold',
                fallback: hasFallback ? { sha256: other.sha256, request: { to: RECIPIENT } } : null,
              } as const,
            }),
      },
    ],
  });
  return { person, ...ids, reference, sha256 };
}

export function referenceOf(number: number): string {
  return `GR-${(number * 7919 + 46656).toString(36).toUpperCase().slice(-4)}${number.toString(36).toUpperCase()}X`;
}

const WHOLE_LANGUAGES = ['pt', 'es', 'en', 'fr'] as const;
const PUBLICATIONS = ['confidential', 'public-named', 'public-unnamed'] as const;
const FLAGS: readonly (readonly Flag[])[] = [
  [],
  ['officer-named'],
  ['third-person', 'phone-or-address'],
  ['court-open'],
  ['threat', 'officer-named'],
  ['minor-named'],
  [],
  ['asks-for-person'],
];

/** A week's worth: most wait for a release, some are still told, one is in danger. */
export function manyCases(count: number, now: string): readonly InventedCase[] {
  return Array.from({ length: count }, (_, number) => ({
    number,
    language: WHOLE_LANGUAGES[number % 4] ?? 'en',
    at: new Date(Date.parse(now) - (number * 97 + 30) * 60_000).toISOString(),
    publication: PUBLICATIONS[number % 3] ?? 'confidential',
    flags: number === 41 ? (['in-danger'] as const) : (FLAGS[(number * 5) % FLAGS.length] ?? []),
    mail: number % 9 === 4 ? null : number % 5 === 0 ? 'two' : 'review',
  }));
}

function consent(purpose: ConsentRow['purpose'], value: string, at: string): ConsentRow {
  return { purpose, value, subject: 'author', wordingHash: 'h', language: 'en', messageId: 'm', at };
}
