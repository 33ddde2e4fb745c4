import { randomInt } from 'node:crypto';

const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** "GR-7K3Q9X": short enough to be read aloud, without ambiguous letters; 729 million of them. */
export function newReference(random: (limit: number) => number = randomInt): string {
  return `GR-${Array.from({ length: 6 }, () => LETTERS[random(LETTERS.length)] ?? '2').join('')}`;
}
