import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { securityHeaders } from '../../src/web/server.ts';

it('puts what is only to be saved into a sandbox, and lets no route loosen the policy of a page', async () => {
  const app = new Hono();
  app.use(securityHeaders({ https: true, microphone: false }));
  app.get('/file', (c) =>
    c.body('<script>alert(1)</script>', 200, { 'Content-Disposition': 'attachment; filename="a"' }),
  );
  app.get('/page', (c) => c.body('', 200, { 'Content-Security-Policy': "script-src 'unsafe-inline'" }));
  const policy = async (path: string) => (await app.request(path)).headers.get('content-security-policy');
  expect(await policy('/file')).toBe("default-src 'none'; sandbox; frame-ancestors 'none'");
  expect(await policy('/page')).not.toContain('unsafe-inline');
});
