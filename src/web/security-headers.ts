import type { MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { secureHeaders } from 'hono/secure-headers';

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
  if (headers.get('Content-Disposition')?.startsWith('attachment') === true) {
    headers.set('Content-Security-Policy', SAVED);
  }
  const keep = headers.get('Cache-Control');
  if (keep === null || keep === 'no-cache') headers.set('Cache-Control', 'no-store');
};
