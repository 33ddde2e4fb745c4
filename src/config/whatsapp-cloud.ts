// The settings of WhatsApp's Cloud API.

import { z } from 'zod';

const text = z.string().trim().min(1);

export const cloudShape = {
  WHATSAPP_CLOUD_NUMBER_ID: z
    .string()
    .trim()
    .regex(/^\d{5,20}$/, 'the id of the number: digits')
    .optional(),
  WHATSAPP_CLOUD_TOKEN: text.optional(),
  WHATSAPP_CLOUD_APP_SECRET: text.optional(),
  WHATSAPP_CLOUD_VERIFY_TOKEN: text.optional(),
  WHATSAPP_CLOUD_TEMPLATE: z
    .string()
    .trim()
    .regex(/^[a-z0-9_]{1,512}$/, 'small letters, digits and _')
    .optional(),
};

type CloudEnvironment = z.infer<z.ZodObject<typeof cloudShape>>;

export interface CloudConfig {
  /** The id of our number, not the number itself. */
  readonly number: string;
  /** The approved template without content; null: nobody is written to when 24 hours are over. */
  readonly template: string | null;
}

export interface CloudSecrets {
  readonly token: string;
  /** Meta signs with it. */
  readonly appSecret: string;
  /** Meta repeats it when the webhook is set up. */
  readonly verifyToken: string;
}

/** Null if it is not configured. */
export function cloudOf(
  env: CloudEnvironment,
): { readonly config: CloudConfig; readonly secrets: CloudSecrets } | null {
  const { WHATSAPP_CLOUD_NUMBER_ID: number, WHATSAPP_CLOUD_TOKEN: token } = env;
  const { WHATSAPP_CLOUD_APP_SECRET: appSecret, WHATSAPP_CLOUD_VERIFY_TOKEN: verifyToken } = env;
  if (number === undefined || token === undefined || appSecret === undefined || verifyToken === undefined) return null;
  const template = env.WHATSAPP_CLOUD_TEMPLATE ?? null;
  return { config: { number, template }, secrets: { token, appSecret, verifyToken } };
}

export function cloudProblems(env: CloudEnvironment): readonly string[] {
  const names = ['WHATSAPP_CLOUD_NUMBER_ID', 'WHATSAPP_CLOUD_TOKEN', 'WHATSAPP_CLOUD_APP_SECRET'] as const;
  const given = [...names, 'WHATSAPP_CLOUD_VERIFY_TOKEN' as const].filter((name) => env[name] !== undefined);
  const together = `${names.join(', ')} and WHATSAPP_CLOUD_VERIFY_TOKEN are needed together (docs/whatsapp.md)`;
  if (given.length !== 0 && given.length !== 4) return [`WHATSAPP_CLOUD_NUMBER_ID: ${together}`];
  if (given.length === 4 || env.WHATSAPP_CLOUD_TEMPLATE === undefined) return [];
  return [`WHATSAPP_CLOUD_TEMPLATE: ${together}`];
}
