// A mail to the operator's staff when the installation needs its administrator. It contains a fixed sentence and nobody's
// words. docs/decisions/0233-notices-of-the-installation.md lists every kind, and when each is told.

import type { MailTexts } from '../../texts/catalogues.ts';
import { fillLine } from '../../texts/translate.ts';
import { accountNotice, type HandedOver } from './staff-notice.ts';

/** A trouble of the installation, and not of a case or of an account. */
export type TroubleKind = keyof MailTexts['trouble']['kind'];

export function troubleNotice(kind: TroubleKind, { trouble }: MailTexts): HandedOver {
  const body = `${fillLine(trouble.body, { what: trouble.kind[kind] })}\n`;
  return { subject: trouble.subject, body, name: `notice-${kind}` };
}

// A test of the notices, with the words of real ones.

/** All that are about no case; the one about a message that was set aside names none here. */
export const TESTED = [
  'channel',
  'mailbox',
  'retention',
  'backup',
  'disk',
  'set-aside',
  'certificate',
  'release-clock',
] as const satisfies readonly (TroubleKind | 'channel' | 'set-aside')[];
export type TestedKind = (typeof TESTED)[number];

/** Says in its first line that nothing has happened. */
export function testNotice(kind: TestedKind, texts: MailTexts, desk: URL): HandedOver {
  const { subject, body } = realNotice(kind, texts, desk);
  const { test } = texts.trouble;
  return {
    subject: fillLine(test.subject, { subject }),
    body: `${test.first}\n\n${body}`,
    name: `notice-test-${kind}`,
  };
}

function realNotice(kind: TestedKind, texts: MailTexts, desk: URL): HandedOver {
  if (kind === 'channel') return accountNotice(texts, 'WhatsApp', 'unreachable');
  if (kind !== 'set-aside') return troubleNotice(kind, texts);
  const { needs } = texts;
  const words = { need: needs.kind['set-aside'], reference: needs.none, desk: desk.href };
  return { subject: needs.subject, body: `${fillLine(needs.body, words)}\n`, name: 'notice-set-aside' };
}
