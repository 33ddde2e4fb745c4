// npm run -s understanding [-- --set held,given --json --mistakes] measures; `-- --train` trains from every set but `held` and `unseen`.
// `--mistakes` prints each message that was not handled as labelled, with the reason.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lexicon } from '../../test/support/player.ts';
import { judgeAnswers, ROWS, sharesOf } from './answers.ts';
import { figuresOf, judge, type Judged, type Share } from './measure.ts';
import { isTelling, loadSet, type SetName, SETS } from './sets.ts';
import { trainModels } from './train.ts';

const { values } = parseArgs({
  options: {
    set: { type: 'string', default: 'dev,given,held' },
    json: { type: 'boolean', default: false },
    mistakes: { type: 'boolean', default: false },
    train: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  process.stdout.write(`npm run -s understanding [-- --set SET,SET] [--json] [--mistakes]
npm run -s understanding -- --train

  --set        the sets to measure with, of: ${SETS.join(', ')} (default: dev,given,held)
  --json       the figures as JSON
  --mistakes   each message that was not handled as labelled, with the reason
  --train      trains the models, from every set but held and unseen; measures nothing
`);
  process.exit();
}

if (values.train) {
  const model = trainModels(
    (['given', 'dev', 'more'] as const).flatMap((set) => loadSet(set)),
    loadSet('answers'),
    loadSet('urgent'),
    lexicon.concepts,
    lexicon.plain,
  );
  const file = fileURLToPath(new URL('../../src/dialog/understanding/talk/model.json', import.meta.url));
  writeFileSync(file, `${JSON.stringify(model, null, 2)}\n`);
  process.stderr.write('Trained. Run it again without --train to measure.\n');
} else {
  const figures: Record<string, Readonly<Record<string, Share>>> = {};
  for (const set of values.set.split(',')) {
    const messages = loadSet(set as SetName);
    const told = await judge(messages.filter(isTelling));
    const answers = await judgeAnswers(messages);
    figures[set] = { ...figuresOf(told), ...sharesOf(answers) };
    if (!values.mistakes) continue;
    for (const one of told.filter(isMistake)) process.stdout.write(lineOf(one));
    for (const { row, message, place, shown } of answers.filter(({ row, yes }) => yes === ROWS[row])) {
      const { lang, text, value = '', expect } = message;
      process.stdout.write(`${row} ${lang} ${place} ${expect.join('|')} ${value} → ${shown}: ${text}\n`);
    }
  }
  if (values.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  else for (const [set, of] of Object.entries(figures)) process.stdout.write(tableOf(set, of));
}

function isMistake({ message, told, labels }: Judged): boolean {
  if (message.expect.includes('testimony') && told) return false;
  return !message.expect.some((label) => labels.includes(label));
}

function lineOf({ message, shown, why }: Judged): string {
  return `${message.lang} ${message.at} ${message.expect.join('|')} → ${shown}: ${message.text}\n   ${why}\n`;
}

function tableOf(set: string, figures: Readonly<Record<string, Share>>): string {
  const rows = Object.entries(figures).map(([name, { right, of }]) => {
    const share = of === 0 ? '–' : `${((100 * right) / of).toFixed(1)} %`;
    return `  ${name.padEnd(14)} ${String(right).padStart(5)} of ${String(of).padStart(5)}  ${share}\n`;
  });
  return `${set}\n${rows.join('')}`;
}
