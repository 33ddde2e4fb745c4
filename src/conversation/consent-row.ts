// The row of a consent: the exact words that were shown, in their language, and their hash.

import { createHash } from 'node:crypto';
import type { Effect } from '../dialog/engine/effect.ts';
import type { Event } from '../dialog/engine/event.ts';
import type { Session } from '../dialog/engine/session.ts';
import type { ConsentRow } from '../store/turns/turn-work.ts';
import type { Translate } from '../texts/translate.ts';

type Given = Extract<Effect, { kind: 'consent' }>;

/** The choices are in the language of the conversation, even below words that were read aloud in another one. */
export function consentRow(
  translate: Translate,
  { purpose, subject, value, wording, language: said, mine, spoken }: Given,
  { language, call }: Pick<Session, 'language' | 'call'>,
  event: Pick<Event, 'id' | 'at'>,
): ConsentRow {
  const words = translate(said ?? language, wording, call.hash);
  const choices = (wording.choices ?? []).map((one) => translate(language, { key: `choices.${one}` }, call.hash));
  return {
    purpose,
    subject,
    value,
    wordingHash: createHash('sha256').update(words).digest('hex'),
    ...(wording.partly === true ? {} : { words }),
    ...(wording.quotes === true ? { quotes: true } : {}),
    ...(choices.length === 0 ? {} : { choices }),
    language: said ?? language,
    messageId: spoken?.note ?? event.id,
    ...(spoken === undefined ? {} : { spoken: spoken.words }),
    at: event.at,
    ...(mine === true ? { mine } : {}),
  };
}
