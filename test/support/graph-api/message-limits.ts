// What the Cloud API refuses in a message, as its documentation says (read there, not tried). Null: it is accepted.

export interface Refused {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

const refuse = (message: string, code = 100): Refused => ({ status: 400, code, message });
const fieldsIn = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const listIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsIn) : []);
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function isBetween(text: string, most: number): boolean {
  return text.length >= 1 && text.length <= most;
}

export function refusalOf(message: Fields, files: ReadonlyMap<string, { readonly type: string }>): Refused | null {
  if (message['messaging_product'] !== 'whatsapp') return refuse('messaging_product');
  switch (message['type']) {
    case 'text':
      return isBetween(textIn(fieldsIn(message['text'])['body']), 4096) ? null : refuse('text.body');
    case 'interactive':
      return refusalOfInteractive(fieldsIn(message['interactive']));
    case 'document': {
      const { id, filename } = fieldsIn(message['document']);
      if (!files.has(textIn(id))) return refuse('document.id', 131_009);
      return isBetween(textIn(filename), 240) ? null : refuse('document.filename');
    }
    case 'audio': {
      const file = files.get(textIn(fieldsIn(message['audio'])['id']));
      return file?.type.startsWith('audio/') === true ? null : refuse('audio.id', 131_009);
    }
    case 'template': {
      const { name, language } = fieldsIn(message['template']);
      return textIn(name) !== '' && textIn(fieldsIn(language)['code']) !== '' ? null : refuse('template', 132_000);
    }
    default:
      return refuse('type');
  }
}

function refusalOfInteractive({ type, body, action }: Fields): Refused | null {
  const words = textIn(fieldsIn(body)['text']);
  if (type === 'button') {
    if (!isBetween(words, 1024)) return refuse('body', 131_009);
    const replies = listIn(fieldsIn(action)['buttons']).map(({ reply }) => fieldsIn(reply));
    const unique = (key: string) => new Set(replies.map((one) => one[key])).size === replies.length;
    if (replies.length < 1 || replies.length > 3 || !unique('id') || !unique('title'))
      return refuse('buttons', 131_009);
    const fits = replies.every(({ id, title }) => isBetween(textIn(id), 256) && isBetween(textIn(title), 20));
    return fits ? null : refuse('a button', 131_009);
  }
  if (type !== 'list') return refuse('interactive.type', 131_009);
  const { button, sections } = fieldsIn(action);
  if (!isBetween(words, 4096) || !isBetween(textIn(button), 20)) return refuse('list', 131_009);
  const rows = listIn(sections).flatMap(({ rows: of }) => listIn(of));
  if (rows.length < 1 || rows.length > 10 || new Set(rows.map(({ id }) => id)).size !== rows.length) {
    return refuse('rows', 131_009);
  }
  const fits = rows.every(
    ({ id, title, description }) =>
      isBetween(textIn(id), 200) && isBetween(textIn(title), 24) && textIn(description).length <= 72,
  );
  return fits ? null : refuse('a row', 131_009);
}
