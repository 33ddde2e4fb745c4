import type { MiddlewareHandler } from 'hono';

/** Nothing from elsewhere, nothing inline, in nobody's frame (https://www.w3.org/TR/CSP3/). */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** What is only to be saved: opened all the same, it can do nothing. */
const SAVED = "default-src 'none'; sandbox; frame-ancestors 'none'";

const ALWAYS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off',
};

/** A year, in seconds. Subdomains are the operator's own business. */
const HSTS = 'max-age=31536000';

/** `microphone`: our own page may ask for it; nobody is recorded without the browser's own question. */
function permissions(microphone: boolean): string {
  const heard = microphone ? 'microphone=(self)' : 'microphone=()';
  return `camera=(), geolocation=(), ${heard}, browsing-topics=(), interest-cohort=()`;
}

/** Puts the headers on every answer, errors too. What does not say how it may be kept is kept nowhere. */
export function securityHeaders({
  https,
  microphone,
}: {
  readonly https: boolean;
  readonly microphone: boolean;
}): MiddlewareHandler {
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(ALWAYS)) c.res.headers.set(name, value);
    if (c.res.headers.get('Content-Disposition')?.startsWith('attachment') === true) {
      c.res.headers.set('Content-Security-Policy', SAVED);
    }
    c.res.headers.set('Permissions-Policy', permissions(microphone));
    if (https) c.res.headers.set('Strict-Transport-Security', HSTS);
    const keep = c.res.headers.get('Cache-Control');
    if (keep === null || keep === 'no-cache') c.res.headers.set('Cache-Control', 'no-store');
  };
}
