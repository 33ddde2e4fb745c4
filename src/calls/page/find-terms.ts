// The terms of a submission: publication, details about its author, ways to send it, layout.

import { ADDRESS, type Doubt, either, type Fact, fact, has, type Reading } from './facts.ts';
import type { Page, Sentence } from './page.ts';
import type { PageWords } from './page-words.ts';

export function findTerms(page: Page, words: readonly PageWords[]): Reading {
  const rules = findByRules(page, words);
  return {
    facts: [...rules, ...findChannels(page, words), ...findWho(page, words), ...findLayout(page)],
    doubts: [...publicationDoubts(page, rules, words), ...addressDoubts(page)],
  };
}

/** Of the values of a property, the one that comes first in the words' files; its sentence comes first on the page. */
function findByRules({ sentences }: Page, words: readonly PageWords[]): readonly Fact[] {
  const found = new Map<string, Fact>();
  const order = new Map<string, number>();
  for (const { rules } of words) {
    for (const [index, [path, value, pattern]] of rules.entries()) {
      if (path === 'channels' || path === 'account') continue;
      const sentence = sentences.find(({ plain, under }) => under !== 'other' && has(plain, pattern));
      if (sentence === undefined || (order.get(path) ?? Infinity) <= index) continue;
      found.set(path, fact(path, value, sentence));
      order.set(path, index);
    }
  }
  const published = found.get('publication.default');
  // Without it, the rest is said of a form, or of something else.
  if (published === undefined)
    for (const key of [...found.keys()]) if (key.startsWith('publication.')) found.delete(key);
  // "Always", unless the author asks otherwise in another sentence.
  if (published?.value === 'always' && found.has('publication.opt-out'))
    found.set('publication.default', { ...published, value: 'published' });
  return [...found.values()];
}

const CONFIDENTIAL = 'confiden[ct]i|anon[iy]m|sigilo';

/** People decide by these sentences whether they are safe: none is passed over in silence. */
function publicationDoubts({ sentences }: Page, rules: readonly Fact[], words: readonly PageWords[]): readonly Doubt[] {
  const read = new Set(rules.flatMap(({ path, sentence }) => (path.startsWith('publication.') ? [sentence] : [])));
  const mayRefuse = rules.some(({ path, value }) => path === 'publication.opt-out' || value === 'never');
  return sentences.flatMap((sentence): readonly Doubt[] => {
    if (!mayRefuse && has(sentence.plain, CONFIDENTIAL)) {
      const why = 'it speaks of confidentiality, and no right to refuse was read: may an author refuse publication?';
      return [{ about: 'publication.opt-out', why, sentence }];
    }
    if (read.has(sentence) || !has(sentence.plain, either(words, 'publishes'))) return [];
    return [{ about: 'publication', why: 'this sentence is about it, too: read it', sentence }];
  });
}

/** Ways to send; never an address. */
function findChannels({ sentences, headings }: Page, words: readonly PageWords[]): readonly Fact[] {
  const rules = words.flatMap((each) => each.rules);
  const isAbout = (path: string, kind: string, sentence: Sentence) =>
    rules.some(([of, value, pattern]) => of === path && value === kind && has(sentence.plain, pattern));
  const isQuestion = ({ plain, under }: Sentence) =>
    under === 'contact' ||
    has(
      plain,
      '^(?:questions?|queries|for (?:more|further)|preguntas|consultas|pour (?:plus|toute)|duvidas|mas informacion)',
    );
  const facts: Fact[] = [];
  for (const kind of ['email', 'web-form', 'post', 'fax']) {
    const sentence = sentences.find(
      (each) =>
        !isQuestion(each) &&
        !has(each.plain, either(words, 'refuses')) &&
        (isAbout('channels', kind, each) ||
          (kind === 'email' && isSentTo(each)) ||
          (kind === 'post' && isPostal(each.plain))),
    );
    const label =
      kind === 'email' && headings.has('email') ? sentences.find(({ under }) => under === 'email') : undefined;
    const at = sentence ?? label;
    if (at === undefined && !(kind === 'email' && headings.has('email'))) continue;
    const first = at ?? sentences[0];
    if (first !== undefined) facts.push(fact('channels', kind, first));
  }
  const account = sentences.find((each) => isAbout('account', 'yes', each));
  return account === undefined ? facts : [...facts, fact('account', 'yes', account)];
}

function isSentTo({ text, under }: Sentence): boolean {
  return ADDRESS.test(text) && under !== 'contact';
}

function isPostal(plain: string): boolean {
  return has(plain, '(?:sent|enviad|envoye|adresse)[a-z]{0,3} .{0,90}\\bch[- ]?1211\\b');
}

function addressDoubts({ sentences }: Page): readonly Doubt[] {
  return sentences
    .filter(({ text }) => ADDRESS.test(text))
    .map((sentence) => ({
      about: 'address',
      why: 'an e-mail address, which is not copied. Verify it with the body, then record it: npm run -s griot -- call address',
      sentence,
    }));
}

/** Details about the author that must be given. */
function findWho({ sentences }: Page, words: readonly PageWords[]): readonly Fact[] {
  const must = either(words, 'must');
  const first = sentences.find(
    ({ plain, under }) => (under === 'contact' || has(plain, either(words, 'asksWho'))) && has(plain, must),
  );
  if (first === undefined) return [];
  const ownForm = words.some(({ rules }) =>
    rules.some(([path, , of]) => path === 'formats.own-form' && sentences.some(({ plain }) => has(plain, of))),
  );
  const inForm = has(first.plain, either(words, 'inForm')) || (first.under === 'contact' && ownForm);
  const inMail = has(first.plain, either(words, 'inMail'));
  // A form has a section for each detail, on lines of their own.
  const also = inForm ? sentences.filter(({ plain }) => has(plain, either(words, 'status'))) : [];
  const asked = [first, ...also].map(({ plain }) => plain.replace(new RegExp(either(words, 'inMail'), 'gu'), ''));
  const list = words.flatMap(({ details }) => Object.entries(details));
  const details = [
    ...new Set(list.filter(([, word]) => asked.some((plain) => has(plain, word))).map(([detail]) => detail)),
  ];
  return [
    fact('identity.asked', 'required', first),
    fact('identity.details', details.length > 0 ? details : ['not-stated'], first),
    ...(inMail || inForm ? [fact('identity.where', inMail ? 'mail' : 'form', first)] : []),
  ];
}

const FONTS = /"?(times new roman|times|arial|calibri|cambria|verdana|georgia|garamond)\b"?/u;

function findLayout({ sentences }: Page): readonly Fact[] {
  for (const sentence of sentences) {
    const font = FONTS.exec(sentence.plain);
    if (font === null || !has(sentence.plain, 'font|police|fuente|letra|fonte|tamano|taille|\\d ?(?:pt|points?)'))
      continue;
    const name = sentence.text.slice(font.index, font.index + font[0].length).replace(/["“”«»]/gu, '');
    const size = /(?:font|size|taille|tamano|tamanho) "?(\d{1,2})\b|\b(\d{1,2}) ?(?:-?pt|-?point)/u.exec(
      sentence.plain,
    );
    const points = Number(size?.[1] ?? size?.[2]);
    return [fact('layout.font', name, sentence), ...(points > 5 ? [fact('layout.font-size', points, sentence)] : [])];
  }
  return [];
}
