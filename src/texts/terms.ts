// The call's terms of publication in the texts: "{{untilEnd}}", "{{AsNamed}}". Each is one of the phrases of bot.json under
// `terms`, chosen by what the body does with texts. They are filled in once for a call, like the body's name, so that no
// text can promise what the call does not grant, nor say that its readers want what it does not ask for.

import type { CallForInputs } from '../calls/call.ts';
import type { CallCatalogue } from '../calls/catalogue.ts';
import { isPartial, termsOf } from '../calls/publication.ts';
import type { Language } from '../languages.ts';
import { bodyFiller } from './body.ts';

/** The text of a key of bot.json. */
type Look = (key: string) => string | undefined;

const TERMS = 'terms';

/** A capital ("{{AsNamed}}") begins a sentence. */
const PLACE = /\{\{(\p{Lu}?)(\w+)\}\}/gu;

/** Fills the places that are phrases of the terms; other places stay. */
function termsFiller(look: Look, names: readonly string[]): (template: string) => string {
  const phrases = new Map<string, string | undefined>();
  const phraseOf = (place: string) => {
    if (!phrases.has(place)) phrases.set(place, findPhrase(look, place, names));
    return phrases.get(place);
  };
  return (template) =>
    template.includes('{{')
      ? template.replace(PLACE, (whole, first: string, rest: string) => {
          const phrase = phraseOf(first === '' ? rest : `${first.toLowerCase()}${rest}`);
          if (phrase === undefined) return whole;
          return first === '' ? phrase : `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}`;
        })
      : template;
}

/** The names of a phrase for these terms, from the most exact to the least. */
function variantsOf(call: CallInTexts['call']): readonly string[] {
  const { publishes, wish } = termsOf(call);
  const whole = [`${publishes}-${wish}`, publishes, wish, ...(wish === 'by-form' ? ['request'] : [])];
  // Single answers may be refused.
  return isPartial(call) ? [`${wish}-in-part`, ...whole] : whole;
}

/** The phrases of its body that a call has; `open`: for a call without the one that is needed. */
function statedBy({ body }: CallCatalogue): readonly string[] {
  const has = {
    wants: body?.wants,
    spared: body?.spared,
    matters: body?.spared === undefined ? undefined : body.matters,
  };
  return [...Object.entries(has).flatMap(([name, phrase]) => (phrase === undefined ? [] : [name])), 'open'];
}

function findPhrase(look: Look, place: string, names: readonly string[]): string | undefined {
  return names.map((name) => look(`${TERMS}.${place}.${name}`)).find((phrase) => phrase !== undefined);
}

/** A call as its texts need it. */
export interface CallInTexts {
  readonly call: Pick<CallForInputs, 'publication'>;
  readonly catalogues: Readonly<Record<Language, CallCatalogue>>;
}

/** Fills everything that is the same for all people of a call: its terms, and the body that asks. */
export function callFiller(
  language: Language,
  look: Look,
  { call, catalogues }: CallInTexts,
): (template: string) => string {
  const terms = termsFiller(look, [...variantsOf(call), ...statedBy(catalogues[language])]);
  const body = bodyFiller(language, catalogues[language]);
  // Some phrases consist of others.
  return (template) => body(terms(terms(template)));
}
