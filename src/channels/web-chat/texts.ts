// The words around the conversation (locales/<language>/web.json); the bot's own are in bot.json.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../../dialog/language.ts';
import { printedTextsSchema } from './printed-texts.ts';

const text = z.string().min(1);
const notice = z.strictObject({ heading: text, text });

const webTextsSchema = z.strictObject({
  /** False until a native reader, ideally a bereaved relative, has read it. */
  reviewed: z.boolean(),
  /** Title, name and language menu: neutral for whoever looks over the shoulder. */
  title: text,
  languages: text,
  /** What is sent to change the language, e.g. "português". */
  languageWord: text,
  languageName: text,
  skip: text,
  leave: text,
  trial: text,
  /** On every page, in one line. */
  trialShort: text,
  toChat: text,
  chat: z.strictObject({
    heading: text,
    log: text,
    you: text,
    bot: text,
    staff: text,
    erased: text,
    edited: text,
    earlier: text,
    before: text,
    quiet: text,
    go: text,
    choose: text,
    write: text,
    keys: text,
    send: text,
    sending: text,
    offline: text,
    words: text,
    file: text,
    docx: text,
    pdf: text,
  }),
  voice: z.strictObject({
    line: text,
    listen: text,
    record: text,
    stop: text,
    discard: text,
    file: text,
    sendFile: text,
    recording: text,
    sending: text,
    refused: text,
    offline: text,
  }),
  papers: z.strictObject({ label: text, send: text }),
  footer: z.strictObject({ heading: text, info: text, code: text, back: text, source: text }),
  leaving: notice,
  arriving: notice,
  farewell: z.strictObject({ heading: text, again: text }),
  notice: z.strictObject({
    tooLong: notice,
    tooBig: notice,
    soundTooBig: notice,
    tooMany: notice,
    busy: notice,
    notAsked: notice,
    soundsWait: notice,
    notSaved: notice,
    noCookie: notice,
    malformed: notice,
    elsewhere: notice,
    notFound: notice,
    noDocument: notice,
    fault: notice,
  }),
  code: z.strictObject({
    heading: text,
    what: text,
    keep: text,
    risk: text,
    make: text,
    made: text,
    once: text,
    endHeading: text,
    end: text,
    endLabel: text,
    endButton: text,
    ended: text,
    unknown: text,
  }),
  back: z.strictObject({
    heading: text,
    what: text,
    replaces: text,
    label: text,
    hint: text,
    open: text,
    unknown: text,
    tooMany: text,
  }),
  info: z.strictObject({
    heading: text,
    leaveHeading: text,
    leave: z.array(text).min(1),
    browserHeading: text,
    browser: z.array(text).min(1),
    backHeading: text,
    back: z.array(text).min(1),
    quietHeading: text,
    quiet: z.array(text).min(1),
  }),
  printed: printedTextsSchema,
});

export type WebTexts = z.infer<typeof webTextsSchema>;
export type NoticeKey = keyof WebTexts['notice'];

/** Reads all languages. Throws with every problem of every file, so that nothing starts with a hole in it. */
export function loadWebTexts(folder = new URL('../../../locales/', import.meta.url)): Record<Language, WebTexts> {
  const problems: string[] = [];
  const read = (language: Language): WebTexts | null => {
    const file = new URL(`${language}/web.json`, folder);
    const parsed = webTextsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return parsed.data;
    problems.push(`locales/${language}/web.json\n${z.prettifyError(parsed.error)}`);
    return null;
  };
  const [en, fr, es, pt] = LANGUAGES.map(read);
  if (!en || !fr || !es || !pt) throw new Error(problems.join('\n'));
  return { en, fr, es, pt };
}
