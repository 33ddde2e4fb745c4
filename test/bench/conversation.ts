// The conversation that is measured: a family's whole way, with commands, choices, a question and a wrong turn in it.

import { buildDocument } from '../../src/conversation/build-document.ts';
import type { Event } from '../../src/dialog/engine/event.ts';
import { partsAfter } from '../../src/dialog/engine/parts.ts';
import { newSession, type Session } from '../../src/dialog/engine/session.ts';
import { takeTurn, type Outcome } from '../../src/dialog/take-turn.ts';
import type { Facts, World } from '../../src/dialog/engine/world.ts';
import { documents, NOON, Player } from '../support/player.ts';

/** Up to the last question before documents are built. */
export const TELLING: readonly string[] = [
  'hello',
  '1',
  '1',
  '1',
  '1',
  'They killed my brother Samuel in March. Nobody told us for two days.',
  'We went to the station on the second morning, and they sent us to the hospital, and the hospital sent us back.',
  'help',
  'We asked for the file, and they never answered. My mother has not slept since.',
  'how many words do I have',
  'Our neighbours saw it. Two of them moved away after officers came to their doors at night.',
  'next',
  'skip',
  '1',
  'The prosecutor closed the case after one month.',
  'back',
  '1',
  'Nobody was suspended, and nobody was asked anything in front of us.',
  'next',
  '3',
  'We were told to be patient, and to come without a lawyer.',
  'next',
  'next',
  'An investigation by people who do not work with the police.',
  'skip all',
];

/** From there to SEND. */
const SENDING: readonly string[] = ['next', 'skip all', 'next', '1', '1', '3', 'SEND', '2', 'has it arrived?'];

type Taken = Extract<Outcome, { kind: 'taken' }>;

interface Step {
  readonly event: Event;
  /** With the answers, where the engine asked for them. */
  readonly facts: Facts;
}

/** One conversation, recorded with what it was answered by documents, so that it can be taken again and again. */
export interface Recorded {
  readonly world: World;
  readonly start: Session;
  readonly steps: readonly Step[];
  /** Messages of the person; the rest of the steps are answers to a wish for a document. */
  readonly messages: number;
}

/** Throws if the conversation does not end after SEND any more: then this file is out of date. */
export async function recordConversation(): Promise<Recorded> {
  const { world, shelved } = new Player();
  const at = new Date(NOON).toISOString();
  const start = newSession({
    language: 'en',
    call: { id: shelved.call.id, hash: shelved.hash },
    boot: 'b',
    lastAt: at,
  });
  const bare: Facts = { boot: 'b', channel: { seenBy: 'network', takesFiles: false }, mailLeft: false };
  const steps: Step[] = [];
  let session = start;
  let parts = partsAfter([], []);
  const texts = [...TELLING, ...SENDING];
  for (const [index, text] of texts.entries()) {
    let event: Event | null = { kind: 'message', id: `m${index}`, at, text };
    while (event !== null) {
      const facts: Facts = takeTurn(world, bare, session, event).kind === 'taken' ? bare : { ...bare, parts };
      const outcome = takeStep(world, { event, facts }, bare, session);
      steps.push({ event, facts });
      session = outcome.session;
      parts = partsAfter(parts, outcome.effects);
      const build = outcome.effects.find((effect) => effect.kind === 'build');
      event = null;
      if (build?.kind !== 'build') continue;
      const request = { session, parts, shelved, consents: [], final: build.final, file: build.file };
      const { document } = await buildDocument(documents, request);
      event = { kind: 'built', id: `m${index}/built-${steps.length}`, at, document };
    }
  }
  if (session.mails.length !== 1)
    throw new Error(`the measured conversation ends at ${session.at.prompt}, without a mail`);
  return { world, start, steps, messages: texts.length };
}

/** Takes the whole conversation once more, from its first word. */
export function replay({ world, start, steps }: Recorded, onTurn?: (outcome: Taken) => void): void {
  let session = start;
  for (const step of steps) {
    const { parts: _, ...bare } = step.facts;
    const outcome = takeStep(world, step, bare, session);
    session = outcome.session;
    onTurn?.(outcome);
  }
}

/** As in life: once without the answers, and once more with them where they are asked for. */
function takeStep(world: World, { event, facts }: Step, bare: Facts, session: Session): Taken {
  const first = takeTurn(world, bare, session, event);
  const outcome = first.kind === 'taken' ? first : takeTurn(world, facts, session, event);
  if (outcome.kind !== 'taken') throw new Error('answers were asked for twice');
  return outcome;
}
