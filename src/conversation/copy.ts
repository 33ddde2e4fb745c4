// A Word file with everything stored about a person: answers, consents, transcript.

import type { ShelvedCall } from '../calls/call-registry.ts';
import type { Part } from '../dialog/engine/effect.ts';
import type { TextRef } from '../dialog/engine/reply.ts';
import type { Session } from '../dialog/engine/session.ts';
import { slotName } from '../dialog/engine/slot-name.ts';
import type { TranscriptLine } from '../store/turns/transcript.ts';
import type { ConsentRow, DocumentToSave } from '../store/turns/turn-work.ts';
import type { Block } from '../submission/block.ts';
import { makeFiles } from '../submission/make-files.ts';

export interface CopyOf {
  readonly session: Session;
  readonly shelved: ShelvedCall;
  readonly parts: readonly Part[];
  readonly consents: readonly ConsentRow[];
  readonly transcript: readonly TranscriptLine[];
  readonly say: (ref: TextRef) => string;
}

/** Null if it is too much for one file. */
export async function writeCopy(copy: CopyOf): Promise<DocumentToSave | null> {
  const { session, say } = copy;
  const title = say({ key: 'copy.title' });
  const blocks: readonly Block[] = [
    { kind: 'title', text: title },
    ...section(say({ key: 'copy.answers' }), answers(copy)),
    ...section(
      say({ key: 'copy.consents' }),
      copy.consents.map((row) => `${row.at} ${row.purpose} (${row.subject}): ${row.value}${saidAloud(row, copy)}`),
    ),
    ...section(say({ key: 'copy.transcript' }), spoken(copy)),
  ];
  const [made] = await makeFiles(
    {
      language: session.language,
      reference: session.reference ?? '',
      publication: 'confidential',
      title,
      blocks,
      footer: title,
      words: 0,
      wordsBySlot: {},
      sections: [],
      publicationLine: '',
      standing: [],
    },
    ['docx'],
  );
  if (made === undefined || made.bytes === null) return null;
  return {
    kind: 'copy',
    reference: session.reference ?? '',
    sha256: null,
    manifest: null,
    files: [{ format: 'docx', name: 'text.docx', bytes: made.bytes }],
  };
}

function section(heading: string, lines: readonly string[]): readonly Block[] {
  if (lines.length === 0) return [];
  return [{ kind: 'heading1', text: heading }, ...lines.map((text): Block => ({ kind: 'paragraph', text }))];
}

function answers({ parts, say, shelved: { call } }: CopyOf): readonly string[] {
  return parts
    .filter(({ pending }) => pending !== true)
    .map(({ slot, text }) => `${say(slotName(slot, call))}: ${text}`);
}

function saidAloud({ spoken: words }: ConsentRow, { say }: CopyOf): string {
  return words === undefined ? '' : ` (${say({ key: 'copy.spoken' })}: ${words})`;
}

function spoken({ transcript, say }: CopyOf): readonly string[] {
  return transcript.map(({ at, from, text }) => {
    const who = say({ key: `copy.${from === 'person' ? 'you' : from}` });
    return `${at} ${who}: ${text ?? say({ key: 'copy.erased' })}`;
  });
}
