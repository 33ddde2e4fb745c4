// Whoever reads the document in messages is shown every line of the file, in its order.

import { expect, it } from 'vitest';
import { inMessages } from '../../src/submission/in-messages.ts';
import type { Block } from '../../src/submission/block.ts';

const cell = (row: number, column: number, text: string): Block => ({
  kind: 'cell',
  text,
  cell: { row, column, rows: 3, columns: 3 },
});

const BLOCKS: readonly Block[] = [
  { kind: 'publication', text: 'Confidential.' },
  { kind: 'title', text: 'A title' },
  { kind: 'byline', text: 'Victim: A. B.' },
  { kind: 'heading1', text: 'The story' },
  { kind: 'paragraph', text: 'One.', slot: 'story' },
  { kind: 'paragraph', text: 'Two.', slot: 'story' },
  { kind: 'heading1', text: 'The points' },
  { kind: 'heading2', text: 'A point' },
  { kind: 'paragraph', text: 'Three.' },
  { kind: 'heading1', text: 'A table' },
  cell(0, 0, ''),
  cell(0, 1, 'What'),
  cell(0, 2, 'Where'),
  cell(1, 0, 'Arrests'),
  cell(1, 1, ''),
  cell(1, 2, 'Here.'),
  cell(1, 2, 'And there.'),
  cell(2, 0, 'Others'),
  cell(2, 1, ''),
  cell(2, 2, ''),
  { kind: 'heading1', text: 'Links' },
  { kind: 'link', text: 'https://paper.example/1' },
];

it('shows all lines of a document, headings with what is below them', () => {
  expect(inMessages(BLOCKS, 'Confidential (GR-TEST)')).toEqual([
    { headings: [], lines: ['Confidential.', 'A title', 'Victim: A. B.'] },
    { headings: ['The story'], lines: ['One.', 'Two.'] },
    { headings: ['The points', 'A point'], lines: ['Three.'] },
    { headings: ['A table'], lines: [] },
    { headings: ['What', 'Where'], lines: [] },
    { headings: ['Arrests', 'Where'], lines: ['Here.', 'And there.'] },
    { headings: ['Others'], lines: [] },
    { headings: ['Links'], lines: ['https://paper.example/1'] },
    { headings: [], lines: ['Confidential (GR-TEST)'] },
  ]);
});
