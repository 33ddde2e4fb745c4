// npm run -s bench -- [--quick] [--only PIECE,PIECE] [--people N]: figures as JSON on standard output, as lines on standard error.

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Figure } from './figure.ts';
import { LONG, QUICK, WHOLE, type Piece } from './measure.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    people: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const chosen = values.people === undefined ? {} : { people: Number(values.people) };
const pieces = values.quick ? QUICK : WHOLE;
const known = Object.keys(pieces) as Piece[];
if (values.help) {
  process.stdout.write(`npm run -s bench -- [--quick] [--only PIECE,PIECE] [--people N]

  --quick      as little as shows that it runs
  --only       these pieces alone, of: ${known.join(', ')}
               (${LONG.join(', ')}: only if they are named)
  --people     how many are in the storm

Figures as JSON on standard output, as lines on standard error. docs/performance.md says what they mean.
`);
  process.exit();
}
const wanted = values.only?.split(',') ?? known.filter((piece) => values.quick || !LONG.includes(piece));
const strange = wanted.filter((name) => !known.some((one) => one === name));
if (strange.length > 0) throw new Error(`there is no ${strange.join(', ')}; there are: ${known.join(', ')}`);

const say = (line: string) => process.stderr.write(`${line}\n`);
const begun = performance.now();
const figures: Figure[] = [];
for (const piece of known.filter((one) => wanted.includes(one))) {
  say(`${piece} …`);
  for (const found of await pieces[piece](chosen)) {
    figures.push(found);
    const aim = found.aim === null ? '' : `  (aim ${found.aim}: ${found.met === true ? 'met' : 'NOT met'})`;
    say(`  ${found.name}: ${found.value} ${found.unit}${aim}  ${JSON.stringify(found.beside)}`);
  }
}
const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' };
const seconds = Math.round((performance.now() - begun) / 1000);
process.stdout.write(`${JSON.stringify({ quick: values.quick, machine, seconds, figures }, null, 2)}\n`);
