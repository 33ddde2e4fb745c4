// A person on Teams: identified by tenant and user, which are stable; written to by a conversation reference, which may
// change.

import { z } from 'zod';
import { isLanguage, type Language } from '../../languages.ts';
import type { Address } from '../channel.ts';
import { TEAMS } from './ports.ts';
import type { TeamsActivity } from './activity.ts';

/** A first guess, from the message or the app it was written in ("pt-BR" → pt). Null if it is none of LANGUAGES. */
export function languageOfLocale({ locale, entities }: TeamsActivity): Language | null {
  const client = (entities ?? []).find(({ type }) => type === 'clientInfo')?.locale;
  const said = [locale, client].filter((one) => typeof one === 'string');
  return said.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isLanguage) ?? null;
}

const referenceSchema = z.strictObject({
  channelId: z.string(),
  serviceUrl: z.string(),
  conversation: z.strictObject({ id: z.string(), tenantId: z.string() }),
  bot: z.strictObject({ id: z.string() }),
  user: z.strictObject({ id: z.string() }),
});

/** Ids only: no names, and no message. */
export type Reference = z.infer<typeof referenceSchema>;

export function referenceOf({ channelId, serviceUrl, conversation, recipient, from }: TeamsActivity): Reference {
  return {
    channelId,
    serviceUrl,
    conversation: { id: conversation.id, tenantId: conversation.tenantId ?? '' },
    bot: { id: recipient.id },
    user: { id: from.id },
  };
}

export function addressOf(activity: TeamsActivity): Address {
  return {
    channel: TEAMS,
    account: activity.conversation.tenantId ?? '',
    address: activity.from.id,
    reach: JSON.stringify(referenceOf(activity)),
  };
}

/** Returns null if this address cannot be written to. */
export function parseReach({ reach }: Address): Reference | null {
  if (reach === undefined) return null;
  try {
    return referenceSchema.parse(JSON.parse(reach));
  } catch {
    return null;
  }
}
