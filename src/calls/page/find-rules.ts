// The rules that a submission has to keep: limit, formats, languages, subject, deadline.

import { ADDRESS, type Doubt, either, type Fact, fact, has, NOTHING, type Reading } from './facts.ts';
import { findDeadline } from './find-deadline.ts';
import type { Page } from './page.ts';
import type { PageWords } from './page-words.ts';

export function findRules(page: Page, words: readonly PageWords[]): Reading {
  const parts = [findLimit, findFormats, findLanguages, findSubject, findDeadline].map((find) => find(page, words));
  return { facts: parts.flatMap(({ facts }) => facts), doubts: parts.flatMap(({ doubts }) => doubts) };
}

function findLimit({ sentences }: Page, words: readonly PageWords[]): Reading {
  const numbers = words.flatMap((each) => each.numbers.split(' ').map((forms, index) => [forms, index + 1] as const));
  const number = `(?<n>\\d{1,3}(?:[ .,]\\d{3})+|\\d{1,6}|${numbers.map(([forms]) => forms).join('|')})`;
  const facts: Fact[] = [];
  for (const unit of ['words', 'pages'] as const) {
    const counted = new RegExp(`(?<![\\d.,])\\b${number}\\s+(?:${either(words, unit)})\\b`, 'gu');
    for (const sentence of sentences) {
      const isLimit = sentence.under === 'limit' && sentence.isValue;
      const at = [...sentence.plain.matchAll(counted)].find(
        ({ index, 0: found }) => isLimit || isAtMost(sentence.plain, index, index + found.length),
      );
      const said = at?.groups?.['n'] ?? '';
      const value = /^\d/u.test(said)
        ? Number(said.replace(/[ .,]/gu, ''))
        : numbers.find(([forms]) => has(said, `^(?:${forms})$`))?.[1];
      if (at === undefined || value === undefined || value === 0) continue;
      facts.push(fact(`limit.${unit}`, value, sentence));
      break;
    }
  }
  return { facts, doubts: [] };

  function isAtMost(plain: string, from: number, to: number): boolean {
    const near = `(?:${either(words, 'atMost')})`;
    return (
      has(plain.slice(Math.max(0, from - 60), from), `\\b${near}[^.;]{0,30}$`) ||
      has(plain.slice(to, to + 20), `^[^.;]{0,6}${near}`)
    );
  }
}

const FORMATS: readonly (readonly [string, RegExp])[] = [
  ['docx', /\b(?:ms |microsoft )?word\b|\.?\bdocx?\b/u],
  ['pdf', /\bpdf\b/u],
  ['rtf', /\brich text\b|\brtf\b|texte? enrichi/u],
  ['odt', /\bodt\b|open ?document/u],
  ['txt', /\bplain text\b|\btxt\b|texto plano/u],
];

const WISH =
  'if possible|preferabl|si possible|de preference|si es posible|preferentemente|preferible|se possivel|de preferencia';

function findFormats({ sentences }: Page, words: readonly PageWords[]): Reading {
  const accepts = `(?:${either(words, 'inFormat')})`;
  const refuses = `(?:${either(words, 'notFormat')})`;
  const doubts: Doubt[] = [];
  for (const sentence of sentences) {
    const isValue = sentence.under === 'formats' && sentence.isValue;
    if (has(sentence.plain, either(words, 'download'))) continue;
    const from = isValue
      ? 0
      : sentence.plain.search(
          new RegExp(
            `(?:${accepts})(?:word|pdf|rich text|rtf|odt)(?= (?:format|document|file|or|and|ou|o|y|e|et|a|to|by|via|par|por) ?| ?[.,;()/-]|$)|\\b(?:word|pdf)(?: or pdf)? (?:format|document)\\b`,
            'u',
          ),
        );
    if (from < 0) continue;
    const plain = sentence.plain.slice(from);
    const named = FORMATS.filter(([, form]) => form.test(plain));
    // A wish is no refusal.
    const isWish = has(sentence.plain, WISH);
    const unwanted = named.filter(([, form]) => has(plain, `${refuses}(?:${form.source})`)).map(([format]) => format);
    const accepted = named.map(([format]) => format).filter((format) => !unwanted.includes(format));
    const refused = isWish ? [] : unwanted;
    if (isValue && has(plain, `^(?:${either(words, 'mistranslated')})\\b`))
      doubts.push({
        about: 'formats',
        why: 'this is no format: is the page a machine translation? Copy nothing from it',
        sentence,
      });
    if (named.length === 0) continue;
    return {
      facts: [
        ...(accepted.length > 0 ? [fact('formats.accepted', accepted, sentence)] : []),
        ...(refused.length > 0 ? [fact('formats.refused', refused, sentence)] : []),
      ],
      doubts,
    };
  }
  return { facts: [], doubts };
}

function findLanguages({ sentences }: Page, words: readonly PageWords[]): Reading {
  const names = words.flatMap(({ languages }) => Object.entries(languages));
  for (const sentence of sentences) {
    const isValue = sentence.under === 'languages' && sentence.isValue;
    if (has(sentence.plain, either(words, 'download'))) continue;
    const listed = new RegExp(
      `(?:${either(words, 'submittedIn')}) (?=(?:${names.map(([, name]) => name).join('|')}))`,
      'u',
    ).exec(sentence.plain);
    if (!isValue && listed === null) continue;
    const plain = listed === null ? sentence.plain : sentence.plain.slice(listed.index + listed[0].length);
    const tags = [
      ...new Set(
        names
          .flatMap(([tag, name]) =>
            [...plain.matchAll(new RegExp(`\\b(?:${name})\\b`, 'gu'))].map(({ index }) => ({ tag, index })),
          )
          .sort((one, other) => one.index - other.index)
          .map(({ tag }) => tag),
      ),
    ];
    if (tags.length > 0) return { facts: [fact('languages', tags, sentence)], doubts: [] };
  }
  return NOTHING;
}

function findSubject({ sentences, headings }: Page, words: readonly PageWords[]): Reading {
  const isCopy = sentences.some(
    ({ plain, under, isValue }) =>
      under === 'formats' && isValue && has(plain, `^(?:${either(words, 'mistranslated')})\\b`),
  );
  const mailLines = sentences
    .filter(({ under, text }) => under === 'email' || ADDRESS.test(text))
    .map(({ line }) => line)
    .concat(headings.get('email') ?? []);
  for (const sentence of sentences) {
    const quoted = new RegExp(`(?:${either(words, 'subjectIs')})[^"]{0,30}"([^"]{3,150})"`, 'u').exec(sentence.plain);
    const isNear = mailLines.some((line) => Math.abs(line - sentence.line) <= 4);
    const isValue = sentence.under === 'subject' && sentence.isValue && isNear;
    if (!isValue && quoted === null) continue;
    if (isCopy)
      return {
        facts: [],
        doubts: [
          {
            about: 'subject',
            why: 'the page may be a machine translation, and this its subject line translated. Copy it from the page of the body',
            sentence,
          },
        ],
      };
    const end = sentence.text.search(/\s+<-/u);
    const text =
      quoted === null
        ? sentence.text.slice(0, end < 0 ? undefined : end)
        : sentence.text.slice(
            quoted.index + quoted[0].length - 1 - (quoted[1] ?? '').length,
            quoted.index + quoted[0].length - 1,
          );
    return { facts: [fact('subject', text.trim(), sentence)], doubts: [] };
  }
  return NOTHING;
}
