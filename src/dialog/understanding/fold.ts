// Folding is for recognising commands and choices only; what people wrote is never changed by it.

/** Letters of other alphabets that look like Latin ones, as autocorrection and copied text bring them in. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', х: 'x', у: 'y', к: 'k', м: 'm', т: 't', н: 'h', в: 'b' },
  ...{ і: 'i', ѕ: 's', ԁ: 'd', ɡ: 'g', α: 'a', ε: 'e', ο: 'o', ρ: 'p', ι: 'i', κ: 'k', τ: 't', ν: 'v', υ: 'u' },
};

/** Lower case, without accents, look-alikes, zero-width characters and punctuation; single spaces. "«Próximo!»" → "proximo". */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}\p{Cc}]/gu, (found) => (/\s/u.test(found) ? ' ' : ''))
    .replace(/[\u0370-\u04ff\u0500-\u052f\u0261]/gu, (letter) => LOOK_ALIKES[letter] ?? letter)
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** A phrase folded, and once more as people write it who leave apostrophes out: "That's all" → "that s all", "thats all". */
export function foldings(phrase: string): readonly string[] {
  const whole = fold(phrase);
  const before = whole.replace(/\b([cdjlmnst]|qu) (?=[aeiouyh])/gu, '$1');
  const behind = whole.replace(/(?<=\p{L}) (s|m|re|ve|ll|t|d)\b/gu, '$1');
  return [...new Set([whole, before, behind])];
}

/** Edit distance with neighbouring letters swapped counting one (optimal string alignment); stops above `limit` and says limit + 1. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      next.push(cost);
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = last;
    last = next;
  }
  return last[b.length] ?? limit + 1;
}

/** How far a typed word may be from the one that was meant: nothing under four letters, then one, from eight on two. */
export function isNearMiss(typed: string, meant: string): boolean {
  if (meant.length < 4 || typed.length < 3 || typed === meant) return false;
  const limit = meant.length >= 8 ? 2 : 1;
  return distance(typed, meant, limit) <= limit;
}
