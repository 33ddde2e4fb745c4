import type { MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { secureHeaders } from 'hono/secure-headers';

/** Nothing from elsewhere, nothing inline, in nobody's frame (https://www.w3.org/TR/CSP3/). */
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

/** For what is only to be saved: opened all the same, it can do nothing. */
const SAVED = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** What no page of ours asks for. */
const NEVER = { camera: [], geolocation: [] };
/** Hono has no type for the last one; older browsers still know it. */
const NO_ADVERTISING = { browsingTopics: [], interestCohort: [] };

/** A year, in seconds. Subdomains are the operator's own business. */
const HSTS = 'max-age=31536000';

/**
 * Puts the headers on every answer, errors too. What does not say how it may be kept is kept nowhere. `microphone`: our own page
 * may ask for it; nobody is recorded without the browser's own question.
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
      // Said by the policies above, or to browsers that nobody has any more.
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
  if (headers.get('Content-Disposition')?.startsWith('attachment') === true) {
    headers.set('Content-Security-Policy', SAVED);
  }
  const keep = headers.get('Cache-Control');
  if (keep === null || keep === 'no-cache') headers.set('Cache-Control', 'no-store');
};
