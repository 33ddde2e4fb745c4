// The few words that only Teams needs (locales/<language>/teams.json); the bot's own are in bot.json.

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { LANGUAGES, type Language } from '../../dialog/language.ts';

const text = z.string().min(1);

const teamsTextsSchema = z.strictObject({
  /** False until a native reader, ideally a bereaved relative, has read it. */
  reviewed: z.boolean(),
  /** The one sentence in a group or a channel. */
  notAlone: text,
  /** On the card that offers a file. */
  offer: text,
  stored: text,
  declined: text,
  /** The document of this card is not kept any more, or was replaced. */
  gone: text,
  notStored: text,
});

export type TeamsTexts = z.infer<typeof teamsTextsSchema>;

/** Throws with every problem of every file, so that nothing starts with a hole in it. */
export function loadTeamsTexts(folder = new URL('../../../locales/', import.meta.url)): Record<Language, TeamsTexts> {
  const problems: string[] = [];
  const read = (language: Language): TeamsTexts | null => {
    const parsed = teamsTextsSchema.safeParse(
      JSON.parse(readFileSync(new URL(`${language}/teams.json`, folder), 'utf8')),
    );
    if (parsed.success) return parsed.data;
    problems.push(`locales/${language}/teams.json\n${z.prettifyError(parsed.error)}`);
    return null;
  };
  const [en, fr, es, pt] = LANGUAGES.map(read);
  if (!en || !fr || !es || !pt) throw new Error(problems.join('\n'));
  return { en, fr, es, pt };
}
