// Where a request comes from, and what its form says.

import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { fieldsOf, networkOf } from '../../request.ts';
import type { Desk } from '../desk.ts';

/** As the web chat judges it (docs/decisions/0034); where the browser says nothing, the token in the form decides. */
export function isFromElsewhere(c: Context, { publicUrl }: Desk): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = c.req.header('origin');
  if (origin === undefined || origin === 'null') return false;
  return origin !== publicUrl.origin && !(URL.canParse(origin) && new URL(origin).host === c.req.header('host'));
}

/** The fields of a form; none where it is no form, or not one of ours. */
export async function formOf(c: Context): Promise<Readonly<Record<string, unknown>>> {
  return fieldsOf(await c.req.text(), c.req.header('content-type')) ?? {};
}

/** One field of a form as text; "" where it is not there. */
export async function fieldOf(c: Context, name: string): Promise<string> {
  const value = (await formOf(c))[name];
  return typeof value === 'string' ? value : '';
}

/** A request made in memory has no bindings at all, whatever Hono's types say. */
interface Asked extends Pick<Context, 'req'> {
  readonly env: Partial<HttpBindings> | undefined;
}

/** The sender's network for the throttle (src/request.ts); never stored, never logged. */
export function senderOf(c: Asked, { trustProxy }: Desk): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1) : undefined;
  return networkOf(forwarded ?? c.env?.incoming?.socket.remoteAddress ?? 'unknown');
}

/** A path of the desk to go on to, or the desk itself: nobody is led elsewhere. */
export function pathWithin(given: string | undefined): string {
  return given !== undefined && /^\/desk(?:\/[\w.~-]+)*\/?(?:\?[\w.~=&%-]*)?$/.test(given) && !given.includes('..')
    ? given
    : '/desk';
}
