// The person's own words in an activity, without what Teams puts around them. A message comes as text, as HTML, or as
// both; the text is what was typed, the HTML is read if there is no text, or if only it tells whose words they are.

import { Parser } from 'htmlparser2';
import type { TeamsActivity, TeamsAttachment } from './activity.ts';

export interface OwnWords {
  readonly text: string;
  /** Shown in the HTML only, without a file. */
  readonly shown: readonly Shown[];
  /** The id of the message that it quotes; of several, the one that is nearest to the words. */
  readonly quoted: string | null;
}

export type Shown = 'picture' | 'voice-clip' | 'video';

export function ownWords(activity: TeamsActivity): OwnWords {
  const { shown, ...html } = readHtml(htmlOf(activity));
  const text = activity.text ?? '';
  if (/^(?:xml|html)$/iu.test(activity.textFormat ?? '')) {
    const own = readHtml(text);
    const quoted = own.quoted ?? quotedIn(activity) ?? html.quoted;
    return { text: withoutNames(own.text, activity), shown: [...own.shown, ...shown], quoted };
  }
  const typed = withoutQuote(withoutMarks(text), html);
  const words = withoutNames(typed.trim() === '' ? html.text : typed, activity);
  return { text: words, shown, quoted: quotedIn(activity) ?? html.quoted };
}

/** By the placeholder in the text, its entity, or the reference that older apps attach. */
function quotedIn({ text, entities, attachments }: TeamsActivity): string | null {
  const marks = [...(text ?? '').matchAll(/<quoted\b[^<>]{0,2000}?\bmessageId="([^"<>]{1,1000})"/giu)];
  const marked = marks.at(-1)?.[1];
  if (marked !== undefined) return marked;
  const entity = (entities ?? []).findLast((one) => one.type === 'quotedReply')?.quotedReply?.messageId;
  if (entity !== undefined) return entity;
  const reference = (attachments ?? []).findLast(({ contentType }) => contentType === 'messageReference');
  const given = typeof reference?.content === 'string' ? parsed(reference.content) : reference?.content;
  const named = typeof given === 'object' && given !== null && 'messageId' in given ? given.messageId : null;
  return typeof named === 'string' ? named : null;
}

/** Of several HTML bodies, each is the whole message again. A forwarded message may come as a separate body. */
function htmlOf({ attachments }: TeamsActivity): string {
  const all = attachments ?? [];
  const body = all.find(({ contentType, content }) => contentType === 'text/html' && typeof content === 'string');
  if (typeof body?.content === 'string') return body.content;
  return all.map(forwarded).find((one) => one !== '') ?? '';
}

function forwarded({ contentType, content }: TeamsAttachment): string {
  if (contentType !== 'forwardedMessageReference') return '';
  const given = typeof content === 'string' ? parsed(content) : content;
  const original = typeof given === 'object' && given !== null && 'originalMessageContent' in given ? given : null;
  return typeof original?.originalMessageContent === 'string' ? original.originalMessageContent : '';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** Placeholders in a typed text: of a quoted message, of an attachment, of an emoji. */
function withoutMarks(text: string): string {
  const own = text
    .replace(/<quoted\b[^<>]{0,2000}\/>/giu, '')
    .replace(/<quoted\b[^<>]{0,2000}>[^<]*<\/quoted>/giu, '')
    .replace(/<attachment\b[^<>]{0,2000}(?:\/>|><\/attachment>)/giu, '')
    .replace(/<emoji\b[^<>]{0,500}\balt="([^"<>]{0,50})"[^<>]{0,500}(?:\/>|><\/emoji>)/giu, '$1')
    .replaceAll('&nbsp;', ' ');
  return own === text ? text : own.trim();
}

/** Older apps put the quoted message into the text, before the person's own words. */
function withoutQuote(text: string, html: Pick<Html, 'text' | 'quotes'>): string {
  if (!html.quotes || html.text === '') return text;
  const [whole, own] = [squeezed(text), squeezed(html.text)];
  return whole.length > own.length && whole.endsWith(own) ? html.text : text;
}

function squeezed(text: string): string {
  return text.replaceAll(/\s/gu, '');
}

/**
 * Takes our own name from the beginning and the end (`<at>Griot</at> stop`); everybody else who is mentioned stays, by
 * name.
 */
function withoutNames(text: string, { recipient, entities }: TeamsActivity): string {
  const mentioned = (entities ?? []).filter(({ type }) => type === 'mention');
  const isUs = (mark: string, name: string): boolean => {
    const entity = mentioned.find((one) => one.text === mark) ?? mentioned.find((one) => one.mentioned?.name === name);
    if (entity?.mentioned) return entity.mentioned.id === recipient.id;
    return typeof recipient.name !== 'string' || name.trim().toLowerCase() === recipient.name.trim().toLowerCase();
  };
  const parts = text.split(/(<at\b[^<>]{0,200}>[^<>]{0,200}<\/at>)/iu);
  if (parts.length === 1) return text;
  const names = parts.map((mark, i) => (i % 2 === 1 ? mark.slice(mark.indexOf('>') + 1, mark.lastIndexOf('<')) : null));
  let from = 0;
  while (typeof names[from + 1] === 'string' && /^[\s,:]*$/u.test(parts[from] ?? '')) {
    if (!isUs(parts[from + 1] ?? '', names[from + 1] ?? '')) break;
    from += 2;
  }
  let to = parts.length;
  if (to - 2 > from && (parts[to - 1] ?? '').trim() === '' && isUs(parts[to - 2] ?? '', names[to - 2] ?? '')) to -= 2;
  const own = parts.slice(from, to).map((part, i) => names[from + i] ?? part);
  const [first = '', ...others] = own;
  return [from > 0 ? first.replace(/^[\s,:]+/u, '') : first, ...others].join('').trim();
}

interface Html {
  readonly text: string;
  /** It quotes an earlier message, which is not in `text`; `quoted`: its id, if it is there. */
  readonly quotes: boolean;
  readonly quoted: string | null;
  readonly shown: readonly Shown[];
}

const BLOCKS = new Set(['p', 'div', 'ul', 'ol', 'li', 'blockquote', 'pre', 'table', 'tr', 'h1', 'h2', 'h3', 'hr']);
/** Their text is for readers of other apps, or for nobody. */
const UNREAD = new Set(['script', 'style', 'title', 'uriobject', 'attachment', 'quoted', 'video', 'audio', 'emoji']);

/** Pieces of a text, put together once. */
class Pieces {
  readonly #pieces: string[] = [];
  #end = '\n';

  add(piece: string): void {
    if (piece === '') return;
    this.#pieces.push(piece);
    this.#end = piece.slice(-1);
  }

  /** Begins a line, unless one has just begun. */
  line(): void {
    if (this.#end !== '\n') this.add('\n');
  }

  text(): string {
    return this.#pieces.join('');
  }
}

interface OpenElement {
  readonly name: string;
  readonly unread: boolean;
  readonly mention: boolean;
  items: number;
}

/** Elements in each other, more than in any message; the work of the parser grows with each. */
const DEEPEST = 500;

class TooDeepError extends Error {
  override readonly name = 'TooDeepError';
}

/** Without its structure if it is nested too deeply: the words stay. */
function readHtml(html: string): Html {
  try {
    return parseHtml(html);
  } catch (error) {
    if (!(error instanceof TooDeepError)) throw error;
    return { text: html.replaceAll(/<[^<>]{0,2000}>/gu, ' ').trim(), quotes: false, quoted: null, shown: [] };
  }
}

function parseHtml(html: string): Html {
  const pieces = new Pieces();
  const shown = new Set<Shown>();
  const open: OpenElement[] = [];
  const state: { quotes: boolean; quoted: string | null; unread: number } = { quotes: false, quoted: null, unread: 0 };
  let link: { readonly address: string; words: string } | null = null;

  const begins = (name: string, { itemtype = '', alt = '', type = '' }: Readonly<Record<string, string>>) => {
    if (name === 'emoji' || (name === 'img' && /\/Emoji$/iu.test(itemtype))) return pieces.add(alt);
    if (name === 'br') return pieces.add('\n');
    if (name === 'audio' || /audio/iu.test(itemtype + type)) shown.add('voice-clip');
    else if (name === 'video' || /video/iu.test(itemtype + type)) shown.add('video');
    else if (name === 'img') shown.add('picture');
    if (BLOCKS.has(name)) pieces.line();
    if (name === 'li') pieces.add(numberOf(open.at(-1)));
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      if (open.length >= DEEPEST) throw new TooDeepError();
      const { itemtype = '', itemid, href = '' } = attributes;
      const isQuote = name === 'blockquote' && /\/Reply$/iu.test(itemtype);
      const read = state.unread === 0;
      if (isQuote) Object.assign(state, { quotes: true, quoted: itemid ?? state.quoted });
      else if (read) begins(name, attributes);
      const mention = read && (name === 'at' || /\/Mention$/iu.test(itemtype));
      if (mention) pieces.add('<at>');
      if (read && name === 'a' && /^https?:/iu.test(href)) link ??= { address: href, words: '' };
      const unread = isQuote || UNREAD.has(name);
      if (unread) state.unread += 1;
      open.push({ name, unread, mention, items: 0 });
    },
    ontext(given) {
      if (state.unread > 0) return;
      const text = given.replaceAll(/[ \t\r\n\f]+/gu, ' ').replaceAll('\u00a0', ' ');
      if (link !== null) link.words += text;
      pieces.add(text);
    },
    onclosetag(name) {
      const closed = open.pop();
      if (closed?.unread === true) state.unread -= 1;
      if (closed?.mention === true) pieces.add('</at>');
      if (state.unread > 0) return;
      if (name === 'a' && link !== null) {
        // The address of a link whose words say something else.
        if (link.words.trim() !== link.address) pieces.add(` (${link.address})`);
        link = null;
      }
      if (BLOCKS.has(name)) pieces.line();
    },
  });
  parser.end(html);
  return { text: pieces.text().trim(), quotes: state.quotes, quoted: state.quoted, shown: [...shown] };
}

/** Before an item of a list, as the person saw it. */
function numberOf(list: OpenElement | undefined): string {
  if (list === undefined) return '';
  list.items += 1;
  return list.name === 'ol' ? `${list.items}. ` : '- ';
}
