// The words around the questions on the page to print (web.json, `printed`).

import { z } from 'zod';

const text = z.string().min(1);
const lines = z.array(text).min(1);

export const printedTextsSchema = z.strictObject({
  heading: text,
  before: text,
  warnings: lines,
  aloudHeading: text,
  aloudHow: text,
  whoHeading: text,
  keepHeading: text,
  withdrawHeading: text,
  no: text,
  questionsHeading: text,
  questionsHow: text,
  storyHeading: text,
  story: text,
  alsoHeading: text,
  publicationHeading: text,
  publicationHow: text,
  sendHeading: text,
  sendHow: text,
  formHeading: text,
  /** At the top of the form: a page on paper can be found. */
  formTop: text,
  label: text,
  date: text,
  told: text,
  written: text,
  other: text,
  answer: text,
  noMore: text,
  ownWords: text,
  harmed: text,
  author: text,
  namesLater: text,
  choice: text,
  readBack: text,
  readBackHow: text,
  reader: text,
  how: text,
  language: text,
  when: text,
  agrees: text,
  laterHeading: text,
  later: lines,
  destroyHeading: text,
  destroy: lines,
});
