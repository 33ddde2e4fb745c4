// How many turns a second the engine takes by itself, and how many with the words that are read.

import { render } from '../../src/channels/render.ts';
import { texts } from '../support/player.ts';
import { recordConversation, replay, type Recorded } from './conversation.ts';
import { figure, median, type Figure } from './figure.ts';

const CAPABILITIES = { buttons: true, bubble: 600, files: true };

interface Rate {
  readonly perSecond: number;
  /** By the time that this process had the processor: what others run on the machine is taken out. */
  readonly perCpuSecond: number;
}

export async function pureTurns({ slices, sliceMs }: { slices: number; sliceMs: number }): Promise<readonly Figure[]> {
  const recorded = await recordConversation();
  const bare = () => replay(recorded);
  const rendered = () => replayRendered(recorded);
  rateOf(bare, recorded, sliceMs);
  rateOf(rendered, recorded, sliceMs);
  const rates = Array.from({ length: slices }, () => ({
    bare: rateOf(bare, recorded, sliceMs),
    rendered: rateOf(rendered, recorded, sliceMs),
  }));
  const middle = (kind: 'bare' | 'rendered', of: keyof Rate) => median(rates.map((rate) => rate[kind][of]));
  return [
    figure(
      'pure turns',
      middle('bare', 'perCpuSecond'),
      'turns per processor second',
      { at: 'least', value: 40_000 },
      {
        perSecond: middle('bare', 'perSecond'),
        messagesInConversation: recorded.messages,
      },
    ),
    figure('rendered turns', middle('rendered', 'perCpuSecond'), 'turns per processor second', null, {
      perSecond: middle('rendered', 'perSecond'),
    }),
  ];
}

function replayRendered(recorded: Recorded): void {
  replay(recorded, ({ session, replies }) => {
    const { language, call } = session;
    for (const reply of replies) {
      render(reply, language, (ref) => texts.translate(language, ref, call.hash), CAPABILITIES);
    }
  });
}

/** A turn is one message in; wishes for a document are part of the turn that has them. */
function rateOf(run: () => void, { messages }: Recorded, ms: number): Rate {
  const start = performance.now();
  const cpu = process.cpuUsage();
  let turns = 0;
  while (performance.now() < start + ms) {
    run();
    turns += messages;
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: (turns * 1000) / (performance.now() - start),
    perCpuSecond: (turns * 1_000_000) / (user + system),
  };
}
