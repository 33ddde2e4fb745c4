// The questions of `griot setup`: what each answer must be, and the setting that it becomes.

import { resolve } from 'node:path';
import { z } from 'zod';
import { readConfig, ConfigError } from '../config/config.ts';
import { isTrialAddress, isTrialDomain, parseMailAddress } from '../mail/address.ts';
import { parseImapUrl } from '../mail/inbound/imap-url.ts';
import { parseSmtpUrl } from '../mail/outbox/smtp-url.ts';
import { isQuotable } from './env-file.ts';
import type { QuestionName } from './setup-names.ts';

export type Answers = Readonly<Partial<Record<QuestionName, string>>>;

export interface Question {
  readonly name: QuestionName;
  /** The setting that the answer becomes; null: it is stored, or names a folder. */
  readonly variable: string | null;
  readonly mayBeEmpty: boolean;
  /** For an empty answer. */
  readonly otherwise?: (answers: Answers, places: Places) => string;
  readonly isGood: (answer: string, places: Places) => boolean;
  /** Default: always asked. */
  readonly isAsked?: (answers: Answers) => boolean;
}

export interface Places {
  readonly dataDir: string;
}

const isMail = (answer: string) => z.email().safeParse(answer).success;
const isLine = (answer: string) => answer.length <= 200 && isQuotable(answer);
const isApart = (folder: string, { dataDir }: Places) => !`${resolve(folder)}/`.startsWith(`${resolve(dataDir)}/`);

/** True if the program takes this value for this setting, whatever the others are. */
function isSetting(name: string): (answer: string) => boolean {
  return (answer) => {
    try {
      readConfig({ [name]: answer, OPERATOR_NAME: 'x', OPERATOR_PHONE: '+0', MAIL_FROM: 'a@example.org' });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return !error.problems.some((problem) => problem.startsWith(name));
    }
    return isQuotable(answer);
  };
}

const ALWAYS = { mayBeEmpty: false } as const;
const OPTIONAL = { mayBeEmpty: true } as const;
/** Not of a domain that is for trials only. */
const canReceive = (text: string) => {
  const parsed = parseMailAddress(text);
  return parsed.ok && !isTrialAddress(parsed.address);
};
const hasAddress = ({ address }: Answers) => address !== undefined && address !== '';

/** In the order in which they are asked. */
export const QUESTIONS: readonly Question[] = [
  { name: 'operator', variable: 'OPERATOR_NAME', ...ALWAYS, isGood: isLine },
  { name: 'phone', variable: 'OPERATOR_PHONE', ...ALWAYS, isGood: (text) => /^\+?[\d ().-]{3,30}$/u.test(text) },
  { name: 'url', variable: 'PUBLIC_URL', ...ALWAYS, isGood: isSetting('PUBLIC_URL') },
  {
    ...{ name: 'code', variable: 'SOURCE_URL', ...OPTIONAL },
    isGood: (text) => isSetting('SOURCE_URL')(text) && !isTrialDomain(new URL(text).hostname),
  },
  {
    ...{ name: 'zone', variable: 'TIME_ZONE', ...ALWAYS, isGood: isSetting('TIME_ZONE') },
    otherwise: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  },
  { name: 'support', variable: 'SUPPORT_CONTACTS', ...OPTIONAL, isGood: isSetting('SUPPORT_CONTACTS') },
  { name: 'smtp', variable: 'SMTP_URL', ...OPTIONAL, isGood: (text) => parseSmtpUrl(text).ok && isQuotable(text) },
  { name: 'from', variable: 'MAIL_FROM', ...ALWAYS, isGood: isMail },
  { name: 'inbox', variable: 'MAIL_IN_URL', ...OPTIONAL, isGood: (text) => parseImapUrl(text).ok && isQuotable(text) },
  { name: 'staff', variable: 'STAFF_EMAIL', ...OPTIONAL, isGood: isMail },
  {
    ...{ name: 'release', variable: 'RELEASE', ...ALWAYS, isGood: isSetting('RELEASE') },
    otherwise: () => 'person',
  },
  { name: 'keys', variable: null, ...ALWAYS, otherwise: (_, { dataDir }) => `${dataDir}-keys`, isGood: isApart },
  { name: 'ledger', variable: null, ...ALWAYS, otherwise: (_, { dataDir }) => `${dataDir}-ledger`, isGood: isApart },
  { name: 'admin', variable: null, ...ALWAYS, isGood: (text) => text.length <= 100 },
  { name: 'email', variable: null, ...ALWAYS, isGood: isMail },
  { name: 'address', variable: null, ...OPTIONAL, isGood: canReceive },
  { name: 'source', variable: null, ...ALWAYS, isAsked: hasAddress, isGood: isLine },
  { name: 'verified', variable: null, ...ALWAYS, isAsked: hasAddress, isGood: isLine },
];
