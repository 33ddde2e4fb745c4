// A reply → what Teams is sent. Pure. Everything goes out as plain text: no character of a person's words is markup.

import type { Bubble, Rendered } from '../channel.ts';

/** What is drawn under a message: buttons that are gone after a tap, or a card that stays. */
export interface TeamsMessage {
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

/** Buttons only, one in a row each: what they say stands in the message itself, for who cannot see the card. */
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
