import type { Context } from 'hono';
import type { StaffTexts } from '../../texts/catalogues.ts';

/** What came of the last act, by a name of ours in the address. */
export function mailSaid(c: Context, { said }: StaffTexts['mails']): string | null {
  const name = c.req.query('said') ?? '';
  return Object.entries(said).find(([known]) => known === name)?.[1] ?? null;
}

export type MailSaid = keyof StaffTexts['mails']['said'];

export function withMailSaid(path: string, said: MailSaid): string {
  return `${path}?said=${said}`;
}
