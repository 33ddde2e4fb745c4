// Whose age it is that somebody writes where their own is asked.

import { describe, expect, it } from 'vitest';
import { whoseAgeIn, type WhoseAge } from '../../src/dialog/understanding/age.ts';
import type { WholeLanguage } from '../../src/languages.ts';
import { lexicon } from '../support/player.ts';

const SAID: Readonly<Record<WholeLanguage, Readonly<Record<WhoseAge | 'none', readonly string[]>>>> = {
  en: {
    'own-adult': [
      '47',
      "I'm 47",
      'im 47',
      'I am forty-seven',
      'i am only 19 years old',
      'yes, 52',
      'I was born in 1978',
      'I am 47 and he was 16',
    ],
    'own-minor': [
      '16',
      "I'm 16",
      'im only 15',
      'i am fifteen',
      '15 years old',
      'just turned 17 ... im 17',
      'I was born in 2012',
      "i'm not 18",
      'not yet, 18 in october',
      'I just turned 16',
    ],
    other: [
      'he was only 17',
      'my son was 16',
      'my 15 year old',
      'the 14 yr old was my son, not me',
      'she had just turned sixteen',
      'my boy had just turned 16',
      'he was 19',
      "it's my brother who was 16",
      'they killed my 15 year old son',
      'two weeks shy of her 18th',
      'he was born in 2008',
      'my daughter is 14',
      'the boy they shot was 13',
    ],
    unclear: [
      '10th grade so 15',
      'i am in 10th grade',
      '1978',
      "I'm 16 and my brother is dead",
      'almost 18',
      'high school',
    ],
    none: ['they shot him in the street', 'who reads this', 'my son'],
  },
  fr: {
    'own-adult': [
      '47',
      "j'ai 47 ans",
      'jai 47 ans',
      "j'ai quarante-sept ans",
      'oui 52 ans',
      'je suis née en 1978',
      "moi j'ai soixante-dix ans",
    ],
    'own-minor': [
      '16 ans',
      "j'ai 16 ans",
      "j'ai seize ans",
      'jsuis en 3e jai 15 ans',
      "j'ai juste 17 ans",
      "je n'ai pas 18 ans",
      "j'ai pas encore 18 ans",
      'née en 2012',
    ],
    other: [
      'mon fils avait 16 ans',
      'il avait 17 ans',
      'la fille de ma voisine a 14 ans',
      "c'est mon garçon qui en avait 14, pas moi",
      'elle allait fêter ses 18 ans',
      'mon petit frère de quinze ans',
      'il est né en 2008',
      'mon fils de 16 ans',
      'le petit avait seize ans',
    ],
    unclear: ['en 3e', 'je suis au lycée', '1978', "pas encore, j'aurai 18 ans en octobre", 'presque 18 ans'],
    none: ["ils l'ont tué dans la rue", 'qui va lire', 'mon fils'],
  },
  es: {
    'own-adult': [
      '47',
      'tengo 47',
      'tengo cuarenta y siete años',
      'sí, 52',
      'nací en 1978',
      'tengo 47 años y mi hijo tenía 16',
      'yo tengo treinta y dos',
    ],
    'own-minor': [
      '16',
      'tengo 16',
      'apenas tengo 16',
      'tengo quince años',
      'quince',
      '15 años',
      'no tengo 18',
      'todavía no tengo 18',
      'nací en 2012',
    ],
    other: [
      'mi hijo tenía 16',
      'mi hijo tenía 16 años',
      'mi hijo tenia dieciseis años',
      'el de 17 era mi hijo, no yo',
      'él tenía 15',
      'mi hija tiene 14 años',
      'a mi nieto le faltaban dos meses pa los 17',
      'no no yo soy la mama el que tenia 16 era mi hijo',
      'tengo una hija de 14 años',
      'mi niño de 15 años',
      'tenía 16',
      'el muchacho tenía 16',
    ],
    unclear: ['tercero de secundaria', '1978', 'voy a cumplir 18', 'casi 18'],
    none: ['lo mataron en la calle', 'quién lo va a leer', 'mi hijo'],
  },
  pt: {
    'own-adult': [
      '47',
      'tenho 47',
      'tenho quarenta e sete anos',
      'sim, 52',
      'nasci em 1978',
      'tenho 47 anos e meu filho tinha 16',
      'fiz 52',
    ],
    'own-minor': [
      '16',
      'tenho 16',
      'só tenho 15',
      'tenho quinze anos',
      'dezesseis',
      '15 anos',
      'to no nono ano tenho 14',
      'não tenho 18',
      'nasci em 2012',
    ],
    other: [
      'ele tinha 15 anos',
      'meu filho tinha 16',
      'quem tinha 16 era meu filho',
      'minha filha tem 14 anos',
      'meu filho tinha 15 e era magrinho',
      'ela faria 18 em setembro',
      'meu menino de quinze anos',
      'o menino tinha 13 anos',
      'ele nasceu em 2008 e tinha 16',
      'tinha 16',
    ],
    unclear: ['nono ano', 'ensino médio', '1978', 'faço 18 só em dezembro', 'quase 18'],
    none: ['mataram ele na rua', 'quem vai ler', 'meu filho'],
  },
};

describe.each(Object.entries(SAID))('no harm 1: whose age, in %s', (language, lines) => {
  for (const [whose, said] of Object.entries(lines)) {
    it.each(said)(`${whose}: %s`, (text) => {
      const read = (one: string) => whoseAgeIn(lexicon, language as WholeLanguage, one, 2026) ?? 'none';
      expect([read(text), read(text.normalize('NFD').replace(/\p{M}/gu, '')), read(text.toUpperCase())]).toEqual([
        whose,
        whose,
        whose,
      ]);
    });
  }
});
