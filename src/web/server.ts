// The HTTP server: all routes, starting and stopping.

import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono, type HonoRequest, type MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { secureHeaders } from 'hono/secure-headers';
import { buildWebChat } from '../channels/web-chat/build-web-chat.ts';
import type { WebChatDeps } from '../channels/web-chat/ports.ts';
import type { WebEnv } from '../channels/web-chat/visitor.ts';
import { otherMethodsAt } from './toolkit/methods-at.ts';
import { isSameSecret } from './toolkit/same-secret.ts';

/** Nothing from other sites, nothing inline, no framing (https://www.w3.org/TR/CSP3/). */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  imgSrc: ["'self'"],
  mediaSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

/** For files that should only be saved: if one is opened nevertheless, it can do nothing. */
const SAVED = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** Permissions that none of our pages needs. */
const NEVER = { camera: [], geolocation: [] };
/** Hono has no type for the last one; older browsers still know it. */
const NO_ADVERTISING = { browsingTopics: [], interestCohort: [] };

/** A year, in seconds. Without subdomains, which are up to the operator. */
const HSTS = 'max-age=31536000';

/**
 * Sets the headers of every answer, including errors. Answers without a caching header are not cached. `microphone`:
 * our own pages may request it; the browser still asks the person.
 */
export function securityHeaders({
  https,
  microphone,
}: {
  readonly https: boolean;
  readonly microphone: boolean;
}): MiddlewareHandler {
  return every(
    onTop,
    secureHeaders({
      contentSecurityPolicy: CONTENT_SECURITY_POLICY,
      permissionsPolicy: { ...NEVER, microphone: microphone ? ['self'] : [], ...NO_ADVERTISING },
      xFrameOptions: 'DENY',
      strictTransportSecurity: https ? HSTS : false,
      // Covered by the policies above, or only for obsolete browsers.
      originAgentCluster: false,
      xDownloadOptions: false,
      xPermittedCrossDomainPolicies: false,
      xXssProtection: false,
    }),
  );
}

const onTop: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  // No search engine leads people here, or shows to others that the page exists.
  headers.set('X-Robots-Tag', 'noindex, nofollow, noarchive');
  if (headers.get('Content-Disposition')?.startsWith('attachment') === true) {
    headers.set('Content-Security-Policy', SAVED);
  }
  const keep = headers.get('Cache-Control');
  if (keep === null || keep === 'no-cache') headers.set('Cache-Control', 'no-store');
};

/** Routes in addition to those of the web chat, e.g. Teams or the desk; they contain their own checks. */
export interface WebRoutes {
  /** Base path, e.g. "/desk". */
  readonly path: string;
  readonly app: Hono<WebEnv>;
}

export interface WebDeps extends WebChatDeps {
  /** Throws if nothing can be saved. */
  readonly ping: () => Promise<void>;
  /** States of the messengers' lines, by channel; they do not affect readiness. Default none. */
  readonly lines?: () => Readonly<Record<string, string>>;
  /** URL of the source of exactly this version (AGPL-3.0 § 13). */
  readonly sourceUrl: URL;
  readonly routes?: readonly WebRoutes[];
  /** False: another process serves people's pages. Default true. */
  readonly pages?: boolean;
  /** True from the start until it stops. Default: always. */
  readonly isReady?: () => boolean;
  /** OpenMetrics, for those who have the token; null: there are none. */
  readonly metrics?: { readonly token: string; readonly read: () => Promise<string> } | null;
}

/**
 * Milliseconds that a connection is kept open between two requests: longer than proxies keep it (Caddy two minutes), which would else
 * send a message on a connection that is just being closed, and answer it by an error.
 */
const KEPT_OPEN_MS = 130_000;

/** Milliseconds that a stopping server waits for running answers. */
const GRACE_MS = 3_000;

/** All routes; no I/O before the first request. Throws if an asset is missing. */
export function buildWeb(deps: WebDeps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const chat = buildWebChat(deps);

  app.use(securityHeaders({ https: deps.publicUrl.protocol === 'https:', microphone: deps.takesVoice }));
  app.get('/health', async (c) => {
    try {
      await deps.ping();
      return c.json({ status: 'ready', ...deps.lines?.(), ...wayOf(c.req) });
    } catch (error) {
      deps.onFault(error);
      return c.json({ status: 'not-ready' }, 503);
    }
  });
  app.get('/ready', (c) => {
    const isReady = deps.isReady?.() ?? true;
    return c.json({ status: isReady ? 'ready' : 'stopping' }, isReady ? 200 : 503);
  });
  app.get('/metrics', async (c, next) => {
    const { metrics = null } = deps;
    if (metrics === null || !isSameSecret(c.req.header('authorization') ?? '', `Bearer ${metrics.token}`))
      return next();
    return c.body(await metrics.read(), 200, {
      'Content-Type': 'application/openmetrics-text; version=1.0.0; charset=utf-8',
    });
  });
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n'));
  app.get('/source', (c) => c.redirect(deps.sourceUrl.href, 302));
  for (const { path, app: part } of deps.routes ?? []) app.route(path, part);
  if (deps.pages !== false) app.route('/', chat.app);

  app.notFound((c) => {
    const allowed = otherMethodsAt(app, c.req.method, c.req.path);
    if (allowed !== null) c.header('Allow', allowed);
    return chat.notice(c, allowed === null ? 404 : 405, 'notFound');
  });
  app.onError((error, c) => {
    // A phone that loses its network while it sends is no fault of the program.
    if (!hasHungUp(error)) deps.onFault(error);
    return chat.notice(c, 500, 'fault');
  });
  return app;
}

/** Node ends the request's body with it, before all of it has arrived. */
function hasHungUp(error: Error): boolean {
  return 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted';
}

/** On request, for `griot doctor`: whether a proxy says for whom it asks. */
function wayOf(request: HonoRequest): { readonly proxy?: 'forwarded' | 'direct' } {
  if (request.query('proxy') === undefined) return {};
  return { proxy: request.header('x-forwarded-for') === undefined ? 'direct' : 'forwarded' };
}

export interface RunningWeb {
  readonly port: number;
  /** Accepts no more requests, ends open ones after a short grace. Close the web chat's `changes` first. */
  close(): Promise<void>;
}

/** Rejects if nothing could listen there now: before anything is made that a program without a door does not need. */
export async function tryPort({ port, host }: { readonly port: number; readonly host: string }): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

/** Resolves when it listens. Rejects if it cannot, e.g. the port is taken. `port` 0: one that is free. */
export async function startWeb(
  app: Hono<WebEnv>,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<RunningWeb> {
  const listener = getRequestListener(app.fetch);
  const server = createServer({ keepAliveTimeout: KEPT_OPEN_MS }, (request, response) => {
    void listener(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve, reject) => {
        const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        server.close((error) => {
          clearTimeout(grace);
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeIdleConnections();
      }),
  };
}
