// The reasons why the bot cannot serve a call, and the place to go to instead.

import { LANGUAGES } from '../languages.ts';
import { acceptedFormats, acceptedLanguages } from './call.ts';
import type { CallForInputs } from './schema.ts';

export type WhyNotServed =
  /** Not open for anyone yet. */
  | 'draft'
  /** Only States are asked, or only organisations with UN status. */
  | 'states-only'
  | 'accredited-only'
  /** The body takes answers on its own page, or on paper. */
  | 'web-form'
  | 'post'
  | 'fax'
  /** It states no way to send an answer. */
  | 'no-address-kind'
  /** It requires its own form, a format that we do not make, or a language that we do not have. */
  | 'own-form'
  | 'format'
  | 'language'
  /** It requires a postal address, or in the text or a form a way to reach the author, which this bot never asks for. */
  | 'contact-details'
  /** It requires an executive summary, which only the author can write. */
  | 'executive-summary';

/**
 * The first reason why the bot cannot serve this call; null if it can. Such a call loads, and the bot names another way
 * to answer.
 */
export function whyNotServed(call: CallForInputs): WhyNotServed | null {
  return call.status === 'draft' ? 'draft' : (whyNeverServed(call)[0] ?? null);
}

/** Every reason that opening the call does not end. */
export function whyNeverServed(call: CallForInputs): readonly WhyNotServed[] {
  const reasons: readonly (readonly [WhyNotServed | null, boolean])[] = [
    ['states-only', isOnly(call, 'states')],
    ['accredited-only', isOnly(call, 'accredited-ngos') && !isOnly(call, 'states')],
    [otherWay(call), true],
    ['own-form', call.formats['own-form'] === 'yes'],
    ['format', acceptedFormats(call).length === 0],
    ['language', !LANGUAGES.some((language) => acceptedLanguages(call).includes(language))],
    ['contact-details', wantsContact(call) && !operatorAnswers(call)],
    ['executive-summary', call.layout['executive-summary'] === 'yes'],
  ];
  return reasons.flatMap(([reason, isSo]) => (isSo && reason !== null ? [reason] : []));
}

/** The way to send that is not e-mail; null if there is e-mail. */
function otherWay({ channels }: CallForInputs): WhyNotServed | null {
  const kinds = channels === 'not-stated' ? [] : channels.map(({ kind }) => kind);
  if (kinds.includes('email')) return null;
  return (['web-form', 'post', 'fax'] as const).find((kind) => kinds.includes(kind)) ?? 'no-address-kind';
}

const CONTACT: ReadonlySet<string> = new Set(['email', 'telephone', 'postal-address', 'not-stated']);

/** True if the body requires a way to reach somebody. Nobody who writes is asked for one: the operator is named. */
export function wantsContact({ identity: { asked, details } }: CallForInputs): boolean {
  return asked === 'required' && details.some((detail) => CONTACT.has(detail));
}

/** The operator can be the contact in a mail, by telephone and e-mail: not in the text, in a form, or by post. */
function operatorAnswers({ identity: { details, where } }: CallForInputs): boolean {
  return (where === 'mail' || where === 'not-stated') && !details.includes('postal-address');
}

function isOnly(call: CallForInputs, group: 'states' | 'accredited-ngos'): boolean {
  const { audience } = call;
  return Array.isArray(audience) && audience.every((each) => each === 'states' || each === group);
}

/**
 * For a call that is not served: the form, postal address or fax if answers are taken there; else the page of the call. Null:
 * served, or no page known.
 */
export function whereInstead(call: CallForInputs): string | null {
  const reason = whyNotServed(call);
  if (reason === null) return null;
  const channels = call.channels === 'not-stated' ? [] : call.channels;
  const places = channels.map((channel) => {
    if (channel.kind !== reason) return 'not-stated';
    return channel.kind === 'web-form' ? channel.url : channel.to;
  });
  const pages = call.sources.map((source) => source.url);
  return (
    [...places, ...pages].find((place): place is string => place !== 'not-stated' && typeof place === 'string') ?? null
  );
}
