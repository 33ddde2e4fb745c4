// The words of an invented person, for previews.

import type { Language } from '../languages.ts';

export interface Sample {
  readonly story: string;
  readonly answer: string;
  /** The same question answered with a no. */
  readonly no: string;
  readonly name: string;
  readonly country: string;
  readonly link: string;
}

const COMMON = { name: 'Ana Exemplo', link: 'https://paper.example/march' };

export const SAMPLE: Readonly<Record<Language, Sample>> = {
  en: {
    ...COMMON,
    story: 'Nobody came to our door. We waited two years for the file.',
    answer: 'Yes, they wrote to us in March.',
    no: 'No, nobody wrote to us.',
    country: 'Peru',
  },
  fr: {
    ...COMMON,
    story: "Personne n'est venu chez nous. Nous avons attendu le dossier deux ans.",
    answer: 'Oui, on nous a écrit en mars.',
    no: 'Non, personne ne nous a écrit.',
    country: 'Pérou',
  },
  es: {
    ...COMMON,
    story: 'Nadie vino a nuestra casa. Esperamos el expediente dos años.',
    answer: 'Sí, nos escribieron en marzo.',
    no: 'No, nadie nos escribió.',
    country: 'Perú',
  },
  ht: {
    ...COMMON,
    story: 'Pèsonn pa t vin lakay nou. Nou tann dosye a dezan.',
    answer: 'Wi, yo te ekri nou nan mwa mas.',
    no: 'Non, pèsonn pa t ekri nou.',
    country: 'Pewou',
  },
  ar: {
    ...COMMON,
    story: 'لم يأت أحد إلى بيتنا. انتظرنا الملف سنتين.',
    answer: 'نعم، كتبوا إلينا في مارس.',
    no: 'لا، لم يكتب إلينا أحد.',
    country: 'بيرو',
  },
  pt: {
    ...COMMON,
    story: 'Ninguém veio à nossa casa. Esperamos o processo dois anos.',
    answer: 'Sim, escreveram para nós em março.',
    no: 'Não, ninguém escreveu para nós.',
    country: 'Peru',
  },
};
