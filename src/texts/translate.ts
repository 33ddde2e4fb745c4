// Text keys → text in the person's language. Every catalogue is checked at start: a missing key stops it.

import { createInstance } from 'i18next';
import type { Moment, Param, Params, TextRef } from '../dialog/engine/reply.ts';
import { inEvery, isLanguage, LANGUAGE_FACTS, type Language, LANGUAGES } from '../languages.ts';
import { filledTree, isOfBody, type TextTree } from './body.ts';
import { templatesOf } from './catalogues.ts';
import { isolated, isolatedText } from './isolate.ts';
import { knownLocale, momentFormat } from './local-format.ts';
import { callFiller, type CallInTexts } from './terms.ts';

// Fills the {{placeholders}} of texts that i18next does not render: pages of the desk, documents, mails.

const PLACE = /\{\{(\w+)\}\}/g;

/** Fills the {{placeholders}}. A value that looks like one stays as it is. Throws if a value is missing. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(PLACE, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for the place {{${name}}}`);
    return String(value);
  });
}

/** Like `fill`, with every value on one line: people's words cannot begin a new line of a mail. */
export function fillLine(template: string, values: Readonly<Record<string, string>>): string {
  const oneLine = (value: string) => value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return fill(template, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, oneLine(value)])));
}

/** Renders one text. `call`: the catalogue for keys that begin with "call:". Throws on a missing key. */
export type Translate = (language: Language, ref: TextRef, call: string) => string;

/** Looks texts up in one language, with the texts of one call. */
export function sayIn(translate: Translate, language: Language, call: string): (ref: TextRef) => string {
  return (ref) => translate(language, ref, call);
}

export interface Texts {
  readonly translate: Translate;
  /** Registers a call's texts under its hash. */
  addCall(call: CallInTexts & { readonly hash: string }): void;
  hasCall(name: string): boolean;
}

/** `timeZone`: IANA name; times are shown in it and say so if it is UTC. */
export function buildTexts(bot: Readonly<Record<Language, TextTree>>, timeZone: string): Texts {
  const i18n = createInstance();
  void i18n.init({
    lng: 'en',
    fallbackLng: false,
    initAsync: false,
    defaultNS: 'bot',
    ns: ['bot'],
    // People's words are parameters, and are never searched for placeholders.
    interpolation: { escapeValue: false, skipOnVariables: true },
    resources: Object.fromEntries(LANGUAGES.map((language) => [language, { bot: bot[language] }])),
    returnNull: false,
    missingInterpolationHandler(template: string, [place = '', name = '']: readonly string[]) {
      if (isOfBody(name.trim())) throw new Error(`a text that names the body, without a call: ${template}`);
      if (isOfTerms(name.trim())) throw new Error(`a text that says what is published, without a call: ${template}`);
      return place;
    },
  });
  const look = Object.fromEntries(LANGUAGES.map((language) => [language, i18n.getFixedT(language)]));
  const templates = inEvery((language) => templatesOf(bot[language]));
  const shownWith = inEvery((language) => unitFiller(language, templates[language]));
  for (const unit of unitsOf(bot.en)) {
    // Rendering a text inside a formatter would begin the search for places again, in people's words too.
    i18n.services.formatter?.add(unit, (value: unknown, language) => {
      if (!isLanguage(language)) throw new Error(`a number in a language without texts: ${language ?? 'none'}`);
      return shownWith[language](unit, Number(value));
    });
  }
  const ofTerms = new Set(Object.keys(bot.en['terms'] ?? {}));
  const isOfTerms = (name: string) => ofTerms.has(`${name.charAt(0).toLowerCase()}${name.slice(1)}`);
  /** By call: the bot's texts with its body and its terms filled in. */
  const named = new Map<string, string>();
  /** Fills in the texts of one call in one language ("es emler"): when the first of them is shown, as most never are. */
  const unfilled = new Map<string, () => void>();

  // Most texts have no parameters: one entry for each text of the catalogues.
  const fixed = new Map<string, string>();
  const translate: Translate = (language, ref, present) => {
    const call = ref.call ?? present;
    if (ref.params !== undefined) return lookUp(language, ref, call);
    const name = `${language} ${call} ${ref.key}`;
    const known = fixed.get(name);
    if (known !== undefined) return known;
    const text = lookUp(language, ref, call);
    fixed.set(name, text);
    return text;
  };
  const lookUp: Translate = (language, { key, params = {} }, call) => {
    unfilled.get(`${language} ${call}`)?.();
    const [ns, path] = key.startsWith('call:') ? [call, key.slice('call:'.length)] : [named.get(call) ?? 'bot', key];
    const text: unknown = look[language]?.(path, { ns, defaultValue: '', ...show(language, params, call) });
    if (typeof text !== 'string' || text === '') throw new Error(`no text for ${key} in ${language}`);
    return text;
  };
  const show = (language: Language, params: Params, call: string) =>
    Object.fromEntries(Object.entries(params).map(([name, param]) => [name, showParam(language, param, call)]));
  const showParam = (language: Language, param: Param, call: string): string | number => {
    if (typeof param === 'string') return isolated(language, param);
    if (typeof param === 'number') return param;
    if ('list' in param) {
      return param.list
        .map((one) => isolatedText(language, translate(language, one, call)))
        .join(param.by === 'line' ? '\n' : LANGUAGE_FACTS[language].comma);
    }
    if ('at' in param) return showMoment(language, param, timeZone, templates[language]);
    return isolatedText(language, translate(language, param, call));
  };
  return {
    translate,
    addCall({ hash: name, ...call }) {
      const ofBot = `${name}/bot`;
      for (const language of LANGUAGES) {
        unfilled.set(`${language} ${name}`, () => {
          unfilled.delete(`${language} ${name}`);
          const fillIn = callFiller(language, (key) => templates[language].get(key), call);
          const { 'how-used': howUsed = UNSAID, ...texts } = call.catalogues[language];
          i18n.addResourceBundle(language, name, { ...texts, 'how-used': howUsed });
          i18n.addResourceBundle(language, ofBot, filledTree(bot[language], fillIn));
          if (howUsed !== UNSAID) return;
          const instead = templates[language].get('publication.how-unsaid') ?? '';
          i18n.addResource(language, ofBot, 'publication.how-used', fillIn(instead));
        });
      }
      named.set(name, ofBot);
    },
    hasCall: (name) => named.has(name),
  };
}

/** In place of the body's sentence on the use of texts, in a text that then has no place for it. */
const UNSAID = '–';

/** The units that a number may be shown with: "{{words, words}}" is "1 word" or "12 words". */
function unitsOf({ units }: TextTree): readonly string[] {
  return typeof units === 'object' && !Array.isArray(units)
    ? [...new Set(Object.keys(units).map((key) => key.replace(/_[a-z]{1,5}$/u, '')))]
    : [];
}

/** The text of the number's plural form, "units.words_one", or else of "other". */
function unitFiller(
  language: Language,
  templates: ReadonlyMap<string, string>,
): (unit: string, count: number) => string {
  const rules = new Intl.PluralRules(knownLocale(language));
  return (unit, count) => {
    const form = templates.get(`units.${unit}_${rules.select(count)}`) ?? templates.get(`units.${unit}_other`);
    if (form === undefined) throw new Error(`no text for units.${unit}_other in ${language}`);
    return fill(form, { count });
  };
}

/** A zone that is not the operator's is named: "23:59 (Geneva time)", "23:59 (Brasilia Time)". */
function showMoment(
  language: Language,
  { at, show, zone }: Moment,
  timeZone: string,
  templates: ReadonlyMap<string, string>,
): string {
  const options: Intl.DateTimeFormatOptions =
    show === 'date'
      ? { dateStyle: 'long' }
      : {
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
          timeZoneName: zone === undefined ? 'short' : 'longGeneric',
        };
  const shown = momentFormat(language, { ...options, timeZone: zone ?? timeZone })(new Date(at));
  // "1 novembre" is read aloud as "le premier", and written so.
  if (show === 'date') return shown.replace(/^1(?= )/u, templates.get('dates.first') ?? '1');
  if (zone === undefined) return shown;
  const [time = '', ...name] = shown.split(' ');
  const place = zone.replace(/^.*\//u, '').replaceAll('_', ' ');
  const own = templates.get(`zones.${zone}`) ?? LANGUAGE_FACTS[language].clocks?.replace('…', place);
  return `${time} (${own ?? name.join(' ')})`;
}
