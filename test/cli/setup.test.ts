import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConfiguredStore } from '../../src/app/open-store.ts';
import { askAll } from '../../src/cli/setup.ts';
import { envFile, isQuotable } from '../../src/cli/env-file.ts';
import { readConfig } from '../../src/config/config.ts';
import { QUESTION_NAMES } from '../../src/cli/setup-names.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';
import { griot } from './command.ts';

let dir: string;
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'griot-setup-'))));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const SECRET = 'smtp://griot:se%24cret@mail.casa-exemplo.org:587';
const FLAGS = {
  operator: "Casa d'Exemplo e Mães",
  phone: '+00 000 0100',
  url: 'https://fala.casa-exemplo.org/',
  code: 'https://code.casa-exemplo.org/griot',
  zone: 'America/Sao_Paulo',
  support: 'Linha de Apoio: +00 000 0199 (2026-11-01)',
  from: 'griot@casa-exemplo.org',
  staff: 'equipe@casa-exemplo.org',
  admin: 'Ana Exemplo',
  email: 'ana@casa-exemplo.org',
  address: 'inputs@experts.unbody.int',
  source: 'the official page',
  verified: 'Ana and Bea',
};

function flags(given: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
}

const mode = (file: string) => (statSync(file).mode & 0o777).toString(8);

describe('without a terminal', () => {
  it('makes settings, key, ledger, an administrator and an address from flags, and a password from the environment', async () => {
    const [data, env] = [join(dir, 'one', 'data'), join(dir, 'one', 'settings')];
    const made = await griot('setup', [...flags(FLAGS), '--language', 'pt', '--env', env, '--data', data], {
      env: { SMTP_URL: SECRET },
    });
    expect(made.stderr).toBe('');
    expect(made.code).toBe(0);
    expect(made.stdout).toContain(`Chave mestra: ${data}-keys/master.key. Copie-a agora`);
    expect(made.stdout).toMatch(
      /^Ana Exemplo abre https:\/\/fala\.casa-exemplo\.org\/desk\/set-up e digita (?:\w{4}-){4}/m,
    );
    expect(made.stdout).toContain('emler-2024: a partir de agora os textos vão para inputs@experts.unbody.int.');
    expect(made.stdout).not.toContain('cret');
    for (const file of [env, join(data, 'griot.db'), `${data}-keys/master.key`, `${data}-ledger/erasures.log`])
      expect(mode(file), file).toBe('600');
    for (const folder of [data, `${data}-keys`, `${data}-ledger`]) expect(mode(folder), folder).toBe('700');
    // As the program, a shell and systemd read it.
    const settings = parseEnv(readFileSync(env, 'utf8'));
    const { config, secrets } = readConfig(settings);
    expect(config.sourceUrl.href).toBe(FLAGS.code);
    expect(config).toMatchObject({ trial: false, trustProxy: true, release: 'person', timeZone: 'America/Sao_Paulo' });
    expect([config.operator.name, secrets.smtpUrl]).toEqual([FLAGS.operator, SECRET]);
    const shell = execFileSync('sh', ['-c', `set -a; . "${env}"; printf '%s\\n%s' "$OPERATOR_NAME" "$SMTP_URL"`]);
    expect(shell.toString()).toBe(`${FLAGS.operator}\n${SECRET}`);
    const { store } = await openConfiguredStore(config, secrets, () => new Date());
    expect(await store.staff.accounts()).toMatchObject([{ role: 'administrator', language: 'pt', state: 'invited' }]);
    expect(await store.callAddresses('emler-2024')).toMatchObject([
      { address: FLAGS.address, verifiedBy: FLAGS.verified },
    ]);
    await store.close();

    const there = async (language: string, file: string) => {
      const again = await griot('setup', [...flags(FLAGS), '--language', language, '--env', file, '--data', data]);
      return [again.code, again.stderr];
    };
    expect(await there('en', env)).toEqual([1, `There are settings already: ${env}. Nothing was changed.\n`]);
    expect(await there('es', env)).toEqual([1, `Ya hay una configuración: ${env}. No se cambió nada.\n`]);
    expect(await there('pt', `${env}.2`)).toEqual([1, `Já existem dados: ${data}. Nada foi alterado.\n`]);
    expect(existsSync(`${env}.2`)).toBe(false);
  });

  it('says everything that is missing or wrong at once, in the language, and makes nothing', async () => {
    const [data, env] = [join(dir, 'two', 'data'), join(dir, 'two', 'settings')];
    const { operator, ...rest } = {
      ...FLAGS,
      url: 'https://example.org/griot/',
      code: 'https://example.org/griot',
      support: 'somebody',
    };
    const keys = join(data, 'keys');
    const told = await griot('setup', [...flags({ ...rest, keys }), '--language', 'es', '--env', env, '--data', data]);
    expect(told.code).toBe(1);
    expect(told.stderr.split('\n').map((line) => line.split(':')[0])).toEqual([
      ...['--operator', '--url', '--code', '--support', '--keys'],
      '',
    ]);
    expect(told.stderr).toContain('--url: Escriba una dirección https sin ruta');
    expect([operator, existsSync(env), existsSync(data)]).toEqual([FLAGS.operator, false, false]);
    const unknown = await griot('setup', ['--language', 'xx', '--env', env, '--data', data]);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('--language: one of en, fr')]);
  });
});

describe.each(WHOLE_LANGUAGES)('asked in %s', (language) => {
  const texts = loadCatalogue('setup')[language];
  const answersOf = (given: Readonly<Record<string, string>>, wrong: string | null) => {
    const asked: string[] = [];
    const said: string[] = [];
    let tried = false;
    const ask = (question: string) => {
      asked.push(question);
      const name = QUESTION_NAMES.find((one) => question.startsWith(texts.questions[one].ask.split('{{')[0] ?? ''));
      if (name === wrong && !tried) {
        tried = true;
        return Promise.resolve('this is not it at all');
      }
      return Promise.resolve(given[name ?? ''] ?? '');
    };
    const asking = {
      texts,
      ask,
      say: (text: string) => void said.push(text),
      call: 'emler-2024',
      dataDir: '/srv/data',
    };
    return askAll({}, asking).then((answers) => ({ answers, asked, said }));
  };

  it('every question says why, and an answer that is wrong is asked for again', async () => {
    const { answers, asked, said } = await answersOf(FLAGS, 'url');
    expect(answers).toMatchObject({ ...FLAGS, release: 'person', keys: '/srv/data-keys', ledger: '/srv/data-ledger' });
    expect(asked).toHaveLength(QUESTION_NAMES.length + 1);
    for (const name of QUESTION_NAMES) expect(said.join('\n')).toContain(texts.questions[name].why);
    expect(said.join('\n')).toContain(texts.questions.url.must);
  });

  it('without an address nobody is asked where it is from', async () => {
    const { asked, answers } = await answersOf({ ...FLAGS, address: '' }, null);
    expect(asked).toHaveLength(QUESTION_NAMES.length - 2);
    expect(answers.source).toBeUndefined();
  });
});

it('a file of settings is read alike by a shell and by Node, whatever a value holds', () => {
  for (const value of ["d'Exemplo", '"A" $HOME `id` \\', 'mães e pais', 'a b  c', '#x=1']) {
    expect(isQuotable(value), value).toBe(true);
    const file = envFile({ NAME: value });
    expect(parseEnv(file)['NAME']).toBe(value);
    expect(execFileSync('sh', ['-c', `${file}printf %s "$NAME"`]).toString()).toBe(value);
  }
  for (const value of ["d'Exemplo $HOME", 'two\nlines', `'"`]) expect(isQuotable(value), value).toBe(false);
});
