import { describe, expect, it } from 'vitest';
import { parseSmtpUrl } from '../../src/mail/outbox/smtp-url.ts';

describe('the address of the mail server', () => {
  it.each([
    ['smtp://mail.org.org', { host: 'mail.org.org', port: 587, security: 'starttls', login: null }],
    ['smtp://mail.org.org:25', { host: 'mail.org.org', port: 25, security: 'starttls', login: null }],
    ['smtps://mail.org.org', { host: 'mail.org.org', port: 465, security: 'tls', login: null }],
    ['smtp://127.0.0.1:2525', { host: '127.0.0.1', port: 2525, security: 'loopback', login: null }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525, security: 'loopback', login: null }],
    ['smtps://localhost', { host: 'localhost', port: 465, security: 'tls', login: null }],
    ['smtp://localhost.evil.org', { host: 'localhost.evil.org', port: 587, security: 'starttls', login: null }],
    [
      'smtp://office%40org.org:p%3A%2F%40ss@mail.org.org',
      { host: 'mail.org.org', port: 587, security: 'starttls', login: { user: 'office@org.org', password: 'p:/@ss' } },
    ],
  ])('%s', (url, config) => {
    expect(parseSmtpUrl(url)).toEqual({ ok: true, config });
  });

  it.each([
    '',
    'mail.org.org',
    'http://mail.org.org',
    'smtp://',
    'smtp://mail.org.org:0',
    'smtp://mail.org.org:99999',
    'smtp://user@mail.org.org',
    'smtp://:s3cret@mail.org.org',
    'smtp://user:s3cret%@mail.org.org',
    'smtp://user:s3cret@mail.org.org?ignoreTLS=true',
    'smtp://user:s3cret@mail.org.org/inbox',
    'smtp://user:s3cret@mail.org.org#x',
  ])('%j is refused in plain words, and its password is not repeated', (url) => {
    const parsed = parseSmtpUrl(url);
    expect(parsed.ok).toBe(false);
    expect(parsed.ok ? '' : parsed.problem).toMatch(/^The address of the mail server cannot be used: /);
    expect(JSON.stringify(parsed)).not.toContain('s3cret');
  });
});
