import { expect, test } from 'vitest';
import { cell } from '../../../src/staff/export/build-exports.ts';

test.each([
  ['GR-7K2M', '"GR-7K2M"'],
  ['Ana, "Bea"', '"Ana, ""Bea"""'],
  ['duas\r\nlinhas', '"duas\r\nlinhas"'],
  ['', '""'],
  ['=1+1', `"'=1+1"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['\n=1', `"'\n=1"`],
  ['  =1', `"'  =1"`],
  ['＝1', `"'＝1"`],
  ['＋1', `"'＋1"`],
  ['"=1', '"""=1"'],
])('%j becomes %s', (text, expected) => {
  expect(cell(text)).toBe(expected);
});
