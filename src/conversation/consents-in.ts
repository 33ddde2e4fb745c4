// The yes and no of a turn, as they are kept: with the very words that were shown, in their language, and their hash.

import { createHash } from 'node:crypto';
import type { Effect } from '../dialog/effect.ts';
import type { Event } from '../dialog/event.ts';
import type { Session } from '../dialog/session.ts';
import type { Translate } from '../texts/translate.ts';
import type { ConsentRow } from '../store/consent-row.ts';

/** The choices stand in the language of the conversation, also below words that were read aloud in another one. */
export function consentsIn(
  translate: Translate,
  effects: readonly Effect[],
  { language, call }: Pick<Session, 'language' | 'call'>,
  event: Pick<Event, 'id' | 'at'>,
): readonly ConsentRow[] {
  return effects.flatMap((effect) => {
    if (effect.kind !== 'consent') return [];
    const { purpose, subject, value, wording, language: said = language, mine, spoken } = effect;
    const words = translate(said, wording, call.hash);
    const choices = (wording.choices ?? []).map((one) => translate(language, { key: `choices.${one}` }, call.hash));
    const row: ConsentRow = {
      purpose,
      subject,
      value,
      wordingHash: createHash('sha256').update(words).digest('hex'),
      ...(wording.partly === true ? {} : { words }),
      ...(wording.quotes === true ? { quotes: true } : {}),
      ...(choices.length === 0 ? {} : { choices }),
      language: said,
      messageId: spoken?.note ?? event.id,
      ...(spoken === undefined ? {} : { spoken: spoken.words }),
      at: event.at,
    };
    return [mine === true ? { ...row, mine } : row];
  });
}
