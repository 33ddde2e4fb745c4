// The webhook that Meta calls. A body is believed if it is signed with the app's secret; the 200 is sent after its
// messages are stored and before their turns are taken.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { readUpTo } from '../../read-up-to.ts';
import { isSameSecret } from '../../web/toolkit/same-secret.ts';
import { readWebhook, type Webhook } from './read-webhook.ts';

/** In bytes; Meta sends at most 3 MB. */
const MOST_BODY = 3 * 1024 * 1024;
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

export interface CloudRoutesDeps {
  /** The id of our number. */
  readonly number: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  /** Resolves when everything is stored. */
  readonly take: (webhook: Webhook) => Promise<void>;
  readonly onFault: (error: unknown) => void;
}

interface CloudEnv {
  readonly Bindings: Partial<HttpBindings>;
}

export function buildCloudRoutes({ number, appSecret, verifyToken, take, onFault }: CloudRoutesDeps): Hono<CloudEnv> {
  const app = new Hono<CloudEnv>();
  app.get('/', (c) => {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = c.req.query();
    const known = mode === 'subscribe' && token !== undefined && isSameSecret(token, verifyToken);
    return known && challenge !== undefined && challenge.length <= 1000 ? c.text(challenge) : c.body(null, 403);
  });
  app.post('/', async (c) => {
    // Checked before a byte is read: without a signature the request is refused.
    const signature = SIGNATURE.exec(c.req.header('x-hub-signature-256') ?? '')?.[1];
    if (signature === undefined) return c.body(null, 401, { Connection: 'close' });
    const body = await readUpTo(c.req.raw.body, MOST_BODY);
    // The rest is not read, so this connection cannot be reused.
    if (body === null) return c.body(null, 413, { Connection: 'close' });
    if (!isSigned(body, signature, appSecret)) return c.body(null, 401);
    const webhook = readWebhook(jsonIn(body.toString()), number);
    // It would be the same at every repetition, and too many refusals end the subscription.
    if (webhook === null || webhook.unread > 0) onFault(new Error('a part of a signed webhook could not be read'));
    if (webhook === null) return c.body(null, 200);
    try {
      await take(webhook);
      return c.body(null, 200);
    } catch (error) {
      onFault(error);
      c.header('Retry-After', '5');
      return c.body(null, 503);
    }
  });
  return app;
}

/** Over the bytes as they came. */
function isSigned(body: Buffer, signature: string, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  return body.length > 0 && timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
