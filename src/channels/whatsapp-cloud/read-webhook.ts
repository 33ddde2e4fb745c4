// A signed body of the webhook → messages in order of time, statuses of our messages, and news about our account. Pure.

import { z } from 'zod';

const id = z.string().min(1).max(1000);
const time = z.union([z.string().regex(/^\d{1,12}$/), z.number().int().nonnegative()]);

const body = z.looseObject({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.looseObject({ changes: z.array(z.looseObject({ field: z.string(), value: z.unknown() })) })),
});

const valueSchema = z.looseObject({
  metadata: z.looseObject({ phone_number_id: z.string() }),
  contacts: z
    .array(z.looseObject({ wa_id: z.string().nullish(), user_id: z.string().nullish() }))
    .nullish()
    .catch([]),
  messages: z.array(z.unknown()).nullish(),
  statuses: z.array(z.unknown()).nullish(),
});

const messageSchema = z.looseObject({
  id,
  type: z.string().max(100),
  timestamp: time,
  from: z.string().max(200).nullish(),
  from_user_id: z.string().max(200).nullish(),
});
export type CloudMessage = z.infer<typeof messageSchema>;

const statusSchema = z.looseObject({
  id,
  status: z.string().max(50),
  timestamp: time,
  errors: z.array(z.looseObject({ code: z.number() })).nullish(),
});

const accountSchema = z.looseObject({ event: z.string().max(100) });

/** The business-scoped id first; the number if Meta names it. One of them is there. */
export interface Sender {
  readonly user: string | null;
  /** Digits. */
  readonly number: string | null;
}

export interface ArrivedMessage {
  readonly message: CloudMessage;
  readonly sender: Sender;
  /** Seconds since 1970, Meta's clock. */
  readonly seconds: number;
}

export interface Status {
  readonly id: string;
  readonly status: string;
  readonly seconds: number;
  /** Of the first error. */
  readonly code: number | null;
}

export interface Webhook {
  readonly messages: readonly ArrivedMessage[];
  readonly statuses: readonly Status[];
  /** Events about our account, e.g. ACCOUNT_RESTRICTION. */
  readonly account: readonly string[];
  /** Parts that could not be read. */
  readonly unread: number;
}

const USER = /^[A-Z]{2}\.[\w.-]{1,140}$/;
const NUMBER = /^\d{5,20}$/;

/** A business-scoped id, as opposed to a number. */
export function isUser(address: string): boolean {
  return USER.test(address);
}

/** Null if it is no webhook of WhatsApp. `number`: our number's id; parts for other numbers are left out. */
export function readWebhook(given: unknown, number: string): Webhook | null {
  const parsed = body.safeParse(given);
  if (!parsed.success) return null;
  const messages: ArrivedMessage[] = [];
  const statuses: Status[] = [];
  const account: string[] = [];
  let unread = 0;
  for (const { field, value: raw } of parsed.data.entry.flatMap(({ changes }) => changes)) {
    if (field === 'account_update') {
      const news = accountSchema.safeParse(raw);
      if (news.success) account.push(news.data.event);
      continue;
    }
    if (field !== 'messages') continue;
    const value = valueSchema.safeParse(raw);
    if (!value.success) unread += 1;
    if (value.data?.metadata.phone_number_id !== number) continue;
    for (const one of value.data.messages ?? []) {
      const read = readOne(one, value.data.contacts ?? []);
      if (read === null) unread += 1;
      else messages.push(read);
    }
    for (const one of value.data.statuses ?? []) {
      const status = statusSchema.safeParse(one);
      if (!status.success) unread += 1;
      else {
        const { id: of, status: what, timestamp, errors } = status.data;
        statuses.push({ id: of, status: what, seconds: Number(timestamp), code: errors?.[0]?.code ?? null });
      }
    }
  }
  // A stable sort: those of the same second stay in the order of their arrival.
  return { messages: messages.toSorted((one, other) => one.seconds - other.seconds), statuses, account, unread };
}

type Contact = NonNullable<z.infer<typeof valueSchema>['contacts']>[number];

function readOne(one: unknown, contacts: readonly Contact[]): ArrivedMessage | null {
  const parsed = messageSchema.safeParse(one);
  if (!parsed.success) return null;
  const { from, from_user_id: user, timestamp } = parsed.data;
  const contact = contacts.length === 1 ? contacts[0] : contacts.find(({ wa_id: number }) => number === from);
  // `from` itself may be a business-scoped id.
  const names = [user, from, contact?.user_id, contact?.wa_id].filter((name) => typeof name === 'string');
  const sender = {
    user: names.find(isUser) ?? null,
    number: [from, contact?.wa_id].find((name) => typeof name === 'string' && NUMBER.test(name)) ?? null,
  };
  if (sender.user === null && sender.number === null) return null;
  return { message: parsed.data, sender, seconds: Number(timestamp) };
}
