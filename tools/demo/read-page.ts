// A page of the web chat as a person sees it, read from its HTML: lines, buttons, the form's hidden id.

export interface PageLine {
  readonly id: string;
  readonly from: 'person' | 'bot';
  /** Bubbles, in order. */
  readonly texts: readonly string[];
  /** URLs of the files that the line offers. */
  readonly files: readonly string[];
}

export interface PageButton {
  /** The value of the button. */
  readonly sent: string;
  /** The choice's or the command's name. */
  readonly value: string;
  readonly label: string;
}

export interface Page {
  readonly lines: readonly PageLine[];
  /** Null if the page has no form to write in. */
  readonly formId: string | null;
  readonly choices: readonly PageButton[];
  readonly commands: readonly PageButton[];
  /** The resume code, if the page shows one. */
  readonly code: string | null;
  /** The text of a page without a conversation. */
  readonly notice: string | null;
}

/** Expects a page of this program, well formed. */
export function readPage(html: string): Page {
  const form = /<form id="say"[^]*?<\/form>/.exec(html)?.[0] ?? '';
  return {
    lines: html.split('<div class="line ').slice(1).map(readLine),
    formId: attribute(/<input type="hidden" name="id" value="([^"]*)"/, form),
    choices: buttons(form, 'choice').map(({ sent, label }) => ({ sent, label, value: sent.split('|')[2] ?? '' })),
    commands: buttons(form, 'command').map(({ sent, label }) => ({ sent, label, value: sent.split('|')[0] ?? '' })),
    code: attribute(/<p class="code">([^<]*)<\/p>/, html),
    notice: attribute(/<p class="message">([^]*?)<\/p>/, html),
  };
}

function readLine(html: string): PageLine {
  return {
    id: attribute(/data-id="([^"]*)"/, html) ?? '',
    from: html.startsWith('you') ? 'person' : 'bot',
    texts: [...html.matchAll(/<span class="said"[^>]*>([^]*?)<\/span>/g)].map(([, said = '']) =>
      textOf(said.replace(/<\/?strong>/g, '*')),
    ),
    files: [...html.matchAll(/href="(\/document[^"]*)"/g)].map(([, address = '']) => unescape(address)),
  };
}

function buttons(form: string, name: 'choice' | 'command'): readonly { sent: string; label: string }[] {
  const pattern = new RegExp(`<button[^>]* ?name="${name}" value="([^"]*)"[^>]*>([^]*?)</button>`, 'g');
  return [...form.matchAll(pattern)].map(([, sent = '', label = '']) => ({
    sent: unescape(sent),
    label: textOf(label.replace(/<b>\d+<\/b>/, '')).trim(),
  }));
}

function attribute(pattern: RegExp, html: string): string | null {
  const found = pattern.exec(html)?.[1];
  return found === undefined ? null : textOf(found);
}

function textOf(html: string): string {
  return unescape(html.replace(/<[^>]*>/g, ''));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
