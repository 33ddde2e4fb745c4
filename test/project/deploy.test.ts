// Container, compose and units: what can be proven without their engines.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfig } from '../../src/config/config.ts';
import { exists, read, ROOT } from './files.ts';

let folder: string | null = null;
afterEach(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile').replaceAll('\\\n', ' ').split('\n');
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(/\s+/u).slice(1, -1));

  it('copies what is there, and .dockerignore lets through', () => {
    const through = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    expect(copied.length).toBeGreaterThan(6);
    for (const path of copied) {
      expect(exists(path), path).toBe(true);
      expect(through, path).toContain(path.split('/')[0]);
    }
  });

  it('runs what is there, as an account that is not root, and takes no npm along', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last.find((line) => line.startsWith('USER '))).toBe('USER griot');
    expect(last.filter((line) => /npm|npx|yarn/u.test(line))).toEqual([]);
    for (const [file = ''] of lines.join('\n').matchAll(/\bsrc\/[\w./-]+\.ts/gu)) expect(exists(file), file).toBe(true);
  });
});

const service = z.looseObject({
  read_only: z.boolean().optional(),
  ports: z.array(z.string()).optional(),
  profiles: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  command: z.array(z.string()).default([]),
  network_mode: z.string().optional(),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
});
const compose = z
  .object({
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.null()),
  })
  .parse(parse(read('compose.yaml')));

describe('compose.yaml', () => {
  const { griot, proxy } = compose.services;

  it('with three settings is an operator whose key and ledger are apart', () => {
    const given: Record<string, string> = {
      GRIOT_HOST: 'fala.example.org',
      OPERATOR_NAME: 'Casa',
      OPERATOR_PHONE: '+00',
    };
    const filled = (text: string): string =>
      text.replaceAll(
        /\$\{(\w+)(?::[?-]((?:[^{}]|\$\{\w+\})*))?\}/gu,
        (_, name: string, other = '') => given[name] ?? filled(String(other)),
      );
    const environment = Object.entries(griot?.environment ?? {}).map(([name, value]) => [name, filled(value)]);
    const { config } = readConfig(Object.fromEntries(environment) as Record<string, string>);
    expect([config.trial, config.publicUrl.href]).toEqual([false, 'https://fala.example.org/']);
    expect(config.mailFrom).toBe('griot@fala.example.org');
    for (const file of [config.masterKeyFile, config.ledgerFile]) expect(file.startsWith(config.dataDir)).toBe(false);
  });

  it('opens only the proxy, keeps roots read-only, and mounts what is there', () => {
    const open = Object.entries(compose.services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['proxy']);
    expect([griot?.read_only, proxy?.read_only]).toEqual([true, true]);
    expect(compose.networks['database']?.internal).toBe(true);
    for (const { volumes, networks } of Object.values(compose.services)) {
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('./')) expect(exists(from.slice(2)), from).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(from);
      }
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
    }
  });
});

describe('the profiles of compose.yaml', () => {
  const comments = read('compose.yaml').matchAll(/^# +--profile (\w+) +(\w+)=(\S+)$/gmu);
  const told = [...comments].map(([, profile = '', setting = '', url = '']) => ({ profile, setting, url }));

  it('are those that its first lines name', () => {
    const profiles = Object.values(compose.services).flatMap((one) => one.profiles ?? []);
    expect(told.map(({ profile }) => profile).toSorted()).toEqual(profiles.toSorted());
    expect(profiles.toSorted()).toEqual(['transcription', 'translation']);
  });

  it.each(told)(
    '$profile is on the loopback of Griot only, where $setting looks for it',
    ({ profile, setting, url }) => {
      const host = new URL(url);
      const one = compose.services[profile];
      expect(one).toMatchObject({ profiles: [profile], network_mode: 'service:griot', networks: [] });
      expect(one?.ports).toBeUndefined();
      const said = [...(one?.command ?? []), ...Object.values(one?.environment ?? {})];
      expect(said).toContain(host.hostname);
      expect(said).toContain(host.port);
      const operator = { OPERATOR_NAME: 'Casa', OPERATOR_PHONE: '+00', MAIL_FROM: 'a@casa.org' };
      // Nobody has to allow that words leave the machine, and nobody is asked about a service elsewhere.
      const { voice, translation } = readConfig({ ...operator, [setting]: url }).config;
      expect(voice.transcribe?.elsewhere === false || translation.service?.here === true).toBe(true);
    },
  );
});

describe('the units of systemd', () => {
  const lineOf = (unit: string, name: string) => new RegExp(`^${name}=(.*)$`, 'mu').exec(read(unit))?.[1] ?? '';
  const programOf = (unit: string) => lineOf(unit, 'ExecStart').split(' ').slice(1);

  it('start: ExecStart answers, and SIGTERM ends it cleanly within its time', async () => {
    folder = mkdtempSync(join(tmpdir(), 'griot-unit-'));
    const child = spawn(process.execPath, programOf('deploy/griot.service'), {
      cwd: ROOT,
      env: { DATA_DIR: folder, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      const [, url] = /^Ready: (\S+)$/mu.exec(said) ?? [];
      if (url === undefined) continue;
      expect((await fetch(`${url}health`)).status).toBe(200);
      break;
    }
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(Number(lineOf('deploy/griot.service', 'TimeoutStopSec'))).toBeGreaterThan(30);
  });

  it('name programs that are there, and let each write only where it must', () => {
    for (const unit of ['deploy/griot.service', 'deploy/griot-backup.service']) {
      const file = programOf(unit).find((word) => word.endsWith('.ts')) ?? '';
      expect(exists(file), unit).toBe(true);
      expect(lineOf(unit, 'ProtectSystem')).toBe('strict');
    }
    expect(lineOf('deploy/griot-backup.service', 'ReadWritePaths')).not.toMatch(/keys|ledger/u);
  });
});

it('deploy/prune-modules.sh takes out types and maps, and nothing that runs', () => {
  folder = mkdtempSync(join(tmpdir(), 'griot-prune-'));
  const modules = join(folder, 'node_modules');
  for (const name of ['one', 'typescript']) {
    mkdirSync(join(modules, name), { recursive: true });
    for (const file of ['a.js', 'a.js.map', 'a.d.ts', 'package.json']) writeFileSync(join(modules, name, file), '');
  }
  execFileSync('sh', ['deploy/prune-modules.sh', modules], { cwd: ROOT });
  const left = execFileSync('find', [modules, '-type', 'f']).toString().trim().split('\n').toSorted();
  expect(left).toEqual(['a.js', 'package.json'].map((file) => join(modules, 'one', file)));
});

it('the proxy keeps no access log, and leads to the port of Griot', () => {
  const caddy = readFileSync(join(ROOT, 'deploy/Caddyfile'), 'utf8');
  expect(caddy).toMatch(/output discard/u);
  expect(caddy).toContain('reverse_proxy griot:3978');
});
