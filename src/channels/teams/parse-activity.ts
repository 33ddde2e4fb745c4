// An activity as it comes from the network: parsed before anything else sees it, so that no stranger's body reaches the library.

import { z } from 'zod';

const id = z.string().min(1).max(1000);
const account = z.looseObject({ id });

const attachment = z.looseObject({
  contentType: z.string().max(200),
  contentUrl: z.string().nullish(),
  name: z.string().nullish(),
  content: z.unknown().optional(),
});

const activitySchema = z.looseObject({
  type: z.string().min(1).max(100),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(2000),
  id: id.nullish(),
  name: z.string().max(200).nullish(),
  from: z.looseObject({ id, aadObjectId: z.string().nullish() }),
  recipient: account,
  conversation: z.looseObject({
    id,
    conversationType: z.string().nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: z.string().max(100).nullish(),
  }),
  text: z.string().nullish(),
  locale: z.string().max(100).nullish(),
  timestamp: z.string().max(100).nullish(),
  value: z.unknown().optional(),
  attachments: z.array(attachment).max(50).nullish(),
  entities: z
    .array(z.looseObject({ type: z.string().nullish(), locale: z.unknown().optional() }))
    .max(100)
    .nullish(),
  channelData: z.looseObject({ eventType: z.string().max(100).nullish() }).nullish(),
});

export type TeamsActivity = z.infer<typeof activitySchema>;
export type TeamsAttachment = z.infer<typeof attachment>;

/** What must carry an id of its own, because it is taken once. */
const TAKEN_ONCE = ['message', 'messageUpdate', 'messageDelete', 'invoke'];

/** Null where a body is none that the network sends. */
export function parseActivity(body: unknown): TeamsActivity | null {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) return null;
  const needsId = TAKEN_ONCE.includes(parsed.data.type);
  return needsId && typeof parsed.data.id !== 'string' ? null : parsed.data;
}
