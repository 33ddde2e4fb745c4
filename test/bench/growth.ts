// A turn behind hundreds of answers should cost what one behind ten costs, up to the words from which each message is told how many
// still fit: there the whole text is counted.

import { figure, median, type Figure } from './figure.ts';
import { openTempApp, type TempApp } from './temp-app.ts';

const TO_THE_STORY = ['hello', '1', '1', '1', '1'];
const FEW = 10;
/** So that "behind ten" stays behind about ten: each of these people says only a few words more. */
const WORDS_MORE = 5;

/** Two words each. */
const ANSWERS = ['they lied', 'we waited', 'nobody came', 'we asked', 'they laughed'];

export async function growth({ answers, samples }: { answers: number; samples: number }): Promise<readonly Figure[]> {
  const temp = await openTempApp();
  try {
    const people = Array.from({ length: Math.ceil(samples / WORDS_MORE) }, (_, index) => `few-${index}`);
    await Promise.all(people.map((person) => tell(temp, person, FEW)));
    await tell(temp, 'many', answers);
    await temp.app.settle();
    const few: number[] = [];
    const many: number[] = [];
    for (let sample = 0; sample < samples; sample++) {
      const text = ANSWERS[sample % ANSWERS.length] ?? '';
      few.push(await timed(() => temp.say('web-chat', people[sample % people.length] ?? '', text)));
      many.push(await timed(() => temp.say('web-chat', 'many', text)));
    }
    const aim = { at: 'most', value: 1.2 } as const;
    const name = `a turn behind ${answers} answers over one behind ${FEW}`;
    const beside = { fewMs: median(few), manyMs: median(many) };
    return [figure(name, median(many) / median(few), 'ratio', aim, beside)];
  } finally {
    await temp.close();
  }
}

async function tell(temp: TempApp, person: string, answers: number): Promise<void> {
  for (const text of TO_THE_STORY) await temp.say('web-chat', person, text);
  for (let index = 0; index < answers; index++) {
    await temp.say('web-chat', person, ANSWERS[index % ANSWERS.length] ?? '');
  }
}

async function timed(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
