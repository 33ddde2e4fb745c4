import { expect, it } from 'vitest';
import { shown } from '../../src/cli/cases.ts';

it('a transcript moves no cursor, changes no title and turns no letters around, whatever was written', () => {
  const text = 'Lo vi\u001b[2J\u001b]0;otra\u0007 ahí.\r\nY\u009b1A des\u202epués.';
  const line = shown({
    at: '2026-11-23T12:01:30.000Z',
    from: 'person',
    id: 'm',
    text,
    edited: false,
    body: null,
    promptId: null,
  });
  expect(line).toBe('2026-11-23 12:01:30 UTC  person\n    Lo vi[2J]0;otra ahí.\n    Y1A después.\n');
});
