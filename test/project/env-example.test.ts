import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { read } from './files.ts';

const example = parseEnv(read('.env.example'));
const schema = /z\.object\(\{(.*?)^\}\);/msu.exec(read('src/config/config.ts'))?.[1] ?? '';
const voice = /voiceShape = \{(.*?)^\};/msu.exec(read('src/config/voice.ts'))?.[1] ?? '';
const cloud = /cloudShape = \{(.*?)^\};/msu.exec(read('src/config/whatsapp-cloud.ts'))?.[1] ?? '';
const backup = /backupShape = \{(.*?)^\};/msu.exec(read('src/config/backup.ts'))?.[1] ?? '';
const closed = /closedShape = \{(.*?)^\};/msu.exec(read('src/config/closed.ts'))?.[1] ?? '';
const organisation = /organisationShape = \{(.*?)^\};/msu.exec(read('src/config/organisation.ts'))?.[1] ?? '';
const teams = /teamsShape = \{(.*?)^\};/msu.exec(read('src/config/teams.ts'))?.[1] ?? '';
const translation = /translationShape = \{(.*?)^\};/msu.exec(read('src/config/translation.ts'))?.[1] ?? '';
const processes = /processShape = \{(.*?)^\};/msu.exec(read('src/config/processes.ts'))?.[1] ?? '';
const shapes = `${schema}${voice}${cloud}${backup}${closed}${teams}${translation}${organisation}${processes}`;
const variables = [...shapes.matchAll(/^ {2}([A-Z_]+):/gmu)].map(([, name]) => name);

describe('.env.example', () => {
  it('names every variable that is read, and no other', () => {
    expect(variables.length).toBeGreaterThan(20);
    expect(Object.keys(example).toSorted()).toEqual(variables.toSorted());
  });

  it('works as it is, as a trial, and changes nothing', () => {
    const { config, secrets } = readConfig(example);
    expect(config.trial).toBe(true);
    expect(secrets).toEqual({
      databaseUrl: null,
      masterKey: null,
      nextMasterKey: null,
      smtpUrl: null,
      mailInUrl: null,
      teamsPassword: null,
      identityHeader: null,
      whatsappCloud: null,
      oidcClientSecret: null,
      transcribeKey: null,
      translateKey: null,
      metricsToken: null,
    });
    expect({ config, secrets }).toEqual(readConfig({}));
  });

  it('says of each variable what it is', () => {
    const lines = read('.env.example').split('\n');
    for (const name of Object.keys(example)) {
      const at = lines.findIndex((line) => line.startsWith(`${name}=`));
      expect(lines[at - 1], name).toMatch(/^# \S/u);
    }
  });
});

describe('the environment of docs/server.md', () => {
  const given = /```sh\n(OPERATOR_NAME=.*?)```/su.exec(read('docs/server.md'))?.[1] ?? '';

  it('is one of an operator, ready to send', () => {
    const { config, secrets } = readConfig(parseEnv(given));
    expect(config.trial).toBe(false);
    expect(config.operator.support).toHaveLength(1);
    expect(config.staff).not.toBeNull();
    expect(secrets.smtpUrl).not.toBeNull();
  });

  it('keeps key and ledger apart from the data', () => {
    const { config } = readConfig(parseEnv(given));
    for (const file of [config.masterKeyFile, config.ledgerFile])
      expect(file.startsWith(`${config.dataDir}/`)).toBe(false);
  });
});
