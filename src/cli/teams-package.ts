// The app package for Teams, from the same settings as the server. docs/teams.md.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z, ZodError } from 'zod';
import { buildAppPackage } from '../channels/teams/app-package/app-package.ts';
import { readConfig } from '../config/config.ts';
import { loadCatalogue } from '../texts/catalogues.ts';
import { OperatorError, type Given, type Io } from './command.ts';
import { counted } from '../counted.ts';

const DEFAULT_OUT = 'out/griot-teams.zip';

/** Throws OperatorError and ConfigError. */
export function teamsPackage({ values }: Given<{ readonly out?: string | undefined }>, io: Io): Promise<number> {
  const bytes = build(io.environment);
  const out = resolve(values.out ?? DEFAULT_OUT);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, bytes);
  io.say(`${out}: ${counted(bytes.length, 'byte')}. Upload it in the Teams admin center: docs/teams.md.`);
  return Promise.resolve(0);
}

function build(environment: NodeJS.ProcessEnv): Uint8Array {
  const { config } = readConfig(environment);
  const app = config.teams?.app ?? null;
  if (app === null) {
    throw new OperatorError('Set TEAMS_APP_ID, TEAMS_TENANT_ID and a means of sign-in first: docs/teams.md.');
  }
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));
  const { operator, publicUrl } = config;
  if (publicUrl.protocol !== 'https:') {
    throw new OperatorError(
      'Set PUBLIC_URL first, to the https address at which people reach this server: the app names it, and links to its page of information.',
    );
  }
  const all = loadCatalogue('teams');
  const texts = { en: all.en.package, fr: all.fr.package, es: all.es.package, pt: all.pt.package };
  try {
    return buildAppPackage({ appId: app.id, operator: operator.name, publicUrl, version, texts });
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw new OperatorError(`The manifest breaks Microsoft's schema:\n${z.prettifyError(error)}`);
  }
}
