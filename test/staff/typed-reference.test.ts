import { expect, test } from 'vitest';
import { newReference } from '../../src/reference.ts';
import { typedReference } from '../../src/staff/typed-reference.ts';

test.each([
  ['GR-RVH6AK', 'GR-RVH6AK'],
  [' gr-rvh6ak ', 'GR-RVH6AK'],
  ['RVH6AK', 'GR-RVH6AK'],
  ['gr rvh6ak', 'GR-RVH6AK'],
  ['grrvh6ak', 'GR-RVH6AK'],
  ['gr–rvh6ak', 'GR-RVH6AK'],
  ['GR\u2011RVH6AK', 'GR-RVH6AK'],
  ['\u2068GR-RVH6AK\u2069', 'GR-RVH6AK'],
  ['r v h 6 a k', 'GR-RVH6AK'],
  ['g r – r v h 6 a k', 'GR-RVH6AK'],
  ['GR-GRAB23', 'GR-GRAB23'],
  ['grab23', 'GR-GRAB23'],
  ['GR-7K2M', 'GR-7K2M'],
  ['', null],
  ['<b>', null],
  ['A'.repeat(41), null],
])('%j, as it is read out over the telephone, is %j', (typed, reference) => {
  expect(typedReference(typed)).toBe(reference);
});

test('a reference that was made is found however its parts are set apart', () => {
  for (let made = 0; made < 200; made += 1) {
    const reference = newReference();
    const letters = reference.slice(3);
    for (const typed of [letters, `GR${letters}`, letters.replaceAll(/.(?=.)/gu, '$& '), `gr ${letters.toLowerCase()}`])
      expect(typedReference(typed)).toBe(reference);
  }
});
