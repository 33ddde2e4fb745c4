// The pages for whoever watches an installation: can it save, does it take traffic, and its figures.

import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { BEGIN, startApp, STORY, type TestApp } from '../support/running-app.ts';

const TOKEN = 'a token for the figures';

describe('what can be watched', () => {
  let griot: TestApp;
  let url: string;
  beforeEach(async () => {
    griot = await startApp({ env: { METRICS_TOKEN: TOKEN } });
    url = `http://127.0.0.1:${(await griot.app.listen()).port}`;
  });
  afterEach(() => griot.close());
  const figures = (token: string) => fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });

  it('is ready until it stops, and then takes nothing more', async () => {
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await griot.app.close();
    await expect(fetch(`${url}/ready`)).rejects.toThrow();
  });

  it('gives figures in OpenMetrics to whoever has the token, and nobody’s anything', async () => {
    const phone = griot.phone('22997001122');
    await phone.saysAll([...BEGIN, STORY]);
    for (const wrong of ['', 'another token of that length', `${TOKEN} `.trim().slice(1)]) {
      expect((await figures(wrong)).status).toBe(404);
    }
    const answer = await figures(TOKEN);
    expect(answer.headers.get('content-type')).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
    const text = await answer.text();
    expect(text).toMatch(/^griot_turn_seconds_count 5$/m);
    expect(text).toMatch(/^griot_inbox_waiting 0$/m);
    expect(text).toMatch(/^griot_processes 1$/m);
    expect(text).toMatch(/^griot_event_loop_lag_seconds [\d.e-]+$/m);
    expect(text.endsWith('# EOF\n')).toBe(true);
    // Each line is one of the format’s, and each family has a type.
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(/^(?:# EOF|# (?:TYPE|UNIT|HELP) griot_\w+ .+|griot_\w+(?:\{\w+="[\w-]+"\})? [\d.e+-]+)$/);
    }
    const person = await phone.person();
    for (const secret of ['22997001122', 'brother', person ?? '']) expect(text).not.toContain(secret);
  });

  it('shows the age of what waits', async () => {
    const from = griot.phone('22997001122').address;
    const event = { id: 'e', at: griot.now.toISOString(), kind: 'message', text: 'hello' } as const;
    await griot.app.store.receive({ from, messageId: 'e', event });
    const since = async () => /^griot_inbox_oldest_seconds (\S+)$/m.exec(await (await figures(TOKEN)).text())?.[1];
    expect(await since()).toBe('0');
    griot.later(2);
    await wait(0);
    expect(await since()).toBe('120');
  });
});

describe('the roles of a process', () => {
  const url = 'postgres://griot:secret@localhost/griot';
  const problem = (env: Record<string, string>) => {
    try {
      readConfig(env);
      return '';
    } catch (error) {
      return error instanceof ConfigError ? error.message : String(error);
    }
  };

  it('are all by default, and those that are named on PostgreSQL', () => {
    expect([...readConfig({}).config.roles]).toEqual(['web', 'teams', 'whatsapp', 'delivery', 'jobs']);
    const { config } = readConfig({ ROLES: ' jobs, web', DATABASE_URL: url });
    expect([...config.roles]).toEqual(['web', 'jobs']);
  });

  it('are refused if one is unknown, if there is none, and if SQLite would be shared', () => {
    expect(problem({ ROLES: 'web,mails', DATABASE_URL: url })).toContain(
      'there is no role mails; there are web, teams',
    );
    expect(problem({ ROLES: ',', DATABASE_URL: url })).toContain('ROLES: name at least one');
    expect(problem({ ROLES: 'web' })).toContain('ROLES: on SQLite one process does everything');
    expect(problem({ METRICS_TOKEN: 'short' })).toContain('METRICS_TOKEN');
  });

  it('open only what belongs to them', async () => {
    // As on PostgreSQL, where others do the rest.
    const griot = await startApp({ roles: ['delivery', 'jobs'] });
    const { port } = await griot.app.listen();
    for (const path of ['/', '/desk', '/say', '/api/messages']) {
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
    }
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
    await griot.close();
  });
});
