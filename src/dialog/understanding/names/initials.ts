import { isTitle } from './common-words.ts';

/** Small words inside names: they get no initial, and alone they name nobody. */
const PARTICLES = new Set(
  'a and ap d da das de degli dei del della den der des di do dos du e el et i la las les los ter the und y zu'.split(
    ' ',
  ),
);

/** Particles in lower case; with a capital they are also somebody's first name or surname. */
const PARTICLES_IN_LOWER_CASE = new Set('al ben bin bint ibn le lo mac mc san van von'.split(' '));

/** The words of a name that name somebody: "Dr. Maria d’Ávila dos Santos" → Maria, Ávila, Santos. */
export function nameParts(name: string): readonly string[] {
  const words = name.split(/[\s\p{Pd}'’ʼ.,;_/&()]+/u).filter((part) => /[\p{L}\p{N}]/u.test(part));
  return words.filter((word, index) => names(word, index, words.length));
}

/** Whether a word of a name, of so many, names somebody: not "de", and not "Mrs" at the beginning. */
export function names(word: string, index: number, count: number): boolean {
  return !isParticle(word) && !(index === 0 && count > 1 && isTitle(word));
}

/** "João da Silva" → "J. S.", of several people "J. S., A. P."; empty for a name that holds no letter. */
export function initialsOf(name: string): string {
  return peopleIn(name)
    .map((one) =>
      nameParts(one)
        .map((part) => `${firstLetter(part)}.`)
        .join(' '),
    )
    .filter((initials) => initials !== '')
    .join(', ');
}

/**
 * Several people where one name was asked for: "Ada and Bola Obi" → Ada, Bola Obi. A comma, "y" and "e" stand inside one
 * name, too ("Obi, Ada", "Ortega y Gasset"): they part only what has two words on either side.
 */
export function peopleIn(name: string): readonly string[] {
  const certain = name.split(/[;&]|\s(?:and|et)\s/iu);
  const all = certain.flatMap((one) => {
    const parted = one.split(/,|\s[ye]\s/iu);
    return parted.length > 1 && parted.every((each) => nameParts(each).length > 1) ? parted : [one];
  });
  const people = all.map((one) => one.trim()).filter((one) => nameParts(one).length > 0);
  return people.length > 1 ? people : [name];
}

/** With its accents, also where they are characters of their own. */
export function firstLetter(part: string): string {
  const [letter = ''] = /[\p{L}\p{N}]\p{M}*/u.exec(part.normalize('NFC')) ?? [];
  return letter.toUpperCase();
}

/** A small word of a name, which alone names nobody. */
export function isParticle(part: string): boolean {
  return PARTICLES.has(part.toLowerCase()) || PARTICLES_IN_LOWER_CASE.has(part);
}
