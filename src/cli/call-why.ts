// Why a call cannot be served, in sentences for operators.

import type { CallForInputs } from '../calls/call.ts';
import { whereInstead, whyNeverServed, type WhyNotServed } from '../calls/why-not-served.ts';

const WHY: Readonly<Record<WhyNotServed, string>> = {
  draft: 'set status: open when it is ready',
  'states-only': 'it asks States only',
  'accredited-only': 'it asks organisations with UN status only',
  'web-form': 'answers go through a form of the body',
  post: 'answers go by post',
  fax: 'answers go by fax',
  'no-address-kind': 'the file names no way to send an answer (channels)',
  'own-form': 'the body requires its own form',
  format: 'none of its formats can be made here (docx, pdf)',
  language: 'none of its languages is spoken here',
  'contact-details': 'it requires a postal address, or contact details in the text or a form: nobody is asked for them',
  'executive-summary': 'it requires a summary that only the author can write',
};

export function whyLine(reason: WhyNotServed): string {
  return `${reason}: ${WHY[reason]}`;
}

/** Every reason that remains when the call is open, and the place that people are sent to; nothing for a call that can be served. */
export function neverServedLines(call: CallForInputs): readonly string[] {
  const reasons = whyNeverServed(call);
  if (reasons.length === 0) return [];
  return [
    `${call.id}: cannot be served, also when it is open`,
    ...reasons.map((reason) => `  ${whyLine(reason)}`),
    `  instead: ${whereInstead({ ...call, status: 'open' }) ?? 'nowhere known'}`,
  ];
}
