// Golden transcripts: plain text that reads like the conversation it is. "> " is what the person writes (a line break inside
// a message is "\n"), "@" moves the clock or restarts the program, everything else is what the bot answered.

import { Player } from './player.ts';
import { isLanguage } from '../../src/dialog/language.ts';
import type { ChannelFacts, VoiceMeans } from '../../src/dialog/world.ts';
import type { MailOutcome } from '../../src/dialog/event.ts';

const MESSENGER: ChannelFacts = {
  seenBy: 'messenger',
  takesFiles: true,
  disappearing: true,
  goOn: 'https://casa.example/back',
};

/** The whole file as it should stand: its own directions, played anew. */
export async function playTranscript(file: string): Promise<string> {
  const [head = '', ...lines] = file.split('\n');
  const language = /\((\w\w)[,)]/u.exec(head)?.[1] ?? '';
  if (!isLanguage(language)) throw new Error(`the first line must name its language, like "# A mother (pt)": ${head}`);
  const player = new Player({
    language,
    ...(head.includes('messenger') ? { channel: MESSENGER } : {}),
    operator: { trial: head.includes('trial'), ...(head.includes('voice') ? { voice: VOICE } : {}) },
    ...(head.includes('voice') ? { channel: { seenBy: 'messenger', takesFiles: true, takesVoice: true } } : {}),
  });
  const out: string[] = [head];
  for (const line of lines) {
    const said = /^> ?(.*)$/u.exec(line)?.[1];
    const direction = /^@ (.*)$/u.exec(line)?.[1];
    if (said !== undefined) out.push('', line, '', ...bubbles(player, await player.says(said.replaceAll('\\n', '\n'))));
    if (direction !== undefined) out.push('', line, '', ...bubbles(player, await direct(player, direction)));
  }
  return `${out
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trimEnd()}\n`;
}

const VOICE: VoiceMeans = { machine: 'here', host: '', staff: false, keepDays: 7 };

/** The messages that recordings came as, in their order. */
const recordings = new WeakMap<Player, readonly string[]>();

function bubbles(player: Player, replies: Awaited<ReturnType<Player['says']>>): string[] {
  return replies.flatMap((reply) => {
    const rendered = player.render(reply);
    const mark = reply.prompt === undefined ? '' : `[${reply.prompt.id}] `;
    const files = rendered.file === null ? [] : [`  (file: ${rendered.file})`, ''];
    return [...rendered.bubbles.flatMap(({ text }) => [`  ${mark}${text.replaceAll('\n', '\n  ')}`, '']), ...files];
  });
}

const MINUTES: Readonly<Record<string, number>> = { minutes: 1, hours: 60, days: 1440 };

async function direct(player: Player, direction: string) {
  const [, amount, unit] = /^(\d+) (minutes|hours|days) later$/u.exec(direction) ?? [];
  if (amount !== undefined && unit !== undefined) {
    player.wait(Number(amount) * (MINUTES[unit] ?? 1));
    return [];
  }
  if (direction === 'the program is started again') {
    player.boot += '+';
    return [];
  }
  if (direction === 'the program dies and is started again') {
    player.boot += '+';
    player.interrupted = player.lastSaid;
    return [];
  }
  if (direction === 'a code brings another conversation here') {
    return player.hears({ kind: 'elsewhere', what: { kind: 'other-here' } });
  }
  if (direction === 'a code brought this conversation here') {
    return player.hears({ kind: 'elsewhere', what: { kind: 'came' } });
  }
  if (direction === 'the page is opened') return player.hears({ kind: 'opened' });
  const outcome = /^the mail is (accepted|written|refused|uncertain|deferred|bounced|held)$/u.exec(direction)?.[1];
  const mail = player.session.mails.at(-1);
  if (outcome !== undefined && mail !== undefined) {
    player.mailLeft = outcome !== 'held';
    return player.hears({
      kind: 'mail',
      reference: mail.reference,
      mail: mail.mail,
      outcome: outcomeOf(outcome, player),
    });
  }
  if (direction === 'a recording comes') {
    const replies = await player.hears({ kind: 'voice' });
    recordings.set(player, [...(recordings.get(player) ?? []), player.lastId]);
    return replies;
  }
  const [, which, written] = /^recording (\d+) is written down: (.*)$/u.exec(direction) ?? [];
  if (which !== undefined && written !== undefined) {
    const note = recordings.get(player)?.[Number(which) - 1] ?? '';
    return player.hears({ kind: 'voice-written', note, text: written, by: 'machine' });
  }
  if (direction === 'a voice note comes') return player.hears({ kind: 'unusable', what: 'voice' });
  throw new Error(`this direction is not known: ${direction}`);
}

function outcomeOf(kind: string, player: Player): MailOutcome {
  const at = new Date(player.clock).toISOString();
  switch (kind) {
    case 'accepted':
      return { kind, server: 'mx.body.example', at };
    case 'refused':
      return { kind, server: 'mx.body.example', reply: '550 no', at };
    case 'written':
      return { kind, folder: 'outbox' };
    case 'uncertain':
    case 'bounced':
    case 'held':
      return { kind, at };
    default:
      return { kind: 'deferred', at };
  }
}
