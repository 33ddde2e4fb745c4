// What speaks for a mail belonging to a case, for whoever decides. Never decides it: anybody can write both.

import type { ListedMail } from '../../store/mail/mails-in-port.ts';

export interface Signs {
  /** Subject or text name the reference. */
  readonly names: boolean;
  /** It says it is from the domain that we wrote to. */
  readonly sameSender: boolean;
}

export function signsOf(
  { from, subject, text }: Pick<ListedMail, 'from' | 'subject' | 'text'>,
  reference: string,
  recipient: string | null,
): Signs {
  const domain = domainOf(recipient ?? '');
  return {
    names: [subject, text].some((one) => one.toUpperCase().includes(reference)),
    sameSender: domain !== '' && domainOf(from) === domain,
  };
}

/** Of "Name <clerk@body.example>" or a plain address; "" where there is none. */
function domainOf(address: string): string {
  return /@([\w.-]+)>?\s*$/.exec(address)?.[1]?.toLowerCase() ?? '';
}
