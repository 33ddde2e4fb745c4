// Golden transcripts: plain text that reads like the conversation it is. "> " is what the person writes (a line break inside
// a message is "\n"), "» " what they say, "@" moves the clock or restarts the program, everything else is what the bot answered.

import { aloudText } from '../../src/channels/render.ts';
import { type EventBody, type MailOutcome, READY_QUESTIONS, type ReviewNews } from '../../src/dialog/engine/event.ts';
import type { ChannelFacts, VoiceMeans } from '../../src/dialog/engine/world.ts';
import { isLanguage } from '../../src/languages.ts';
import { Player } from './player.ts';

const MESSENGER: ChannelFacts = {
  seenBy: 'messenger',
  takesFiles: true,
  disappearing: true,
  goOn: 'https://casa.example/back',
};

type Replies = Awaited<ReturnType<Player['says']>>;

/** The whole file as it should stand: its own directions, played again. `watch`: is shown every turn as it was taken. */
export async function playTranscript(
  file: string,
  watch: (player: Player, replies: Replies) => void = () => undefined,
): Promise<string> {
  const [head = '', ...lines] = file.split('\n');
  const language = /\((\w\w)[,)]/u.exec(head)?.[1] ?? '';
  if (!isLanguage(language)) throw new Error(`the first line must name its language, like "# A mother (pt)": ${head}`);
  const heard = head.includes('heard');
  const player = new Player({
    language,
    ...(head.includes('messenger') ? { channel: MESSENGER } : {}),
    operator: {
      trial: head.includes('trial'),
      ...releaseIn(head),
      ...(head.includes('voice') ? { voice: VOICE } : {}),
    },
    ...(head.includes('voice')
      ? { channel: { seenBy: 'messenger', takesFiles: true, takesVoice: true, speaks: heard } }
      : {}),
  });
  const out: string[] = [head];
  for (const line of lines) {
    const said = /^> ?(.*)$/u.exec(line)?.[1];
    const direction = /^@ (.*)$/u.exec(line)?.[1];
    const spoken = /^» (.*)$/u.exec(line)?.[1];
    const replies =
      said !== undefined
        ? await player.says(said.replaceAll('\\n', '\n'))
        : spoken !== undefined
          ? await speak(player, spoken)
          : direction !== undefined
            ? await direct(player, direction)
            : null;
    if (replies === null) continue;
    watch(player, replies);
    out.push('', line, '', ...bubbles(player, replies, heard));
  }
  return `${out
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trimEnd()}\n`;
}

const VOICE: VoiceMeans = { machine: 'here', host: '', staff: false, keepDays: 7 };

/** The messages that recordings came as, in their order. */
const recordings = new WeakMap<Player, readonly string[]>();

/** "(pt, two release it)": what the first line says about who sends. */
function releaseIn(head: string) {
  const release = head.includes('two release it') ? 'two' : head.includes('staff release it') ? 'staff' : 'person';
  return { release, desk: release !== 'person' } as const;
}

/** A recording that is written down at once; "(the two words)": those that were just asked for. */
async function speak(player: Player, words: string) {
  const replies = await player.hears({ kind: 'voice' });
  const note = player.lastId;
  const text = words === '(the two words)' ? `${player.session.voice.heard?.phrase ?? ''}.` : words;
  return [...replies, ...(await player.hears({ kind: 'voice-written', note, text, by: 'machine' }))];
}

/** `heard`: what is read aloud, as it sounds; what is only written stands in brackets. */
function bubbles(player: Player, replies: Replies, heard: boolean): string[] {
  return replies.flatMap((reply) => {
    const rendered = player.render(reply);
    if (heard) {
      const sounds =
        reply.aloud === true ? aloudText(rendered) : `(${rendered.bubbles.map(({ text }) => text).join(' ')})`;
      return [`  ${sounds.replaceAll('\n', '\n  ')}`, ''];
    }
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
  const day = /^it is (\S+T\S+Z)$/u.exec(direction)?.[1];
  if (day !== undefined) {
    player.clock = Date.parse(day);
    return [];
  }
  const act = /^staff (.*)$/u.exec(direction)?.[1];
  if (act !== undefined) return player.hears(staffEvent(player, act));
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
  const file = /^a file comes: (.*)$/u.exec(direction)?.[1];
  if (file !== undefined) return player.hears({ kind: 'file-read', text: file.replaceAll('\\n', '\n') });
  if (direction === 'a voice note comes') return player.hears({ kind: 'unusable', what: 'voice' });
  throw new Error(`this direction is not known: ${direction}`);
}

/** What the store puts into the inbox when staff act, or when the deadline decides. */
function staffEvent(player: Player, act: string): EventBody {
  const [, verb = '', words = ''] = /^([^:]*)(?:: (.*))?$/u.exec(act) ?? [];
  if (verb === 'write') return { kind: 'staff-words', text: words };
  const mail = player.session.mails.at(-1);
  if (mail?.sha256 === undefined) throw new Error(`nothing waits for staff: ${act}`);
  const ready = READY_QUESTIONS.find((id) => id === words);
  const news: Readonly<Record<string, ReviewNews>> = {
    release: { kind: 'released' },
    'take the release back': { kind: 'release-taken-back' },
    'hold and say': { kind: 'held', words },
    'give back': {
      kind: 'given-back',
      question: ready === undefined ? { kind: 'own', text: words } : { kind: 'ready', id: ready },
    },
    'propose to withhold': { kind: 'withholding-proposed', words },
    'miss the deadline, withheld': { kind: 'deadline', decision: 'withheld' },
    'miss the deadline, confidential': { kind: 'deadline', decision: 'confidential' },
    'miss the deadline, not sent': { kind: 'deadline', decision: 'not-sent' },
  };
  const found = news[verb];
  if (found === undefined) throw new Error(`staff do not do this: ${act}`);
  return { kind: 'review', reference: mail.reference, sha256: mail.sha256, news: found };
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
