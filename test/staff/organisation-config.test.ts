import { expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config/config.ts';

const whole = { OIDC_CLIENT_ID: 'griot', OIDC_CLIENT_SECRET: 'secret' };
const operator = { OPERATOR_NAME: 'Casa Exemplo', OPERATOR_PHONE: '+00 000 0100', MAIL_FROM: 'a@example.org' };

it('takes a sign-in service over https, or on this machine', () => {
  const { config, secrets } = readConfig({ ...operator, ...whole, OIDC_ISSUER: 'https://id.example.org/realm' });
  expect(config.organisation).toEqual({ issuer: new URL('https://id.example.org/realm'), clientId: 'griot' });
  expect(secrets.oidcClientSecret).toBe('secret');
  expect(JSON.stringify(config)).not.toContain('secret');
  expect(readConfig({ ...whole, OIDC_ISSUER: 'http://127.0.0.1:9000' }).config.organisation).not.toBeNull();
  expect(readConfig({}).config.organisation).toBeNull();
});

it.each([
  ['needed together', { OIDC_ISSUER: 'https://id.example.org' }],
  ['needed together', whole],
  ['must be https', { ...operator, ...whole, OIDC_ISSUER: 'http://id.example.org' }],
  ['in a trial nothing leaves', { ...whole, OIDC_ISSUER: 'https://id.example.org' }],
])('refuses what is half or unsafe: %s', (said, env) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(said);
});
