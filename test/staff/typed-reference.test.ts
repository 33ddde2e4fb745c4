import { expect, test } from 'vitest';
import { typedReference } from '../../src/staff/reference-form.ts';

test.each([
  ['GR-RVH6AK', 'GR-RVH6AK'],
  [' gr-rvh6ak ', 'GR-RVH6AK'],
  ['RVH6AK', 'GR-RVH6AK'],
  ['gr rvh6ak', 'GR-RVH6AK'],
  ['', null],
  ['<b>', null],
])('%j, as it is read out over the telephone, is %j', (typed, reference) => {
  expect(typedReference(typed)).toBe(reference);
});
