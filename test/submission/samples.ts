// People who never lived, with words such as people write, in the four languages of the conversation.

import type { Draft } from '../../src/dialog/engine/draft.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import { buildModel } from '../../src/submission/document-model.ts';
import type { DocumentModel } from '../../src/submission/document-model.ts';
import type { DocumentCall } from '../../src/submission/document-plan.ts';
import { type DocumentTexts, loadCatalogue } from '../../src/texts/catalogues.ts';

export const textsIn = (language: WholeLanguage): DocumentTexts => loadCatalogue('document')[language];

export const CALLS: Readonly<Record<WholeLanguage, DocumentCall>> = {
  en: {
    title: 'Call for inputs: justice, accountability and redress',
    issuer: 'International Independent Expert Mechanism',
    topics: [
      { id: 'investigation', heading: 'Investigation, prosecution and redress' },
      { id: 'families', heading: 'Participation of families' },
    ],
    isTranslated: false,
  },
  fr: {
    title: 'Appel à contributions : justice, responsabilité et réparation',
    issuer: 'Mécanisme international d’experts indépendants',
    topics: [
      { id: 'investigation', heading: 'Enquête, poursuites et réparation' },
      { id: 'families', heading: 'Participation des familles' },
    ],
    isTranslated: true,
  },
  es: {
    title: 'Convocatoria de contribuciones: justicia, rendición de cuentas y reparación',
    issuer: 'Mecanismo de Expertos',
    topics: [
      { id: 'investigation', heading: 'Investigación, enjuiciamiento y reparación' },
      { id: 'families', heading: 'Participación de las familias' },
    ],
    isTranslated: true,
  },
  pt: {
    title: 'Chamada de contribuições: justiça, responsabilização e reparação',
    issuer: 'Mecanismo Internacional Independente de Especialistas',
    topics: [
      { id: 'investigation', heading: 'Investigação, processo e reparação' },
      { id: 'families', heading: 'Participação das famílias' },
    ],
    isTranslated: true,
  },
};

const BASE = {
  callId: 'sample',
  reference: 'GR-7K3Q9X',
  role: 'family',
  publication: 'confidential',
  withheld: [],
  late: false,
} as const;

export const DRAFTS: Readonly<Record<WholeLanguage, Draft>> = {
  en: {
    ...BASE,
    language: 'en',
    harmed: { form: 'initials', name: 'Andre Thompson' },
    author: { form: 'full', name: 'Denise Thompson' },
    sections: [
      {
        slot: 'story',
        paragraphs: [
          'My brother Andre was 24 years old. He repaired phones, and he sang in our church on Sundays.\nHe was the one who called our mother every night.',
          'He was stopped on the way home from work. What happened then we learned from the news, not from the police. Nobody came to our door.',
        ],
      },
      {
        slot: 'topic/families',
        paragraphs: ['We asked for the file five times. Each time they said that it was with another office.'],
      },
      {
        slot: 'topic/investigation',
        paragraphs: [
          'There was an inquiry—by officers of the same station. It closed after six weeks.',
          'No one was suspended.',
        ],
      },
      { slot: 'asks/government', paragraphs: ['An investigation by people who do not work with the police.'] },
      { slot: 'asks/experts', paragraphs: ['Please ask what became of complaint 2021/118.'] },
      {
        slot: 'links',
        paragraphs: ['https://example.org/reports/2023?page=4', 'See also https://example.com/a-law, please.'],
      },
    ],
  },
  fr: {
    ...BASE,
    language: 'fr',
    role: 'witness',
    publication: 'public-unnamed',
    harmed: { form: 'none', name: 'Amadou Koné' },
    author: { form: 'none' },
    sections: [
      {
        slot: 'story',
        paragraphs: ['J’ai vu l’arrestation d’Amadou depuis ma fenêtre. « Je ne peux pas respirer », disait-il.'],
      },
      { slot: 'topic/investigation', paragraphs: ['Personne ne m’a jamais demandé ce que j’avais vu.'] },
      { slot: 'else', paragraphs: ['Le brigadier Lambert est toujours en poste.'] },
    ],
    withheld: ['Lambert'],
  },
  es: {
    ...BASE,
    language: 'es',
    role: 'organisation',
    publication: 'public-named',
    harmed: { form: 'none' },
    author: { form: 'full', name: 'Madres del Barrio Norte' },
    sections: [
      {
        slot: 'story',
        paragraphs: ['Acompañamos a veintitrés familias desde 2015.\nSolo dos casos llegaron a juicio.'],
      },
      { slot: 'good', paragraphs: ['Una fiscalía especial, con un equipo propio de peritos.'] },
      { slot: 'topic/families/lawyer', paragraphs: ['Casi ninguna familia tuvo abogado en los primeros meses.'] },
    ],
  },
  pt: {
    ...BASE,
    language: 'pt',
    publication: 'public-named',
    harmed: { form: 'full', name: 'João da Silva' },
    author: { form: 'initials', name: 'Maria da Silva' },
    late: true,
    replaces: 'GR-2M8T4V',
    sections: [
      {
        slot: 'story',
        paragraphs: [
          'Meu filho João da Silva tinha 17 anos. Saiu para comprar pão e não voltou.',
          'Fui eu, Maria, que achei o corpo dele no hospital, três dias depois. Ninguém tinha me avisado.',
        ],
      },
      { slot: 'topic/investigation', paragraphs: ['O inquérito foi arquivado duas vezes. O João virou um número.'] },
      { slot: 'asks/government', paragraphs: ['Que peçam desculpas.', 'Que a perícia não seja da polícia.'] },
    ],
  },
};

export function modelIn(language: WholeLanguage, change: Partial<Draft> = {}): DocumentModel {
  return buildModel({ ...DRAFTS[language], ...change }, CALLS[language], textsIn(language));
}
