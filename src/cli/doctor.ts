// Examines an installation, for people and for monitoring.

import { examine } from '../app/doctor/examine.ts';
import { type Finding, type Standing, worstOf } from '../app/doctor/finding.ts';
import type { Given, Io } from './command.ts';

const SHOWN: Readonly<Record<Standing, string>> = { fine: 'fine', note: 'note', 'to-do': 'TO DO', stops: 'STOPS' };
const WIDTH = 14;

const ENDS: Readonly<Record<Standing, readonly [number, string]>> = {
  fine: [0, 'Everything is right.'],
  note: [0, 'Nothing must be done now.'],
  'to-do': [1, 'It runs, and there is something to do.'],
  stops: [2, 'It cannot run like this.'],
};

/** Ends with 0, with 1 if there is something to do, with 2 if it cannot run. */
export async function doctor({ values }: Given<{ readonly json?: boolean | undefined }>, io: Io): Promise<number> {
  const findings = await examine(io.environment);
  const standing = worstOf(findings);
  const [code, end] = ENDS[standing];
  if (values.json === true) io.say(JSON.stringify({ standing, findings }, null, 2));
  else io.say([...findings.flatMap(linesOf), '', end].join('\n'));
  return code;
}

function linesOf({ check, standing, says, mend }: Finding): readonly string[] {
  const line = `${SHOWN[standing].padEnd(6)} ${check.padEnd(WIDTH)} ${says}`;
  return mend === undefined ? [line] : [line, `${' '.repeat(7 + WIDTH)} mend: ${mend}`];
}
