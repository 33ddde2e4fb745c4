// The country that a text is about, if its call wants to know.

import type { CallForInputs } from './schema.ts';

/** The only countries that the call is about, as it writes them; none if it is about every country. */
export function countriesOf({ scope }: CallForInputs): readonly string[] {
  return Array.isArray(scope.countries) ? scope.countries : [];
}

/** The country of every text, if the call is about one only. */
export function onlyCountryOf(call: CallForInputs): string | null {
  const [first, ...others] = countriesOf(call);
  return first === undefined || others.length > 0 ? null : first;
}

/** True if each text has to say its country: the call says so, is about several, or wants it in the subject or with the name. */
export function asksCountry(call: CallForInputs): boolean {
  const { scope, subject, identity } = call;
  if (onlyCountryOf(call) !== null) return false;
  if (scope.countries === 'one-per-submission' || countriesOf(call).length > 0) return true;
  return identity.details.includes('country') || (subject.kind === 'pattern' && subject.pattern.includes('{country}'));
}
