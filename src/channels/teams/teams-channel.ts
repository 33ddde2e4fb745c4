import type { Language } from '../../languages.ts';
import type { TeamsTexts } from '../../texts/catalogues.ts';
import type { Address, Bubble, Channel, Rendered } from '../channel.ts';
import { parseReach } from './address.ts';
import { consentCard, markOf } from './file-consent.ts';
import { sentId, TEAMS, type TeamsPeople, type TeamsSent } from './ports.ts';
import type { Sender } from './sender.ts';

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

export interface TeamsChannelDeps {
  readonly sender: Sender;
  readonly people: TeamsPeople;
  readonly sent: Pick<TeamsSent, 'partsSent' | 'noteSent'>;
  readonly texts: Readonly<Record<Language, TeamsTexts>>;
}

/** Every reply is a proactive message: the request of Teams was answered long before. */
export function teamsChannel({ sender, people, sent, texts }: TeamsChannelDeps): Channel {
  /** Cards for the files of a reply; none if the document was erased meanwhile. */
  async function offers(to: Address, { file, language, contribution }: Rendered) {
    if (file === null) return [];
    const known = await people.personAt(to);
    const kept = known === null ? null : await people.document(known.person, file, contribution);
    const whose = contribution === undefined ? {} : { of: contribution };
    return (kept?.files ?? []).map(({ format, bytes }) => ({
      type: 'message',
      attachments: [
        consentCard({ kind: file, format, mark: markOf(bytes), ...whose }, bytes.length, texts[language].offer),
      ],
    }));
  }

  return {
    name: TEAMS,
    // The text contains the numbers even if there are buttons: those disappear after a tap, and not everybody sees
    // them.
    capabilities: { buttons: false, bubble: 600, files: true },
    parallel: true,
    async send(to, reply, id, mayGoOn = () => true) {
      const reference = parseReach(to);
      if (reference === null) return { kind: 'failed', error: 'no reference', retryable: false };
      const activities = [...buildActivities(reply, reference.user.id), ...(await offers(to, reply))];
      // Another try goes on behind what was sent.
      const done = await sent.partsSent(id);
      for (const [part, activity] of activities.entries()) {
        if (done.has(part)) continue;
        if (!mayGoOn()) return { kind: 'failed', error: 'another process may have it', retryable: true };
        const outcome = await sender.send(reference, activity);
        if (outcome.kind !== 'sent') return outcome;
        const known = outcome.id ?? `${id}/${part}`;
        await sent.noteSent(sentId(reference.conversation.id, known), id, part);
      }
      return { kind: 'sent' };
    },
  };
}
