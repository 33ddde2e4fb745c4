/** Small words inside names: they get no initial, and alone they name nobody. */
const PARTICLES = new Set(
  'a ap d da das de degli dei del della den der des di do dos du e el i la las les los ter the und y zu'.split(' '),
);

/** Particles in lower case; with a capital they are also somebody's first name or surname. */
const PARTICLES_IN_LOWER_CASE = new Set('al ben bin bint ibn le lo mac mc san van von'.split(' '));

/** The words of a name that name somebody: "Maria d’Ávila dos Santos" → Maria, Ávila, Santos. */
export function nameParts(name: string): readonly string[] {
  return name.split(/[\s\p{Pd}'’ʼ.,_/&()]+/u).filter((part) => /[\p{L}\p{N}]/u.test(part) && !isParticle(part));
}

/** "João da Silva" → "J. S."; empty for a name that holds no letter. */
export function initialsOf(name: string): string {
  return nameParts(name)
    .map((part) => `${firstLetter(part)}.`)
    .join(' ');
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
