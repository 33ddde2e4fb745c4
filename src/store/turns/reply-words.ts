// The words of a reply. Imports nothing: browsers load it too (src/staff/browser/sealed.js).

/** The bubbles' texts with an empty line between them; null for a body without bubbles. */
export function spokenText(body: unknown): string | null {
  const texts = bubbleTexts(body);
  return texts.length === 0 ? null : texts.join('\n\n');
}

/** For a transcript: who says it, and the text without the characters that were for the person only; null if there is none. */
export function replyText(body: unknown): { readonly from: 'bot' | 'staff'; readonly text: string } | null {
  const text = spokenText(withoutSecret(body));
  return text === null ? null : { from: spokenBy(body), text };
}

/** Words of staff are among the bot's replies, marked. */
export function spokenBy(body: unknown): 'bot' | 'staff' {
  const isStaff = typeof body === 'object' && body !== null && 'from' in body && body.from === 'staff';
  return isStaff ? 'staff' : 'bot';
}

/** One bubble's text, counted from 0; null if there is none. */
export function bubbleText(body: unknown, bubble: number): string | null {
  return bubbleTexts(body)[bubble] ?? null;
}

/** For readers of the transcript: without the characters that were for the person only. */
export function withoutSecret(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('secret' in body) || typeof body.secret !== 'string') return body;
  const { secret, ...rest } = body;
  const bubbles = bubbleTexts(body).map((text) => ({ text: text.replaceAll(secret, '…'), bold: [] }));
  return { ...rest, bubbles };
}

function bubbleTexts(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || !('bubbles' in body) || !Array.isArray(body.bubbles)) return [];
  return body.bubbles.flatMap((bubble: unknown) =>
    typeof bubble === 'object' && bubble !== null && 'text' in bubble && typeof bubble.text === 'string'
      ? [bubble.text]
      : [],
  );
}
