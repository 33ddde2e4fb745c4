// npm run -s teams:package -- [--out FILE]: the app package for Teams, from the same settings as the server. docs/teams.md.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { z, ZodError } from 'zod';
import { buildAppPackage } from '../channels/teams/app-package/app-package.ts';
import { ConfigError, readConfig } from '../config.ts';

const USAGE = 'npm run -s teams:package -- [--out FILE]';
const DEFAULT_OUT = 'out/griot-teams.zip';

export interface TeamsPackageRun {
  /** For the shell: 0 where the file was written. */
  readonly code: 0 | 1;
  readonly lines: readonly string[];
}

/** Expects the arguments after the script's name. */
export function runTeamsPackage(args: readonly string[], environment: NodeJS.ProcessEnv): TeamsPackageRun {
  try {
    const { values } = parseArgs({ args: [...args], options: { out: { type: 'string' } } });
    const { config } = readConfig(environment);
    const app = config.teams?.app ?? null;
    if (app === null) return fail('Set TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID first: docs/teams.md.');
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));
    const bytes = buildAppPackage({
      appId: app.id,
      operator: config.operator.name,
      publicUrl: config.publicUrl,
      version,
    });
    const out = resolve(values.out ?? DEFAULT_OUT);
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, bytes);
    return { code: 0, lines: [`${out}: ${bytes.length} bytes. Upload it in the Teams admin center: docs/teams.md.`] };
  } catch (error) {
    if (error instanceof ConfigError) return fail(error.message);
    if (error instanceof ZodError) return fail(`The manifest breaks Microsoft's schema:\n${z.prettifyError(error)}`);
    if (error instanceof TypeError && 'code' in error) return fail(USAGE);
    throw error;
  }
}

function fail(line: string): TeamsPackageRun {
  return { code: 1, lines: [line] };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { code, lines } = runTeamsPackage(process.argv.slice(2), process.env);
  for (const line of lines) (code === 0 ? console.log : console.error)(line);
  process.exitCode = code;
}
