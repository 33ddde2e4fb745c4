// Eleven submissions of people who never lived, for docs/gallery: what a document looks like in each of its shapes. The
// twelfth is withdrawn (withdrawn.ts).

import type { Draft, DraftSection } from '../../src/dialog/engine/draft.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import type { DocumentCall } from '../../src/submission/document-plan.ts';

export interface Shown {
  readonly name: string;
  readonly draft: Draft;
  readonly call: DocumentCall;
  /** Of words: the draft as it was told, before its person brought it under the limit. */
  readonly over?: { readonly limit: number; readonly told: Draft };
}

const CALLS: Readonly<Record<WholeLanguage, DocumentCall>> = {
  en: {
    title:
      'Call for inputs: justice, accountability and redress after deaths and injuries in contact with law enforcement',
    issuer: 'Mechanism of Experts on Law Enforcement',
    topics: [
      { id: 'investigation', heading: '1. Investigation and prosecution' },
      { id: 'families', heading: '2. Participation of families' },
    ],
    isTranslated: false,
  },
  fr: {
    title:
      'Appel à contributions : justice, responsabilité et réparation après des décès et des blessures au contact des forces de l’ordre',
    issuer: 'Mécanisme d’experts sur le maintien de l’ordre',
    topics: [
      { id: 'investigation', heading: '1. Enquête et poursuites' },
      { id: 'families', heading: '2. Participation des familles' },
    ],
    isTranslated: true,
  },
  es: {
    title:
      'Convocatoria de contribuciones: justicia, rendición de cuentas y reparación tras muertes y lesiones en contacto con la policía',
    issuer: 'Mecanismo de Expertos sobre la Aplicación de la Ley',
    topics: [
      { id: 'investigation', heading: '1. Investigación y enjuiciamiento' },
      { id: 'families', heading: '2. Participación de las familias' },
    ],
    isTranslated: true,
  },
  pt: {
    title:
      'Chamada de contribuições: justiça, responsabilização e reparação após mortes e lesões em contato com a polícia',
    issuer: 'Mecanismo de Especialistas em Aplicação da Lei',
    topics: [
      { id: 'investigation', heading: '1. Investigação e processo' },
      { id: 'families', heading: '2. Participação das famílias' },
    ],
    isTranslated: true,
  },
};

function draft(language: WholeLanguage, reference: string, change: Partial<Draft>): Draft {
  return {
    ...{ callId: 'gallery', language, reference, role: 'family', publication: 'public-named' },
    ...{ harmed: { form: 'none' }, author: { form: 'none' }, sections: [], withheld: [], late: false },
    ...change,
  };
}

const told = (slot: DraftSection['slot'], ...paragraphs: string[]): DraftSection => ({ slot, paragraphs });

const ANDRE: readonly DraftSection[] = [
  told(
    'story',
    'My brother Andre was 24 years old. He repaired phones, and he sang in our church on Sundays.\nHe was the one who called our mother every night.',
    'He was stopped on the way home from work. What happened then we learned from the news, not from the police. Nobody came to our door. We went to the station on the second morning, and they sent us to the hospital, and the hospital sent us back.',
    'He had his work clothes on. They gave them to us in a paper bag, with his keys.',
  ),
  told('topic/families', 'We asked for the file five times. Each time they said that it was with another office.'),
  told(
    'topic/investigation',
    'There was an inquiry, by officers of the same station. It closed after six weeks.',
    'No one was suspended.',
  ),
  told('asks/government', 'An investigation by people who do not work with the police.'),
  told('asks/experts', 'Please ask what became of complaint 2021/118.'),
  told('links', 'https://example.org/reports/2023?page=4'),
];

const LONG = Array.from({ length: 24 }, (_, at) =>
  [
    `In month ${at + 2} we wrote to the prosecutor, and no answer came.`,
    'My mother went there by bus, two hours each way, with the letters in her bag. They told her at the window that the person was not in.',
    'She asked for the name of that person. They said that they could not give it.',
  ].join(' '),
);

const ruth = (paragraphs: readonly string[]): Draft =>
  draft('en', 'GR-3X7L5Q', {
    author: { form: 'full', name: 'Ruth Mensah' },
    ownRole: 'his aunt',
    sections: [told('story', ...paragraphs)],
  });

const CONTRIBUTIONS: readonly Draft[] = [
  ['Rosa Alves', 'Meu filho saiu para comprar pão e não voltou.', 'mãe dele'],
  ['Tereza Nunes', 'O meu tinha 19 anos. O nome dele está no muro da escola.', 'mãe dele'],
  ['Ivone Prado', 'Foi na porta de casa. Os vizinhos viram, ninguém foi ouvido.', 'tia dele'],
  ['Neusa Lima', 'Levaram o celular dele, e com ele as fotos.', 'avó dele'],
  ['Celia Rocha', 'Eu soube pelo rádio.'],
  ['Dalva Pires', 'O laudo chegou três anos depois, com outro nome.', 'mãe dele'],
  ['Marta Dias', 'Meu irmão era motorista. A farda dele era de trabalho.', 'irmã dele'],
  ['Jurema Sá', 'Fizemos um altar na calçada. Eles desfizeram.'],
  ['Lia Campos', 'Ele gritava o próprio nome.', 'companheira dele'],
  ['Zilda Reis', 'Queremos que alguém leia até o fim.'],
].map(([name = '', words = '', ownRole], at) =>
  draft('pt', 'GR-5N2W8K', {
    author: { form: at % 3 === 1 ? 'initials' : 'full', name },
    ...(ownRole === undefined ? {} : { ownRole }),
    sections: [told('story', words), told('topic/investigation', 'O inquérito foi arquivado. Ninguém foi ouvido.')],
  }),
);

const TABLE: DocumentCall = {
  ...CALLS.en,
  kind: 'table',
  columns: [
    { id: 'law', heading: 'What the law says' },
    { id: 'practice', heading: 'What happens' },
  ],
};

export const SUBMISSIONS: readonly Shown[] = [
  {
    name: '01-one-person-confidential',
    call: CALLS.en,
    draft: draft('en', 'GR-7K3Q9X', {
      publication: 'confidential',
      harmed: { form: 'initials', name: 'Andre Thompson' },
      author: { form: 'full', name: 'Denise Thompson' },
      sections: ANDRE,
    }),
  },
  {
    name: '02-witness-without-names',
    call: CALLS.fr,
    draft: draft('fr', 'GR-2M8T4V', {
      role: 'witness',
      ownRole: 'son voisin',
      publication: 'public-unnamed',
      harmed: { form: 'none', name: 'Amadou Koné' },
      withheld: ['Lambert', '+33 6 12 34 56 78', '14 rue des Lilas'],
      withheldAs: { '14 rue des Lilas': 'address' },
      sections: [
        told(
          'story',
          'J’ai vu l’arrestation d’Amadou depuis ma fenêtre, au 14 rue des Lilas. « Je ne peux pas respirer », disait-il. Le brigadier Lambert était là.',
          'J’ai laissé mon numéro, +33 6 12 34 56 78, à trois personnes. Qui a rappelé ? Personne.',
        ),
        told('topic/investigation', 'Personne ne m’a jamais demandé ce que j’avais vu.'),
      ],
    }),
  },
  {
    name: '03-organisation',
    call: CALLS.es,
    draft: draft('es', 'GR-9P4R7D', {
      role: 'organisation',
      author: { form: 'full', name: 'Madres del Barrio Norte' },
      country: 'Colombia',
      sections: [
        told('story', 'Acompañamos a veintitrés familias desde 2015.\nSolo dos casos llegaron a juicio.'),
        told(
          'topic/families',
          '¿Quién responde a una madre? En nuestros años, ninguna fiscalía lo hizo en menos de un mes.',
        ),
        told('good', 'Una fiscalía especial, con un equipo propio de peritos.'),
        told('asks/government', 'Que las familias tengan abogado desde el primer día.'),
        told('links', 'www.memoria.example/casos_(2015)', 'https://peña-y-muñoz.example/víctimas'),
      ],
    }),
  },
  {
    name: '04-joint-of-ten',
    call: CALLS.pt,
    draft: draft('pt', 'GR-5N2W8K', { contributions: CONTRIBUTIONS }),
  },
  {
    name: '05-arabic',
    call: CALLS.en,
    draft: draft('en', 'GR-4H6J2B', {
      harmed: { form: 'full', name: 'محمد' },
      author: { form: 'full', name: 'فاطمة بن سالم' },
      wordsIn: 'ar',
      sections: [
        told(
          'story',
          'قُتل أخي محمد يوم 14 مارس 2021 عند الساعة 22:30، وكان معه صديقه John Smith. قال لنا الضابط: «لا نعرف شيئاً»، ثم أغلق الملف رقم 2021/118 (كما قيل لنا). لم يتصل بنا أحد، ولا حتى Human Rights Office في المدينة.',
          'كان عمره تسعة عشر عاماً، وكان يحب كرة القدم. أمي ما زالت تضع له طبقاً على المائدة كل مساء.',
        ),
        told('asks/experts', 'نريد أن نعرف من أمر بإغلاق الملف.'),
      ],
    }),
  },
  {
    name: '06-amharic-and-other-names',
    call: CALLS.en,
    draft: draft('en', 'GR-6T3Y8C', {
      harmed: { form: 'full', name: 'አበበ ገብረ መድኅን' },
      author: { form: 'full', name: 'Ọlúwaṣẹ́yì Ƙaura' },
      sections: [
        told(
          'story',
          'ወንድሜ አበበ በ2013 ዓ.ም. ከሥራ ወደ ቤት ሲመለስ በፖሊስ ተገደለ። ጓደኛው John Smith ከእርሱ ጋር ነበር፤ “ምንም አላውቅም” አለ።',
          'Those who stood with us: 王秀英, דוד, சுந்தரி, สมชาย, Γιώργος, Ñusta, गीता and ნინო. 🙏✊🏾',
        ),
      ],
    }),
  },
  {
    name: '07-partly-confidential',
    call: CALLS.fr,
    draft: draft('fr', 'GR-8C5V2N', {
      author: { form: 'full', name: 'Mariam Diallo' },
      sections: [
        told('story', 'Mon fils aimait la pluie. Il avait seize ans.'),
        { ...told('topic/families', 'On nous a suivis après l’enterrement ; j’ai noté les plaques.'), keptBack: true },
      ],
    }),
  },
  {
    name: '08-brought-under-the-limit',
    call: { ...CALLS.en, numbered: true, layout: { compact: true, font: 'Times New Roman', size: 11 } },
    draft: ruth(LONG.filter((_, at) => at % 3 !== 2)),
    over: { limit: 1_000, told: ruth(LONG) },
  },
  {
    name: '09-table',
    call: TABLE,
    draft: draft('en', 'GR-7B2S4W', {
      role: 'organisation',
      author: { form: 'full', name: 'Northside Legal Clinic' },
      sections: [
        told('story', 'We have stood with forty families since 2011.'),
        told('topic/investigation/law', 'An independent office must begin within 24 hours.'),
        told('topic/investigation/practice', 'It began after 19 days on average. In six cases it never began.'),
        told('topic/families/practice', 'Families read it in the newspaper.'),
      ],
    }),
  },
  {
    name: '10-correction-after-the-deadline',
    call: CALLS.pt,
    draft: draft('pt', 'GR-0D6K1P', {
      ...{ late: true, replaces: 'GR-2M8T4V' },
      harmed: { form: 'full', name: 'João da Silva' },
      author: { form: 'initials', name: 'Maria da Silva' },
      sections: [
        told(
          'story',
          'Meu filho João da Silva tinha 17 anos. Saiu para comprar pão e não voltou.',
          'Fui eu, Maria, que achei o corpo dele no hospital, três dias depois. Ninguém tinha me avisado.',
        ),
        told('asks/government', 'Que peçam desculpas.', 'Que a perícia não seja da polícia.'),
      ],
    }),
  },
  {
    name: '11-written-down-by-another',
    call: CALLS.es,
    draft: draft('es', 'GR-5G8A3T', {
      role: 'organiser',
      told: 'Quechua',
      sections: [told('story', 'Mi hija se llamaba Ñusta. La buscamos en tres comisarías, y en la tercera se rieron.')],
    }),
  },
];
