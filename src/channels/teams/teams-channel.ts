import type { Language } from '../../languages.ts';
import type { TeamsTexts } from '../../texts/catalogues.ts';
import type { Address, Bubble, Channel, Rendered, Tried } from '../channel.ts';
import type { Standing } from '../account-status.ts';
import { NoTokenError, SendRefusedError, type TeamsAdapter } from './adapter.ts';
import { parseReach, type Reference } from './address.ts';
import { consentCard, markOf } from './file-consent.ts';
import { TEAMS, type TeamsPeople } from './ports.ts';

// A reply → messages for Teams. Pure. Everything is sent as plain text: people's words are never markup.

/** Drawn under a message: buttons that disappear after a tap, or a card that stays. */
interface TeamsMessage {
  readonly type: 'message';
  readonly textFormat: 'plain';
  readonly text: string;
  readonly locale: string;
  readonly suggestedActions?: { readonly to: string[]; readonly actions: SuggestedAction[] };
  readonly attachments?: { readonly contentType: string; readonly content: unknown }[];
}

interface SuggestedAction {
  readonly type: 'imBack';
  readonly title: string;
  readonly value: string;
}

/**
 * Teams shows the first three suggested actions of a message
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/suggested-actions); all others can be
 * typed.
 */
const MOST_SUGGESTED = 3;

/**
 * Questions whose choices depend on the person's words: a late tap must be recognisable, so these are sent as cards,
 * whose buttons carry the prompt and its version.
 */
const ON_CARDS = /^(?:topics|read-back|read-back-check|others|review|over-limit|link|standing|names-found)/;

/** One message per bubble; the last one has the buttons, and also contains their text. */
export function buildActivities(reply: Rendered, user: string): readonly TeamsMessage[] {
  const { bubbles, language } = reply;
  return bubbles.map((bubble, index) => ({
    type: 'message',
    textFormat: 'plain',
    text: unmarked(bubble),
    locale: language,
    ...(index === bubbles.length - 1 ? tappable(reply, user) : {}),
  }));
}

/**
 * Removes the asterisks of the bot's own marks and keeps a person's. "*1* Continue" → "1. Continue": phones would
 * renumber and indent the original as a list. "*next*" → “next”: words to type are quoted.
 */
function unmarked({ text, bold }: Bubble): string {
  return bold.toReversed().reduce((said, [from, to]) => {
    const word = said.slice(from, to).replace(/^\*+|(?<!\*)\*+$/gu, '');
    const isNumber = /^\d{1,3}$/u.test(word) && (from === 0 || said[from - 1] === '\n');
    return said.slice(0, from) + (isNumber ? `${word}.` : `“${word}”`) + said.slice(to);
  }, text);
}

function tappable(reply: Rendered, user: string): Pick<TeamsMessage, 'suggestedActions' | 'attachments'> {
  const { choices, commands, prompt } = reply;
  if (choices.length === 0 && commands.length === 0) return {};
  if (prompt !== null && choices.length > 0 && (choices.length > MOST_SUGGESTED || ON_CARDS.test(prompt.id))) {
    return { attachments: [card(reply)] };
  }
  // Tapping sends the label; every label is one of its choice's words.
  const words = [...choices.map(({ label }) => label), ...commands.map(({ word }) => word)];
  const actions = words.slice(0, MOST_SUGGESTED).map((word) => ({ type: 'imBack', title: word, value: word }) as const);
  return { suggestedActions: { to: [user], actions } };
}

/** Buttons only, one per row: the message itself contains their text, for people who cannot see the card. */
function card({ choices, commands, prompt }: Rendered) {
  const submits = [
    ...choices.map(({ number, value, label }) => ({
      title: `${number}. ${label}`,
      data: { griot: { prompt: prompt?.id ?? '', version: prompt?.version ?? 0, value, label } },
    })),
    ...commands.map(({ word }) => ({ title: word, data: { griot: { command: word } } })),
  ];
  return {
    contentType: 'application/vnd.microsoft.card.adaptive',
    content: {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: submits.map((submit) => ({ type: 'ActionSet', actions: [{ type: 'Action.Submit', ...submit }] })),
    },
  };
}

// Limits per conversation: 7 messages in a second, 60 in 30 seconds, 1,800 in an hour
// (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit).

const WINDOWS = [
  { most: 7, ms: 1_000 },
  { most: 60, ms: 30_000 },
  { most: 1_800, ms: 3_600_000 },
] as const;
const HOUR = 3_600_000;
/** Most conversations remembered; the longest unused is forgotten first. */
const MOST_CONVERSATIONS = 10_000;

/** In memory only: after a restart Teams itself reports an excess. */
export class Pace {
  readonly #sent = new Map<string, number[]>();

  /** Milliseconds until another message may be sent there; 0 if it may be now. */
  wait(conversation: string, now: number): number {
    const sent = this.#sent.get(conversation) ?? [];
    const waits = WINDOWS.map(({ most, ms }) => {
      const oldest = sent.at(-most);
      return oldest === undefined ? 0 : Math.max(0, oldest + ms - now);
    });
    return Math.max(...waits);
  }

  note(conversation: string, now: number): void {
    const sent = (this.#sent.get(conversation) ?? []).filter((at) => at > now - HOUR);
    sent.push(now);
    this.#sent.delete(conversation);
    this.#sent.set(conversation, sent);
    if (this.#sent.size > MOST_CONVERSATIONS) {
      const oldest = this.#sent.keys().next();
      if (oldest.done !== true) this.#sent.delete(oldest.value);
    }
  }
}

/**
 * Most milliseconds that a message waits for its conversation's turn; else it is tried again later. Others do not wait
 * for it.
 */
const PATIENCE = 10_000;
/** Partly sent replies that are remembered, so that a second try continues after the last sent bubble. */
const MOST_HALF_SENT = 1_000;
/** Temporary failures: a conversation that is being changed, too many requests, and Microsoft's own faults. */
const LATER = [408, 412, 429, 500, 502, 503, 504];

/**
 * Refusals that concern one person only
 * (https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability).
 */
const OF_ONE_PERSON = [
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'ForbiddenOperationException',
  'MessageWritesBlocked',
];
/** Milliseconds after which an unreachable network is reported to staff. */
const UNREACHABLE_MS = 5 * 60_000;

/** Why nobody on Teams can be written to; each is a state of a notice to staff. */
export type TeamsTrouble = 'teams-sign-in' | 'teams-forbidden' | 'teams-unreachable';

export interface TeamsChannelDeps {
  readonly adapter: TeamsAdapter;
  readonly people: TeamsPeople;
  readonly texts: Readonly<Record<Language, TeamsTexts>>;
  readonly standing: Pick<Standing<TeamsTrouble>, 'refused' | 'wentThrough'>;
  readonly now: () => Date;
}

/** Every reply is a proactive message: the request of Teams was answered long before. */
export function teamsChannel({ adapter, people, texts, standing, now }: TeamsChannelDeps): Channel {
  const pace = new Pace();
  const halfSent = new Map<string, number>();
  let failingSince: number | null = null;

  /** A failure of the whole account keeps the reply; one that concerns a single person skips it. */
  function failed(error: unknown): Tried {
    if (error instanceof NoTokenError) return keep('teams-sign-in', 'sign-in');
    const { status, code } = error instanceof SendRefusedError ? error : { status: null, code: null };
    if (status === 401) return keep('teams-sign-in', 'status 401');
    if (status === 403 && !OF_ONE_PERSON.includes(code ?? '')) return keep('teams-forbidden', 'status 403');
    const retryable = status === null || LATER.includes(status);
    if (retryable && status !== 412 && status !== 429) {
      failingSince ??= now().getTime();
      if (now().getTime() - failingSince >= UNREACHABLE_MS) standing.refused('teams-unreachable');
    }
    return { kind: 'failed', error: `status ${status ?? 'none'}`, retryable };
  }

  function keep(trouble: TeamsTrouble, error: string): Tried {
    standing.refused(trouble);
    return { kind: 'failed', error, retryable: true };
  }

  async function write(to: Reference, activity: object): Promise<Tried> {
    const key = `${to.conversation.tenantId}/${to.conversation.id}`;
    const wait = pace.wait(key, Date.now());
    if (wait > PATIENCE) return { kind: 'failed', error: 'pace', retryable: true };
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    pace.note(key, Date.now());
    try {
      await adapter.send(to, activity);
      failingSince = null;
      standing.wentThrough();
      return { kind: 'sent' };
    } catch (error) {
      return failed(error);
    }
  }

  /** Cards for the files of a reply; none if the document was erased meanwhile. */
  async function offers(to: Address, { file, language, contribution }: Rendered) {
    if (file === null) return [];
    const known = await people.personAt(to);
    const kept = known === null ? null : await people.document(known.person, file, contribution);
    return (kept?.files ?? []).map(({ format, bytes }) => ({
      type: 'message',
      attachments: [consentCard({ kind: file, format, mark: markOf(bytes) }, bytes.length, texts[language].offer)],
    }));
  }

  return {
    name: TEAMS,
    // The text contains the numbers even if there are buttons: those disappear after a tap, and not everybody sees
    // them.
    capabilities: { buttons: false, bubble: 600, files: true },
    parallel: true,
    async send(to, reply, id) {
      const reference = parseReach(to);
      if (reference === null) return { kind: 'failed', error: 'no reference', retryable: false };
      const activities = [...buildActivities(reply, reference.user.id), ...(await offers(to, reply))];
      for (let next = halfSent.get(id) ?? 0; next < activities.length; next++) {
        const outcome = await write(reference, activities[next] ?? {});
        if (outcome.kind === 'sent') continue;
        halfSent.set(id, next);
        if (!outcome.retryable) halfSent.delete(id);
        const [oldest] = halfSent.keys();
        if (halfSent.size > MOST_HALF_SENT && oldest !== undefined) halfSent.delete(oldest);
        return outcome;
      }
      halfSent.delete(id);
      return { kind: 'sent' };
    },
  };
}
