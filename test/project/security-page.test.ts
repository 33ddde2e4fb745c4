import { describe, expect, it } from 'vitest';
import { exists, read } from './files.ts';

const promises = read('SECURITY.md')
  .split(/^(?=- \*\*P\d+\*\*)|^## /mu)
  .filter((part) => part.startsWith('- **P'))
  .map((part) => ({
    id: /P\d+/u.exec(part)?.[0] ?? '',
    proofs: [...part.matchAll(/`(test\/[^`]+)`/gu)].map(([, path = '']) => path),
  }));

describe('SECURITY.md', () => {
  it('promises something', () => {
    expect(promises.length).toBeGreaterThan(5);
  });

  it.each(promises)('names for $id tests that exist', ({ proofs }) => {
    expect(proofs).not.toHaveLength(0);
    for (const path of proofs) {
      expect(exists(path), path).toBe(true);
      expect(path).toMatch(/(\.test|-spec)\.ts$/u);
      expect(read(path), path).toMatch(/\b(?:it|test)(?:\.\w+)*\(/u);
    }
  });

  it('says each promise once', () => {
    expect(new Set(promises.map(({ id }) => id)).size).toBe(promises.length);
  });
});
