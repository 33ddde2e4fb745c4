// The methods that a path answers: for a request with another one, which is told so (RFC 9110, 15.5.6).

import type { Env, Hono } from 'hono';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * For the header Allow. Null if nothing is at the path, or a route for this method left it to others, as one for those who have
 * a token does: then it is a page that is not there.
 */
export function otherMethodsAt<E extends Env>(app: Hono<E>, method: string, path: string): string | null {
  const known = METHODS.filter((one) => {
    const [found] = app.router.match(one, path);
    return found.some(([[, route]]) => route.method === one);
  });
  const asked = method === 'HEAD' ? 'GET' : method;
  if (known.length === 0 || known.some((one) => one === asked)) return null;
  return known.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])).join(', ');
}
