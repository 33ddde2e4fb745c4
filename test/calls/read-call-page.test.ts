// What call:new finds on the pages of real calls, counted against what people found on them. The table is printed if a
// figure falls, and with PRINT_TABLE=1.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod';
import type { CallForInputs } from '../../src/calls/call.ts';
import { loadCalls } from '../support/load-calls.ts';
import { fold, readPage } from '../../src/calls/page/page.ts';
import type { Heading } from '../../src/calls/page/page-words.ts';
import { WORDS } from '../../src/calls/page/page-words.ts';
import { conditionsOf } from '../../src/calls/page/find-conditions.ts';
import { type CallPage, callsOn, readCallPage } from '../../src/calls/page/read-call-page.ts';
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
    conditions: conditionsIn(facts),
  });
}

/** "1.1 after yes to 1", by the numbers of the page. */
function conditionsIn(facts: CallPage['facts']): readonly string[] {
  const points = facts.flatMap(({ path, sentence }) => (path === 'point' ? [sentence] : []));
  return conditionsOf(points, WORDS).flatMap((condition, index) =>
    condition === null || condition === 'unclear'
      ? []
      : [`${points[index]?.mark ?? ''} after ${condition.answer} to ${points[condition.question]?.mark ?? ''}`],
  );
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
    expect(new Set(pages.map(({ page }) => page)).size).toBe(26);
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

test.each([
  'The deadline is 15 October 2026, 17:00 Quito time.',
  'Date limite : 15 octobre 2026, 17 h 00 (heure locale)',
  'Fecha límite: 15 de octubre de 2026, 17:00 (hora de Quito)',
  'Prazo: 15 de outubro de 2026, 17:00 (horário de Luanda)',
])('clocks that are not known are put to a person: %s', (line) => {
  const { value, doubts } = readLines(line);
  expect([value('deadline.zone'), doubts]).toEqual([undefined, [expect.stringMatching(/^deadline: /u)]]);
});

test('several calls on one page are read one by one, each with its own lines', () => {
  const calls = callsOn(textOf('iachr-2024'));
  expect(calls.map((call) => readCallPage(call).facts.find(({ path }) => path === 'deadline.date')?.value)).toEqual([
    ...['2024-11-08', '2024-12-27', '2024-02-04', undefined],
  ]);
  expect(callsOn(textOf('emler-2024'))).toHaveLength(1);
});

describe('parts of a question are no calls of their own', () => {
  /** With the deadline and the way to send above and below, as on the pages of the UN. */
  const page = (...parts: readonly string[]) =>
    [
      ...['Call for inputs on the families of the dead', '', 'Deadline', '16 April 2027', ''],
      ...['The expert would welcome information on the following questions:', ''],
      ...['1. How did relatives learn of the investigation?', ''],
      ...['2. Were relatives able to take part?', ...parts, ''],
      ...['3. What obstacles did they meet?', '', 'Inputs should be sent by e-mail in Word format.'],
      ...['They must be received by 16 April 2027, 18:00. They should not exceed five pages.'],
    ].join('\n');

  it.each(['(a) (b)', 'a. b.', 'a) b)', '(i) (ii)', 'i. ii.', 'i) ii)'].map((marks) => marks.split(' ')))(
    '%s %s',
    (one = '', other = '') => {
      const text = page(`${one} If so, in which steps?`, `${other} Who represented them?`);
      expect(callsOn(text)).toEqual([text]);
      const { facts } = readCallPage(text);
      const points = facts.flatMap(({ path, sentence }) => (path === 'point' ? [sentence.mark] : []));
      expect(points).toEqual(['1.', '2.', one, other, '3.']);
      expect(facts.find(({ path }) => path === 'limit.pages')?.value).toBe(5);
      for (const lead of ['If so:', 'If yes:']) {
        const headed = readCallPage(page(lead, `${one} In which steps?`, `${other} Who represented them?`));
        expect(conditionsIn(headed.facts)).toEqual([`${one} after yes to 2.`, `${other} after yes to 2.`]);
      }
    },
  );

  it.each([
    ['Si oui :', '(a) À quelles étapes ?', '(b) Qui les représentait ?'],
    ['En caso afirmativo:', '(a) ¿En qué etapas?', '(b) ¿Quién los representó?'],
    ['Em caso afirmativo:', '(a) Em que etapas?', '(b) Quem os representou?'],
  ])('after %s', (...parts) => expect(callsOn(page(...parts))).toHaveLength(1));

  it('also if parts name mail and days, and if the list is below a line that announces it', () => {
    for (const text of [
      page('(a) Was a complaint sent by e-mail by 3 May 2026?', '(b) Was it answered by e-mail by 5 June 2026?'),
      [
        'A call',
        '',
        'Send texts by e-mail by 3 May 2027.',
        'The expert asks:',
        '(a) Who helped?',
        '(b) Who did not?',
        '',
      ].join('\n'),
    ])
      expect(callsOn(text)).toEqual([text]);
  });

  it('and Roman numbers below letters are parts of these', () => {
    const text = page('(a) Were they heard? If so:', '(i) By whom?', '(ii) When?', '(b) Were they represented?');
    expect(conditionsIn(readCallPage(text).facts)).toEqual(['(i) after yes to (a)', '(ii) after yes to (a)']);
  });
});

describe('the title of a page that was copied with its menus', () => {
  it.each([
    ['OHCHR homepage', 'Call for input for the report on the families of the dead'],
    ['Home', 'Joint call for written contributions: families'],
    ['Page d’accueil', 'Appel à contributions : les familles des personnes tuées'],
    ['Página de inicio', 'Convocatoria para la presentación de aportes: las familias'],
    ['Página inicial', 'Chamada para contribuições: as famílias'],
  ])('%s', (menu, title) => {
    for (const menus of [
      ['Skip to main content', menu],
      [menu, 'Special Procedures', 'Topics', 'About us', 'Contact', 'News'],
    ]) {
      const text = [
        ...menus,
        '',
        'Calls for input | Special Procedures',
        '',
        title,
        '',
        'Issued by',
        'The Independent Expert',
      ];
      const { facts, doubts } = readCallPage(text.join('\n'));
      expect(facts.find(({ path }) => path === 'title')?.value).toBe(title);
      expect(doubts.filter(({ about }) => about === 'title')).toEqual([]);
    }
  });

  it('is put to a person if no line begins as one, and so is a body that is named in a sentence only', () => {
    const text = 'Our work\n\nFamilies and justice\n\nThe Committee on Justice invites families to submit inputs.\n';
    const { doubts } = readCallPage(text);
    expect(doubts.map(({ about }) => about)).toEqual(['title', 'issuers']);
  });
});

test('no address is in any value', () => {
  for (const { page } of pages)
    for (const call of callsOn(textOf(page)))
      expect(JSON.stringify(readCallPage(call).facts.map(({ path, value }) => [path, value])), page).not.toMatch(
        /@|email.protected/u,
      );
});

/** A page of these lines, and what is read from it. */
function readLines(...lines: readonly string[]) {
  const { facts, doubts } = readCallPage(`A call for inputs\n\n${lines.join('\n')}\n`);
  const value = (path: string) => facts.find((each) => each.path === path)?.value;
  const points = facts.filter(({ path }) => path === 'point').map(({ value: point }) => point);
  return { value, points, doubts: doubts.map(({ about, sentence }) => `${about}: ${sentence?.text ?? ''}`) };
}

describe('nothing dangerous is passed over in silence', () => {
  it.each([
    'Submissions now online (see below)',
    'Les contributions se font en ligne.',
    'Los aportes se envían en línea.',
    'As contribuições são feitas em linha.',
  ])('%s', (line) => expect(readLines(line).doubts).toEqual([`channels: ${line}`]));

  it.each([
    'Please do not name other persons.',
    'Contributions should not identify minors.',
    'Merci de ne pas nommer de tiers.',
    'No incluya nombres de otras personas.',
    'Não inclua nomes de outras pessoas.',
  ])('%s', (line) => expect(readLines(line).doubts).toEqual([`publication.remove-personal-data: ${line}`]));

  it('a line of a list from which nothing was taken', () => {
    const { doubts } = readLines('• Deadline: 12 May 2027', '• Bring a friend. And a hat.', '• Word limit: 2500 words');
    expect(doubts).toEqual(['not understood: Bring a friend.', 'not understood: And a hat.']);
  });
});

describe('a right to refuse publication', () => {
  it.each([
    'Submissions will be published, unless confidentiality is requested.',
    'Submissions will be published unless confidentiality is explicitly requested.',
    'Unless confidential treatment is requested, submissions will be published.',
    'Les contributions seront publiées, sauf si la confidentialité est demandée.',
    'Les contributions seront publiées, à moins que la confidentialité ne soit demandée.',
    'Los aportes se publicarán, salvo que se solicite confidencialidad.',
    'As contribuições serão publicadas, a menos que a confidencialidade seja solicitada.',
    'As contribuições serão publicadas, salvo se for solicitado sigilo.',
  ])('is read: %s', (line) => {
    const { value } = readLines(line);
    expect([value('publication.default'), value('publication.opt-out')]).toEqual(['published', 'yes']);
  });

  it.each([
    'Submissions will be published, unless otherwise required by law.',
    'Submissions will be published, unless otherwise prohibited by national law.',
    'Les contributions seront publiées, sauf si elles contiennent des propos injurieux.',
    'Les contributions seront publiées, sauf décision contraire du Comité.',
    'Los aportes se publicarán, salvo que contengan lenguaje ofensivo.',
    'Los aportes se publicarán, a menos que la ley lo prohíba.',
    'As contribuições serão publicadas, salvo se contiverem linguagem ofensiva.',
    'As contribuições serão publicadas, exceto as que chegarem depois do prazo.',
  ])('is no exception that the body makes: %s', (line) => {
    expect(readLines(line).value('publication.opt-out')).toBeUndefined();
  });

  it.each([
    'Submissions will be published unless otherwise requested.',
    'Les contributions seront publiées, sauf indication contraire de leurs auteurs.',
    'Les contributions seront publiées, sauf si leur auteur s’y oppose.',
    'Los aportes se publicarán, salvo que se indique lo contrario.',
    'Salvo indicación en contrario, los aportes se publicarán.',
    'As contribuições serão publicadas, salvo indicação em contrário.',
    'As contribuições serão publicadas, exceto se o autor pedir o contrário.',
  ])('is a wish of the author: %s', (line) => expect(readLines(line).value('publication.opt-out')).toBe('yes'));

  it.each([
    'Submissions will be published unless they contain confidential information.',
    'Submissions will be published unless confidentiality is required by law.',
    'Les contributions seront publiées. La confidentialité est protégée.',
  ])('is not made of other words on confidentiality, which are put to a person: %s', (line) => {
    const { value, doubts } = readLines(line);
    expect(value('publication.opt-out')).toBeUndefined();
    expect(doubts.filter((doubt) => doubt.startsWith('publication.opt-out: '))).toHaveLength(1);
  });
});

it.each([
  ['publication.opt-out-where', 'Please state so clearly in your e-mail.'],
  ['publication.opt-out-where', 'Veuillez l’indiquer clairement dans votre courriel.'],
  ['publication.opt-out-where', 'Sírvase indicarlo claramente en su correo.'],
  ['publication.opt-out-where', 'Por favor, indique-o claramente no e-mail.'],
  ['safety', 'Please do not include information that could put you or others at risk.'],
  ['safety', 'N’incluez pas d’informations qui pourraient vous mettre en danger.'],
  ['safety', 'No incluya información que pueda ponerle en riesgo.'],
  ['safety', 'Não inclua informações que possam colocar você em perigo.'],
])('a sentence that people must not miss is put to a person: %s, %s', (about, line) => {
  expect(readLines(line).doubts).toEqual([`${about}: ${line}`]);
});

test('a bullet is kept whole', () => {
  const { points, doubts } = readLines(
    'The experts would welcome information on the following areas:',
    '• Prevention and accountability. These may include oversight and monitoring.',
    '• Good practices.',
  );
  expect(points).toEqual([
    'Prevention and accountability. These may include oversight and monitoring.',
    'Good practices.',
  ]);
  expect(doubts).toEqual([]);
});

test('plain numbered questions are a questionnaire; what depends on an answer is put to a person', () => {
  const { value, points, doubts } = readLines(
    'All questions are compulsory.',
    '1. Is there an independent body?',
    '2. Were deaths investigated?',
    'a. If so, by whom?',
    '1.1.1 If yes, please give figures.',
  );
  expect([value('response.kind'), value('response.compulsory')]).toEqual(['questionnaire', 'yes']);
  expect(points).toHaveLength(4);
  expect(doubts).toEqual(['questions: If so, by whom?', 'questions: If yes, please give figures.']);
});

describe('no value says more than its sentence', () => {
  it.each([
    [
      'audience',
      'The experts invite organisations working with victims and academics to submit inputs.',
      ['academics'],
    ],
    ['audience', 'The experts invite victims and academics to submit inputs.', ['survivors', 'academics']],
    ['response.compulsory', 'Submissions must address the terms of reference.', undefined],
    ['response.compulsory', 'All questions should be answered.', 'yes'],
    ['response.compulsory', 'The experts would welcome photographs.', undefined],
    ['formats.refused', 'Evidence should if possible be in Word format, not PDF, and sent by e-mail.', undefined],
    ['formats.refused', 'Submissions must be sent in Word format, not PDF.', ['pdf']],
    ['deadline.zone', 'The deadline is 15 October 2026, 17:00 (London).', undefined],
    ['deadline.zone', 'The deadline is 15 October 2026, 17:00 GMT in London.', undefined],
    ['deadline.zone', 'The deadline is 15 October 2026, 17:00 London time.', 'Europe/London'],
    ['deadline.zone', 'Fecha límite: 15 de octubre de 2026, 17:00 (hora de Bogotá).', 'America/Bogota'],
    ['deadline.zone', 'Date limite : 15 octobre 2026, 17 h 00 (heure de Dakar).', 'Africa/Dakar'],
    ['deadline.zone', 'Prazo: 15 de outubro de 2026, 17:00 (horário de Brasília).', 'America/Sao_Paulo'],
    ['formats.accepted', 'Se reciben en Word (.docx) o PDF.', ['docx', 'pdf']],
  ])('%s: %s', (path, line, expected) => {
    const sorted = (value: unknown) => (Array.isArray(value) ? value.map(String).sort() : value);
    expect(sorted(readLines(line).value(path))).toEqual(sorted(expected));
  });
});

describe('a condition at the end of a question', () => {
  const read = (...questions: readonly (readonly [mark: string, text: string])[]) =>
    conditionsOf(
      questions.map(([mark, text]) => ({ plain: fold(text), mark })),
      WORDS,
    );
  const yes = { question: 0, answer: 'yes' };

  it.each([
    'Were relatives able to take part (for instance, by asking)? If so:',
    'Were relatives heard? If yes, please say:',
    'Les familles sont-elles entendues ? Dans l’affirmative :',
    '¿Participaron las familias? En caso afirmativo:',
    'Houve participação das famílias? Em caso afirmativo:',
  ])('holds for its parts, and only for them: %s', (head) => {
    expect(read(['2.', head], ['a.', 'Describe it.'], ['b.', 'Say it.'], ['3.', 'Say more.'])).toEqual([
      ...[null, yes, yes, null],
    ]);
    expect(read(['2.', head], ['2.1', 'Describe it.'], ['3.', 'Say more.'])).toEqual([null, yes, null]);
    expect(read(['2.', head], ['3.', 'Say more.'])).toEqual([null, null]);
  });

  it('is taken out of the question, also from a line of its own, and told to a person', () => {
    for (const end of [' If so:', '\nIf so:']) {
      const head = `2. Were they heard?${end}`;
      const { points, doubts } = readLines(
        'Key questions',
        '1. Was it seen?',
        head,
        'a. By whom?',
        'b. When?',
        '3. Is it over?',
      );
      expect(points).toEqual(['Was it seen?', 'Were they heard?', 'By whom?', 'When?', 'Is it over?']);
      expect(doubts).toEqual(['questions: By whom?', 'questions: When?']);
    }
  });

  it('is put to a person if it is not plain what it is about', () => {
    expect(read(['2.', 'How were they heard? If so:'], ['a.', 'By whom?'])).toEqual([null, 'unclear']);
    const { points, doubts } = readLines('Key questions', '1. Were they heard? If so:', '2. By whom?');
    expect(points).toEqual(['Were they heard? If so:', 'By whom?']);
    expect(doubts).toEqual(['questions: Were they heard? If so:']);
  });
});

describe('a question that depends on another one', () => {
  const read = (...questions: readonly string[]) =>
    conditionsOf(
      questions.map((text, index) => ({ plain: fold(text), mark: `${index + 1}.` })),
      WORDS,
    ).at(-1);

  it.each([
    ['Did you complain?', 'If so, where?', 'yes'],
    ['Has your State adopted rules on the use of force?', 'In the affirmative, please attach them.', 'yes'],
    ['Please indicate whether families can see the file.', 'If not, please explain why.', 'no'],
    ['Existe-t-il un organe indépendant ?', 'Si oui, qui le paie ?', 'yes'],
    ['Votre pays a-t-il adopté des règles ?', 'Dans l’affirmative, lesquelles ?', 'yes'],
    ['Est-ce que vous avez porté plainte ?', 'Si non, pourquoi ?', 'no'],
    ['Veuillez indiquer si les familles sont entendues.', 'Dans la négative, expliquez pourquoi.', 'no'],
    ['¿Existe un órgano independiente?', 'En caso afirmativo, ¿quién lo paga?', 'yes'],
    ['¿Se investigaron las muertes?', 'De ser así, ¿por quién?', 'yes'],
    ['Sírvase indicar si las familias son oídas.', 'Si no, explique por qué.', 'no'],
    ['Existe um órgão independente?', 'Em caso afirmativo, quem o paga?', 'yes'],
    ['O seu país adotou regras?', 'Se sim, quais?', 'yes'],
    ['Houve investigação?', 'Caso negativo, por quê?', 'no'],
  ] as const)('%s %s', (question, next, answer) => {
    expect(read(question, next)).toEqual({ question: 0, answer });
  });

  it.each([
    ['How were you told?', 'If so, by whom?'],
    ['Who was told, and were they heard?', 'If so, by whom?'],
    ['Did you complain? What happened then?', 'If not, why?'],
    ['Did you complain?', 'If possible, add a link.'],
    ['Did you complain?', 'If it was the police who answered, what did they say?'],
    ['Did you complain?', 'If yes to question 7, where?'],
    ['Did you complain?', 'If the answer to questions 1 and 2 is yes, where?'],
    ['Comment la plainte a-t-elle été reçue ?', 'Si oui, par qui ?'],
    ['Par quel organe est-elle examinée ?', 'Si oui, quand ?'],
    ['Existe-t-il un organe indépendant ?', 'Si possible, joignez un lien.'],
    ['¿Cómo se investigaron las muertes?', 'En caso afirmativo, ¿por quién?'],
    ['¿Existe un órgano independiente?', 'En caso de muerte, ¿quién avisa?'],
    ['Como foi a investigação?', 'Se sim, por quem?'],
    ['Existe um órgão independente?', 'Se possível, envie um link.'],
  ])('no condition is made of: %s %s', (question, next) => {
    expect([null, 'unclear']).toContain(read(question, next));
  });

  it('is not guessed if two questions before it are of yes or no', () => {
    expect(read('Did you complain?', 'If so, was there an answer?', 'If not, why?')).toBe('unclear');
    expect(read('Did you complain?', 'If so, where?', 'If not, why?')).toEqual({ question: 0, answer: 'no' });
    const by = 'If yes to question 1, what did it cost?';
    expect(read('Did you complain?', 'Was there an answer?', by)).toEqual({ question: 0, answer: 'yes' });
  });
});
