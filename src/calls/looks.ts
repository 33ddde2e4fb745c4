// Points that a person should look at before a call is open. The call is served all the same.

import { type CallForInputs, deadlineOf, emailChannelOf, languagesUnread } from './call.ts';
import type { CallCatalogue } from './catalogue.ts';
import { termsOf } from './publication.ts';
import { readCallPage } from './page/read-call-page.ts';
import type { Gap } from './texts-sheet.ts';
import { isLanguage, type Language, LANGUAGE_FACTS, LANGUAGES } from '../languages.ts';

/** Facts of this installation, in addition to a call's file. */
export interface Here {
  /** The verified addresses that its texts would be sent to; null if they are not known. */
  readonly recipients: readonly string[] | null;
  /** The invented address of a trial, if one has run on this data, and no address is verified. */
  readonly trial?: string;
  /** The languages from which somebody, or a service, translates. */
  readonly translated: readonly Language[];
}

/** In plain sentences, for operators. */
export function looksAt(
  call: CallForInputs,
  catalogues: Partial<Record<Language, CallCatalogue>>,
  gaps: readonly Gap[],
  here: Here = { recipients: null, translated: LANGUAGES },
): readonly string[] {
  return [
    ...sourceLooks(call),
    ...deadlineLooks(call),
    ...addressLooks(call, here),
    ...translationLooks(call, here),
    ...publicationLooks(call),
    ...formLooks(call),
    ...textLooks(call, catalogues, gaps),
  ];
}

function sourceLooks({ sources, status, previewed }: CallForInputs): readonly string[] {
  const official = sources.filter((source) => source.official);
  return [
    ...(official.length > 0 ? [] : ["no source is the body's own page: copies translate what must stay as it is"]),
    ...(official.length === 0 || official.some(({ url }) => url !== 'not-stated')
      ? []
      : ["the body's own page has no url"]),
    ...(status === 'open' && previewed === undefined
      ? [
          'it is open, but nobody has signed a preview: npm run -s griot -- call preview, then previewed: { by: …, on: … }',
        ]
      : []),
  ];
}

function deadlineLooks(call: CallForInputs): readonly string[] {
  const { deadline } = call;
  if (typeof deadline === 'string' || deadlineOf(call)?.assumed !== true) return [];
  const { time, zone } = deadline.assume ?? {};
  return [`hour or zone of the deadline are assumed: ${[time, zone].filter((each) => each !== undefined).join(' ')}`];
}

function addressLooks(call: CallForInputs, { recipients }: Here): readonly string[] {
  const email = emailChannelOf(call);
  if (email === null || (recipients !== null && recipients.length > 0)) return [];
  if (recipients !== null)
    return ['no verified address, in the file or on record: nothing is sent; griot call address records one'];
  if (email.addresses === 'not-stated')
    return ['no address in the file; griot call address lists those on record, and records one'];
  const open = email.provenance.filter(({ verified }) => verified === 'no').map(({ address }) => address);
  return open.length > 0 ? [`not verified: ${open.join(', ')}`] : [];
}

function translationLooks(call: CallForInputs, { translated }: Here): readonly string[] {
  const nobody = languagesUnread(call).filter((language) => !translated.includes(language));
  if (nobody.length === 0 || emailChannelOf(call) === null) return [];
  return [
    `the body does not read ${nobody.join(', ')}, and nobody translates that here but its authors: TRANSLATED_BY_STAFF or TRANSLATE_URL`,
  ];
}

/** Columns that a page holds without breaking every word. */
const COLUMNS = 5;

/** Parts of the document that differ from what is asked for. */
function formLooks({ layout, response }: CallForInputs): readonly string[] {
  const columns = response.kind === 'table' ? response.columns.length : 0;
  return [
    ...(layout.font === 'not-stated'
      ? []
      : [`the Word file names the font ${layout.font}; a PDF has the nearest of ours, with or without serifs`]),
    ...(columns > COLUMNS ? [`a table of ${columns} columns is narrow on a page that stands upright`] : []),
  ];
}

/** Terms that do not go together: the bot then promises the less. */
function publicationLooks(call: CallForInputs): readonly string[] {
  const { default: by, 'opt-out': optOut, 'opt-out-where': where, partial } = call.publication;
  const refused = termsOf(call).wish === 'refused';
  return [
    ...(by === 'always' && optOut === 'yes'
      ? ['publication.default: always and opt-out: yes contradict each other; nobody is offered "confidential"']
      : []),
    ...(by === 'never' && (optOut === 'yes' || partial === 'yes')
      ? ['publication.default: never leaves nothing to opt out of, nobody is asked']
      : []),
    ...(refused && where !== 'not-stated'
      ? ['publication.opt-out-where says where a refusal stands, but nobody may refuse']
      : []),
    ...(where === 'form' && optOut === 'yes'
      ? ["publication.opt-out-where: form is the body's own form, which the bot cannot fill in; it promises nothing"]
      : []),
  ];
}

function textLooks(
  call: CallForInputs,
  catalogues: Partial<Record<Language, CallCatalogue>>,
  gaps: readonly Gap[],
): readonly string[] {
  const written = Object.entries(catalogues);
  const inAll = (what: (catalogue: CallCatalogue) => boolean) =>
    written.filter(([, catalogue]) => what(catalogue)).map(([language]) => language);
  const unreviewed = inAll(({ reviewed }) => !reviewed);
  const unnamed = inAll(({ body }) => body === undefined);
  return [
    ...(unreviewed.length > 0 ? [`no native reader has reviewed: ${unreviewed.join(', ')}`] : []),
    ...(unnamed.length > 0
      ? [`the body has no phrases (body.name and so on) in: ${unnamed.join(', ')}; the bot speaks of “the body …”`]
      : []),
    ...gapLooks(gaps),
    ...written.flatMap(([language, catalogue]) => termLooks(call, language, catalogue)),
  ];
}

function gapLooks(gaps: readonly Gap[]): readonly string[] {
  const said = (of: readonly Gap[], what: (language: string) => string) =>
    [...new Set(of.map(({ language }) => language))].map((language) => {
      const names = of.filter((gap) => gap.language === language).map(({ name, line }) => `${name} (line ${line})`);
      const more = names.length > 4 ? ` and ${names.length - 4} more` : '';
      return `${what(language)}: ${names.slice(0, 4).join(', ')}${more}`;
    });
  const none = gaps.flatMap(({ why, language }) => (why === 'all missing' && isLanguage(language) ? language : []));
  return [
    ...none.map(
      (language) =>
        `${language} has no text of its own at all: its speakers are shown those of ${LANGUAGE_FACTS[language].fallback ?? 'no language'}`,
    ),
    ...said(
      gaps.filter(({ why }) => why === 'missing'),
      (language) => `${language} has no text of its own for`,
    ),
    ...said(
      gaps.filter(({ why }) => why === 'too long'),
      (language) => `too long in ${language}, its questions are shown instead`,
    ),
  ];
}

/** The body's sentence, read as call:new reads it, says something else than the terms of the file. */
function termLooks({ publication }: CallForInputs, language: string, catalogue: CallCatalogue): readonly string[] {
  const { 'how-used': said } = catalogue;
  if (said === undefined)
    return [`how-used in ${language} is empty: people hear that the call does not say how texts are used`];
  const read = readCallPage(said).facts.find(({ path }) => path === 'publication.default')?.value;
  if (typeof read !== 'string' || read === publication.default) return [];
  return [`how-used in ${language} sounds like publication.default: ${read}, the file says ${publication.default}`];
}
