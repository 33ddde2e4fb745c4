// The services that an installation depends on: each is asked once, and nothing is sent through it.

import { resolveTxt } from 'node:dns/promises';
import { connect } from 'node:tls';
import { z } from 'zod';
import type { Config, Secrets } from '../../config/config.ts';
import { loopback } from '../../config/loopback.ts';
import { parseImapUrl } from '../../mail/inbound/imap-url.ts';
import { parseSmtpUrl } from '../../mail/outbox/smtp-url.ts';
import { trySmtp } from '../../mail/outbox/try-smtp.ts';
import { endpoint } from '../../voice/transcriber.ts';
import { fine, type Finding, note, sayError, stops, toDo } from './finding.ts';
import { counted } from '../../counted.ts';

/** Milliseconds for each of them. */
const PATIENCE = 10_000;
const DAY = 24 * 3_600_000;
/** Days before its end at which a certificate should have been renewed. */
export const SOON = 14;

const signal = () => AbortSignal.timeout(PATIENCE);

/** The page as people reach it, through the proxy. */
export async function findPublicUrl({ publicUrl, trustProxy, trial }: Config, now: Date): Promise<readonly Finding[]> {
  const at = publicUrl.href;
  let health: unknown;
  try {
    // A connection that was kept open may be one that the server is just closing.
    const headers = { connection: 'close' };
    const answer = await fetch(new URL('health?proxy', publicUrl), { headers, redirect: 'manual', signal: signal() });
    health = await answer.json().catch(() => null);
  } catch (error) {
    if (trial && loopback.test(publicUrl.hostname))
      return [note('public-url', `${at}: the server of this trial is not running; npm start runs it`)];
    const mend =
      'Is the server running? Does the name lead to this machine, and the proxy to HOST:PORT? Look at the certificate.';
    return [toDo('public-url', `${at} cannot be reached: ${sayError(error)}`, mend)];
  }
  const parsed = healthSchema.safeParse(health);
  const certificate = publicUrl.protocol === 'https:' ? [await findCertificate(publicUrl, now)] : [];
  if (!parsed.success)
    return [
      toDo('public-url', `${at} is answered by another program`, 'Let the proxy lead to HOST:PORT.'),
      ...certificate,
    ];
  const { status, proxy } = parsed.data;
  if (status !== 'ready')
    return [
      stops('public-url', `${at} answers, but nothing can be kept`, 'Read the log of the server.'),
      ...certificate,
    ];
  return [fine('public-url', `${at} answers`), ...certificate, ...(trial ? [] : [findProxy(trustProxy, proxy)])];
}

const healthSchema = z.looseObject({
  status: z.enum(['ready', 'not-ready']),
  proxy: z.enum(['forwarded', 'direct']).optional(),
});

function findProxy(trusted: boolean, seen: 'forwarded' | 'direct' | undefined): Finding {
  if (seen === 'forwarded' && !trusted)
    return toDo('proxy', 'everybody counts as one visitor: a proxy forwards them', 'Set TRUST_PROXY=true.');
  if (seen === 'direct' && trusted) {
    const says = 'TRUST_PROXY=true, but no X-Forwarded-For arrives: anybody can pretend to be another';
    return toDo('proxy', says, 'Let the proxy set X-Forwarded-For, or set TRUST_PROXY=false.');
  }
  return fine('proxy', trusted ? 'X-Forwarded-For arrives' : 'none');
}

/** Until it ends; null if that cannot be read. */
export async function daysOfCertificate({ hostname: host, port }: URL, now: Date): Promise<number | null> {
  const until = await new Promise<string | null>((resolve) => {
    const socket = connect({ host, port: Number(port || 443), servername: host, timeout: PATIENCE });
    const end = (value: string | null): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('secureConnect', () => end(socket.getPeerCertificate().valid_to));
    socket.once('error', () => end(null));
    socket.once('timeout', () => end(null));
  });
  return until === null ? null : Math.floor((Date.parse(until) - now.getTime()) / DAY);
}

async function findCertificate(url: URL, now: Date): Promise<Finding> {
  const days = await daysOfCertificate(url, now);
  if (days === null) return note('certificate', 'its end cannot be read');
  const says = `it ends in ${counted(days, 'day')}`;
  return days < SOON ? toDo('certificate', says, 'Renew it; look why the proxy did not.') : fine('certificate', says);
}

export async function findMailServer({ trial, mailFrom }: Config, secrets: Secrets): Promise<readonly Finding[]> {
  const set = 'Set SMTP_URL=smtp://user:password@host:587';
  if (secrets.smtpUrl === null) {
    const says = 'every mail becomes a file in the outbox: no mail server is set';
    return [trial ? note('mail', says) : toDo('mail', says, `${set}.`)];
  }
  const parsed = parseSmtpUrl(secrets.smtpUrl);
  if (!parsed.ok) return [stops('mail', `SMTP_URL: ${parsed.problem}`, `${set}; special characters as %XX.`)];
  const { host, port, security } = parsed.config;
  const limits = { setup: PATIENCE, answer: PATIENCE, whole: 2 * PATIENCE };
  const reason = await trySmtp(parsed.config, limits);
  const at = `${host}:${port}`;
  if (reason === null) {
    const how = security === 'loopback' ? 'on this machine' : 'over verified TLS';
    return [fine('mail', `${at} takes mail ${how}`), ...(security === 'loopback' ? [] : await findSender(mailFrom))];
  }
  return [toDo('mail', `${at}: ${whatIsWrong(reason)} (${reason})`, mendOf(reason))];
}

function whatIsWrong(reason: string): string {
  if (reason.startsWith('EAUTH')) return 'it refuses user or password';
  if (/CERT|SELF_SIGNED|ALTNAME|ISSUER/u.test(reason)) return 'its certificate does not hold';
  if (reason.startsWith('ETLS')) return 'it offers no TLS';
  if (reason.includes('ECONNREFUSED')) return 'nothing listens there';
  if (/ENOTFOUND|EAI_AGAIN|EDNS/u.test(reason)) return 'this name is not known';
  return 'it does not take mail';
}

function mendOf(reason: string): string {
  if (reason.startsWith('EAUTH')) return 'Correct user and password in SMTP_URL.';
  if (reason.startsWith('ETLS') || reason.includes('CERT'))
    return 'Use the name that its certificate has, or have the certificate renewed. TLS cannot be switched off.';
  return 'Correct host and port in SMTP_URL; look at the firewall. Mails wait, and are tried for five days.';
}

/** SPF and DMARC of the sender's domain. DKIM cannot be looked up without knowing the selector. */
async function findSender(mailFrom: string): Promise<readonly Finding[]> {
  const domain = mailFrom.slice(mailFrom.lastIndexOf('@') + 1);
  const look = async (name: string) => (await resolveTxt(name)).map((parts) => parts.join(''));
  const [spf, dmarc] = await Promise.allSettled([look(domain), look(`_dmarc.${domain}`)]);
  const unknown = [spf, dmarc].some((one) => one.status === 'rejected' && !isAbsent(one.reason));
  if (unknown) return [note('sender', `SPF and DMARC of ${domain} were not looked up: no DNS`)];
  return [senderOf(domain, valueOf(spf), valueOf(dmarc))];
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA');
}

function valueOf(settled: PromiseSettledResult<readonly string[]>): readonly string[] {
  return settled.status === 'fulfilled' ? settled.value : [];
}

export function senderOf(domain: string, texts: readonly string[], dmarc: readonly string[]): Finding {
  const missing = [
    ...(texts.some((one) => /^v=spf1(?: |$)/iu.test(one)) ? [] : ['SPF']),
    ...(dmarc.some((one) => /^v=DMARC1(?:;| |$)/iu.test(one)) ? [] : ['DMARC']),
  ];
  if (missing.length === 0) return fine('sender', `${domain} has SPF and DMARC; look for DKIM in the header of a mail`);
  const mend = `Have the records made by whoever keeps the DNS of ${domain}.`;
  return toDo('sender', `${domain} has no ${missing.join(' and no ')}: mails may end as spam`, mend);
}

export async function findMailbox({ trial }: Config, secrets: Secrets): Promise<readonly Finding[]> {
  if (secrets.mailInUrl === null)
    return [
      note('mailbox', trial ? 'none in a trial' : 'no MAIL_IN_URL: answers and bounces are filed by griot mail in'),
    ];
  const parsed = parseImapUrl(secrets.mailInUrl);
  if (!parsed.ok)
    return [
      stops(
        'mailbox',
        `MAIL_IN_URL: ${parsed.problem}`,
        'imaps://user:password@host/INBOX; special characters as %XX.',
      ),
    ];
  const { host, port, mailbox } = parsed.config;
  const { tryMailbox } = await import('../../mail/inbound/imap-mailbox.ts');
  try {
    await tryMailbox({ config: parsed.config, deadlines: { mailbox: PATIENCE, mailboxSilence: PATIENCE } });
    return [fine('mailbox', `${mailbox} at ${host}:${port} can be read`)];
  } catch (error) {
    const refused = error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true;
    const why = refused ? 'it refuses user or password' : sayError(error);
    return [toDo('mailbox', `${host}:${port}: ${why}`, 'Correct MAIL_IN_URL. Answers are read as soon as it works.')];
  }
}

export async function findTranscription({ voice }: Config, secrets: Secrets): Promise<readonly Finding[]> {
  const { transcribe } = voice;
  if (transcribe === null) return [];
  const at = endpoint(transcribe.url, 'models');
  const headers = secrets.transcribeKey === null ? {} : { Authorization: `Bearer ${secrets.transcribeKey}` };
  try {
    const { status } = await fetch(at, { headers, redirect: 'manual', signal: signal() });
    if (status !== 401 && status !== 403) return [fine('transcription', `${transcribe.url.href} answers`)];
    return [toDo('transcription', `${transcribe.url.href} refuses the key`, 'Correct TRANSCRIBE_KEY.')];
  } catch (error) {
    const mend = 'Start the service, or correct TRANSCRIBE_URL. Recordings wait meanwhile.';
    return [toDo('transcription', `${transcribe.url.href} cannot be reached: ${sayError(error)}`, mend)];
  }
}

export async function findTranslation({ translation }: Config): Promise<readonly Finding[]> {
  const { service } = translation;
  if (service === null) return [];
  const at = `${service.url.href.replace(/(?<!\/)\/$/u, '')}/languages`;
  try {
    const { ok, status } = await fetch(at, { redirect: 'manual', signal: signal() });
    if (ok) return [fine('translation', `${service.url.href} answers`)];
    return [toDo('translation', `${at} answers ${status}`, 'Correct TRANSLATE_URL: the interface of LibreTranslate.')];
  } catch (error) {
    const mend =
      'Start the service, or correct TRANSLATE_URL. People are told meanwhile that it could not be translated.';
    return [toDo('translation', `${service.url.href} cannot be reached: ${sayError(error)}`, mend)];
  }
}

export async function findOrganisation({ organisation }: Config): Promise<readonly Finding[]> {
  if (organisation === null) return [];
  const { issuer } = organisation;
  const at = `${issuer.href.replace(/(?<!\/)\/$/u, '')}/.well-known/openid-configuration`;
  try {
    const { ok, status } = await fetch(at, { signal: signal() });
    if (ok) return [fine('sign-in', `${issuer.href} answers`)];
    return [toDo('sign-in', `${at} answers ${status}`, 'Correct OIDC_ISSUER.')];
  } catch (error) {
    return [
      toDo(
        'sign-in',
        `${issuer.href} cannot be reached: ${sayError(error)}`,
        'Staff can sign in by password meanwhile.',
      ),
    ];
  }
}
