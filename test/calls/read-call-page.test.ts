// What call:new finds on the pages of real calls, counted against what people found on them. The table is printed if a
// figure falls, and with PRINT_TABLE=1.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod';
import type { CallForInputs } from '../../src/calls/call.ts';
import { loadCalls } from '../../src/calls/load-calls.ts';
import { readPage } from '../../src/calls/page/page.ts';
import type { Heading } from '../../src/calls/page/page-words.ts';
import { type CallPage, callsOn, readCallPage, WORDS } from '../../src/calls/page/read-call-page.ts';
import { fixtureCall } from '../fixtures/calls/fixture-call.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PAGES = join(ROOT, 'test/fixtures/pages');

type Stated = Readonly<Record<string, unknown>>;

const pages = z
  .array(
    z.strictObject({
      page: z.string(),
      part: z.string().optional(),
      definition: z.string().optional(),
      notes: z.string().optional(),
      stated: z.record(z.string(), z.unknown()).default({}),
      notOnPage: z.record(z.string(), z.string()).default({}),
    }),
  )
  .parse(JSON.parse(readFileSync(join(PAGES, 'stated.json'), 'utf8')));

const textOf = (page: string) => readFileSync(join(PAGES, `${page}.txt`), 'utf8');

function callOf(id: string): CallForInputs {
  if (id !== 'emler-2024') return fixtureCall(id);
  const call = loadCalls(join(ROOT, 'dialogs'), join(ROOT, 'locales')).calls.find((each) => each.id === id);
  if (call === undefined) throw new Error('dialogs/emler-2024 is gone');
  return call;
}

/** What a definition states, by property; the order of a list and the names of topics are ours. */
function statedIn(call: CallForInputs): Stated {
  const { response, subject, channels, deadline, sources, issuers, scope, limit, formats, publication } = call;
  const { identity, joint, attachments, layout, afterwards, audience, languages, links } = call;
  const points =
    response.kind === 'topics'
      ? response.topics.length
      : response.kind === 'questionnaire'
        ? response.questionnaires.flatMap(({ questions }) => questions).length
        : 0;
  const kinds = typeof channels === 'string' ? [] : channels;
  const { assume: _, ...dated } = typeof deadline === 'string' ? { assume: undefined } : deadline;
  const blocks = { scope, limit, formats, publication, identity, joint, attachments, layout, afterwards };
  const flat = Object.entries({ ...blocks, deadline: dated }).flatMap(([block, values]) =>
    Object.entries(values).map(([key, value]) => [`${block}.${key}`, value] as const),
  );
  return clean({
    ...Object.fromEntries(flat),
    ...{ title: sources[0]?.title, issuers: issuers.join(' · '), audience, languages, links },
    ...{ 'response.kind': response.kind, 'response.compulsory': response.compulsory },
    'response.anything-else': response['anything-else'],
    lenses: response.kind === 'topics' ? response.lenses : [],
    points: points > 1 ? points : undefined,
    channels: kinds.map(({ kind }) => kind),
    account: kinds.flatMap((channel) => (channel.kind === 'web-form' ? [channel.account] : []))[0],
    subject: subject.kind === 'literal' ? subject.text : undefined,
  });
}

function foundOn({ facts }: CallPage): Stated {
  const one = facts.filter(({ path }) => !['point', 'channels', 'stem', 'how-used'].includes(path));
  return clean({
    ...Object.fromEntries(one.map(({ path, value }) => [path, value])),
    issuers: one.flatMap(({ path, value }) => (path === 'issuers' ? [String(value)] : []))[0],
    points: facts.filter(({ path }) => path === 'point').length || undefined,
    channels: facts.flatMap(({ path, value }) => (path === 'channels' ? [value] : [])),
  });
}

function clean(stated: Stated): Stated {
  const listed = Object.entries(stated).flatMap(([key, value]): [string, unknown][] => {
    const isList = Array.isArray(value) && value.every((each) => typeof each === 'string');
    const kept: unknown = isList ? value.filter((each) => each !== 'not-stated').sort() : bare(value);
    const isSilent = kept === undefined || kept === 'not-stated' || (Array.isArray(kept) && kept.length === 0);
    return isSilent ? [] : [[key, kept]];
  });
  return Object.fromEntries(listed.sort(([one], [other]) => one.localeCompare(other)));
}

/** Without what is not stated inside. */
function bare(value: unknown): unknown {
  return value === undefined || value === 'not-stated'
    ? undefined
    : JSON.parse(JSON.stringify(value, (_, inner: unknown) => (inner === 'not-stated' ? undefined : inner)));
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

interface Row {
  readonly page: string;
  readonly property: string;
  readonly outcome: 'found' | 'missed' | 'wrong' | 'invented';
  readonly stated: unknown;
  readonly read: unknown;
}

const rows: readonly Row[] = pages.flatMap(({ page, part, definition, stated, notOnPage }) => {
  const text = part === undefined ? textOf(page) : (callsOn(textOf(page))[part.charCodeAt(0) - 97] ?? '');
  const read = foundOn(readCallPage(text));
  const defined = definition === undefined ? {} : statedIn(callOf(definition));
  const truth = clean({ ...defined, ...stated });
  const silent = new Set(Object.keys(notOnPage));
  const properties = [...new Set([...Object.keys(truth), ...Object.keys(read)])].filter(
    (each) => !silent.has(each) || each in read,
  );
  return properties.map((property): Row => {
    const [says, reads] = [silent.has(property) ? undefined : truth[property], read[property]];
    const outcome =
      says === undefined ? 'invented' : reads === undefined ? 'missed' : same(says, reads) ? 'found' : 'wrong';
    return { page: `${page}${part ?? ''}`, property, outcome, stated: says, read: reads };
  });
});

const count = (outcome: Row['outcome'], among: readonly Row[] = rows) =>
  among.filter((row) => row.outcome === outcome).length;

function table(): string {
  const properties = [...new Set(rows.map(({ property }) => property))].sort();
  const lines = properties.map((property) => {
    const of = rows.filter((row) => row.property === property);
    const figures = [count('found', of), count('missed', of), count('wrong', of) + count('invented', of)];
    return [property.padEnd(32), ...figures.map((figure) => String(figure).padStart(7))].join('');
  });
  const other = rows.filter(({ outcome }) => outcome !== 'found');
  return [
    `${'property'.padEnd(32)}  found missed  wrong`,
    ...lines,
    ...other.map(({ outcome, ...row }) => `${outcome}: ${JSON.stringify(row)}`),
  ].join('\n');
}

describe('the pages of real calls', () => {
  it('give nine of ten things that they state, and nothing that they do not', () => {
    if (process.env['PRINT_TABLE'] === '1') console.log(table());
    expect(rows.length, table()).toBeGreaterThan(300);
    expect(count('found') / (count('found') + count('missed') + count('wrong')), table()).toBeGreaterThanOrEqual(0.95);
    expect(count('wrong') + count('invented'), table()).toBe(0);
  });

  it('are all read', () => {
    expect(new Set(pages.map(({ page }) => page)).size).toBe(24);
  });
});

test('a page without a call in it states nothing', () => {
  const { facts } = readCallPage(
    'Our garden\n\nIt has 2,500 roses and a gate in Word street. It opens on 24 May 2024.\n',
  );
  expect(facts.map(({ path }) => path)).toEqual(['title']);
});

describe('the headings of such pages', () => {
  const HEADINGS: readonly (readonly [Heading, ...string[]])[] = [
    ['issuer', 'Issued by', 'Publié par', 'Emitido por', 'Publicado por'],
    ['deadline', 'Deadline', 'Deadline for inputs', 'Date limite', 'Fecha límite', 'Data limite', 'Prazo final'],
    [
      'questions',
      'Key questions and types of input/comments sought',
      'Preguntas clave y tipo de aportes/comentarios solicitados',
    ],
    [
      'questions',
      'Questions clés et types de contributions/commentaires recherchés',
      'Perguntas-chave e tipos de contribuições/comentários solicitados',
    ],
    [
      'next',
      'How and where to submit inputs',
      'Cómo y dónde enviar las contribuciones',
      'Comment et où soumettre les contributions',
    ],
    [
      'use',
      'How inputs will be used',
      'Tratamiento de las aportaciones',
      'Utilisation des contributions',
      'Como as contribuições serão usadas',
    ],
    [
      'email',
      'Email address',
      'Correo electrónico',
      'Dirección electrónica',
      'Adresse électronique',
      'Endereço de e-mail',
    ],
    ['subject', 'Email subject line', 'Asunto del correo', 'Objet du courriel', 'Ligne d’objet', 'Assunto do e-mail'],
    ['limit', 'Word limit', 'Word/page limit', 'Límite de palabras/páginas', 'Limite de mots', 'Limite de palavras'],
    ['formats', 'File formats', 'Formato del documento', 'Formats de fichier', 'Formatos de arquivo'],
    ['languages', 'Accepted languages', 'Idiomas aceptados', 'Langues acceptées', 'Idiomas aceitos', 'Línguas aceites'],
  ];

  it.each(HEADINGS.flatMap(([heading, ...lines]) => lines.map((line) => [line, heading] as const)))(
    '%s',
    (line, heading) => {
      for (const text of [line, `${line}:`, `${line} : x`, line.toUpperCase()])
        expect([...readPage(text, WORDS).headings.keys()], text).toEqual([heading]);
    },
  );

  it('are none in the middle of a sentence', () => {
    expect(
      readPage('The deadline was moved. Our languages are many, and the word limit is none.', WORDS).headings.size,
    ).toBe(0);
  });
});

test('every sentence about publication is read, or put to a person', () => {
  const page = readCallPage(textOf('like-parliament'));
  expect(page.facts.filter(({ path }) => path.startsWith('publication.'))).toEqual([]);
  expect(page.doubts.filter(({ about }) => about === 'publication').map(({ sentence }) => sentence?.text)).toEqual([
    "Evidence will normally be published on the Committee's website.",
    'If you would prefer that your submission is not published, please contact the Committee secretariat.',
  ]);
});

test('several calls on one page are read one by one, each with its own lines', () => {
  const calls = callsOn(textOf('iachr-2024'));
  expect(calls.map((call) => readCallPage(call).facts.find(({ path }) => path === 'deadline.date')?.value)).toEqual([
    ...['2024-11-08', '2024-12-27', '2024-02-04', undefined],
  ]);
  expect(callsOn(textOf('emler-2024'))).toHaveLength(1);
});

test('no address is in any value', () => {
  for (const { page } of pages)
    for (const call of callsOn(textOf(page)))
      expect(JSON.stringify(readCallPage(call).facts.map(({ path, value }) => [path, value])), page).not.toMatch(
        /@|email.protected/u,
      );
});
