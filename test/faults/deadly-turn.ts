// Loaded before the program (`node --import`): a turn over a story that says so ends the process, as running out of memory does.

import { PROMPT } from '../../src/dialog/prompts/prompts.ts';

for (const prompt of Object.values(PROMPT)) {
  const answer = prompt.answer.bind(prompt);
  prompt.answer = (...turn: Parameters<typeof answer>) => {
    if (turn[1].text.startsWith('DEADLY')) process.kill(process.pid, 'SIGKILL');
    return answer(...turn);
  };
}
