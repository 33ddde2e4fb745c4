// An activity as it comes over the network: parsed before anything else is done with it.

import { z } from 'zod';

const id = z.string().min(1).max(1000);
const account = z.looseObject({ id, name: z.string().max(1000).nullish() });

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
  replyToId: z.string().max(1000).nullish(),
  text: z.string().nullish(),
  textFormat: z.string().max(100).nullish(),
  locale: z.string().max(100).nullish(),
  timestamp: z.string().max(100).nullish(),
  value: z.unknown().optional(),
  attachments: z.array(attachment).max(50).nullish(),
  entities: z
    .array(
      z.looseObject({
        type: z.string().nullish(),
        locale: z.unknown().optional(),
        text: z.string().nullish().catch(null),
        mentioned: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish().catch(null),
        quotedReply: z
          .looseObject({ messageId: z.string().max(1000) })
          .nullish()
          .catch(null),
      }),
    )
    .max(100)
    .nullish(),
  channelData: z.looseObject({ eventType: z.string().max(100).nullish() }).nullish(),
});

export type TeamsActivity = z.infer<typeof activitySchema>;
export type TeamsAttachment = z.infer<typeof attachment>;

/** Activities that must have an id, because they are taken once. */
const TAKEN_ONCE = ['message', 'messageUpdate', 'messageDelete', 'invoke'];

/** Returns null if the body is not an activity. */
export function parseActivity(body: unknown): TeamsActivity | null {
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) return null;
  const needsId = TAKEN_ONCE.includes(parsed.data.type);
  return needsId && typeof parsed.data.id !== 'string' ? null : parsed.data;
}
