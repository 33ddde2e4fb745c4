import type { Context } from 'hono';
import type { MailSaid, MailsTexts } from './texts.ts';

/** What came of the last act, by a name of ours in the address. */
export function mailSaid(c: Context, { said }: MailsTexts): string | null {
  const name = c.req.query('said') ?? '';
  return Object.entries(said).find(([known]) => known === name)?.[1] ?? null;
}

export function withMailSaid(path: string, said: MailSaid): string {
  return `${path}?said=${said}`;
}
