// A case by the reference of a mail of ours, as it is shown back to whoever typed it: nothing that its people wrote.

import type { Language } from '../../languages.ts';
import type { MailKind } from '../../dialog/engine/event.ts';
import { parseMailRequest } from '../../mail/outbox/mail-request.ts';
import type { Desk } from '../desk.ts';

export interface CaseShownBack {
  readonly case: string;
  readonly reference: string;
  /** The call's name in each language; null for a call that is not here any more. */
  readonly call: Readonly<Record<Language, string>> | null;
  readonly language: Language;
  readonly kind: MailKind;
  readonly queuedAt: string;
  /** How the last attempt ended; null before the first. */
  readonly outcome: string | null;
  readonly recipient: string | null;
  readonly steppedBack: readonly string[];
}

/** Null where no mail of ours has this reference: nothing can have come back to it. */
export async function caseOf(desk: Desk, reference: string): Promise<CaseShownBack | null> {
  const id = (await desk.store.mail(reference)).at(-1)?.case;
  const found = id === undefined ? null : await desk.store.desk.case(id);
  if (found === null) return null;
  for (const { language, mails } of found.contributions) {
    const mail = mails.findLast((one) => one.reference === reference);
    if (mail === undefined) continue;
    const request = parseMailRequest(mail.request);
    return {
      case: found.id,
      reference,
      call: desk.knows.callOf(found.callId)?.title ?? null,
      language,
      kind: mail.kind,
      queuedAt: mail.queuedAt,
      outcome: mail.attemptsMade.at(-1)?.outcome ?? null,
      recipient: request.ok ? request.request.to : null,
      steppedBack: found.steppedBack,
    };
  }
  return null;
}
