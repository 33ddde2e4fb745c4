import type { Language } from '../../languages.ts';
import type { TeamsTexts } from '../../texts/catalogues.ts';
import type { Address, Bubble, Channel, Rendered, SendOutcome } from '../channel.ts';
import type { Standing } from '../account-status.ts';
import { NoTokenError, SendRefusedError, type TeamsAdapter } from './adapter.ts';
import { parseReach, type Reference } from './address.ts';
import { consentCard, markOf } from './file-consent.ts';
import { TEAMS, type TeamsPeople } from './ports.ts';

// A reply → what Teams is sent. Pure. Everything goes out as plain text: no character of a person's words is markup.

/** Drawn under a message: buttons that are gone after a tap, or a card that stays. */
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
 * Teams shows the first three of a message's suggested actions, whatever it is sent
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/suggested-actions); all else can be typed.
 */
const MOST_SUGGESTED = 3;

/**
 * Questions whose choices change with what the person wrote: a tap long afterwards must be known for what it answered, so
 * these come as cards, whose buttons carry the prompt and its version.
 */
const ON_CARDS = /^(?:topics|read-back|read-back-check|others|review|over-limit|link|standing|names-found)/;

/** One message for each bubble; what can be tapped stands under the last one, and in the text of it. */
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
 * The bot's own marks without asterisks, a person's as they are. "*1* Continue" → "1. Continue": the lists of phones renumber
 * and indent what they take for theirs. "*next*" → “next”: words to write stand in quotation marks.
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
  // The label is what the person then says; every label is one of its choice's words.
  const words = [...choices.map(({ label }) => label), ...commands.map(({ word }) => word)];
  const actions = words.slice(0, MOST_SUGGESTED).map((word) => ({ type: 'imBack', title: word, value: word }) as const);
  return { suggestedActions: { to: [user], actions } };
}

/** Buttons only, one in a row each: what they say stands in the message itself, for people who cannot see the card. */
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

// How fast one conversation may be written to: 7 messages in a second, 60 in 30 seconds, 1,800 in an hour
// (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit).

const WINDOWS = [
  { most: 7, ms: 1_000 },
  { most: 60, ms: 30_000 },
  { most: 1_800, ms: 3_600_000 },
] as const;
const HOUR = 3_600_000;
/** Conversations remembered at most; the longest unused is forgotten first. */
const MOST_CONVERSATIONS = 10_000;

/** In memory only: after a restart Teams itself says when it is too much. */
export class Pace {
  readonly #sent = new Map<string, number[]>();

  /** Milliseconds until one more message may go there; 0 if it may now. */
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

/** Milliseconds that a message waits for its conversation's turn; more, and it is tried again later. Others do not wait for it. */
const PATIENCE = 10_000;
/** Replies of which some bubbles have gone and some not: remembered, so that a second try goes on where the first ended. */
const MOST_HALF_SENT = 1_000;
/** Failures that may be over a little later: a conversation that is being changed, too much at once, and Microsoft's own trouble. */
const LATER = [408, 412, 429, 500, 502, 503, 504];

/** Refusals that are about one person only (https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability). */
const OF_ONE_PERSON = [
  'BotNotInConversationRoster',
  'ConversationBlockedByUser',
  'ForbiddenOperationException',
  'MessageWritesBlocked',
];
/** Milliseconds after which a line that does not come back is a matter of the staff. */
const UNREACHABLE_MS = 5 * 60_000;

/** Why nobody on Teams can be written to; each is a state of a notice to the staff. */
export type TeamsTrouble = 'teams-sign-in' | 'teams-forbidden' | 'teams-unreachable';

export interface TeamsChannelDeps {
  readonly adapter: TeamsAdapter;
  readonly people: TeamsPeople;
  readonly texts: Readonly<Record<Language, TeamsTexts>>;
  readonly standing: Pick<Standing<TeamsTrouble>, 'refused' | 'wentThrough'>;
  readonly now: () => Date;
}

/** Every reply is a proactive message: Teams has had its answer long before a turn is taken. */
export function teamsChannel({ adapter, people, texts, standing, now }: TeamsChannelDeps): Channel {
  const pace = new Pace();
  const halfSent = new Map<string, number>();
  let failingSince: number | null = null;

  /** A trouble of the whole account keeps the reply; what is about one person only passes it over. */
  function failed(error: unknown): SendOutcome {
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

  function keep(trouble: TeamsTrouble, error: string): SendOutcome {
    standing.refused(trouble);
    return { kind: 'failed', error, retryable: true };
  }

  async function write(to: Reference, activity: object): Promise<SendOutcome> {
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

  /** Cards for the files of a reply; none if the document is gone meanwhile. */
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
    // The numbers stand in the text even if there are buttons: those are gone after a tap, and not everybody sees them.
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
