// The title of a call, and the body that issues it.

import { daysIn } from './dates.ts';
import { type Doubt, either, fact, has, NOTHING, type Reading } from './facts.ts';
import type { Page, Sentence } from './page.ts';
import type { Heading, PageWords } from './page-words.ts';

/** Lines of a page that is copied with its menus. */
const MENUS = 80;
/** Headings below the title; others may be in a menu. */
const BELOW: ReadonlySet<Heading | null> = new Set<Heading>(['issuer', 'deadline', 'purpose', 'questions']);

/** The line that begins as the title of a call does, else the first one that names a call, or that may be a heading. */
export function findTitle({ sentences }: Page, words: readonly PageWords[]): Reading {
  const known = sentences.findIndex(({ under }) => BELOW.has(under));
  const above = sentences.slice(0, known < 0 ? MENUS : Math.min(known, MENUS)).filter(({ isFirst }) => isFirst);
  const firsts = sentences.filter(({ isFirst }) => isFirst).slice(0, 4);
  const no = new RegExp(`^(?:${either(words, 'noTitle')})`, 'u');
  const call = new RegExp(
    `^(?:\\(\\d{4}\\) |(?:new|update|nouveau|nuevo|novo): ?)?(?:${either(words, 'callLine')})[^|]{8,}$`,
    'u',
  );
  const named = above.find(({ plain, text, line }) => {
    const isWhole = sentences.filter((each) => each.line === line).length === 1;
    return isWhole && text.length <= 250 && call.test(plain) && !has(plain, either(words, 'inviteEnds'));
  });
  if (named !== undefined) return titleFrom(named, []);
  const may = firsts.filter(({ plain, text, under, isItem, line }, index) => {
    const isWhole = index === 0 || sentences.filter((each) => each.line === line).length === 1;
    const isHeading =
      text.length <= 250 &&
      !/[:;,]$|;| \| |\[\.{3}\]$/u.test(text) &&
      !no.test(plain) &&
      !has(plain, either(words, 'inviteEnds'));
    return isWhole && isHeading && under === null && !isItem && daysIn(plain, words).length === 0;
  });
  const names = `\\b(?:${either(words, 'title')})\\b`;
  const best = may.find(({ plain }) => has(plain, names)) ?? may[0];
  if (best === undefined) return NOTHING;
  const isDoubtful = !has(best.plain, names) || above.some(({ plain }) => no.test(plain));
  const why = 'perhaps a line of the menu of the site: compare it with the heading of the page';
  return titleFrom(best, isDoubtful ? [{ about: 'title', why, sentence: best }] : []);
}

function titleFrom(sentence: Sentence, doubts: readonly Doubt[]): Reading {
  const text = sentence.text
    .replace(/^(?:\(\d{4}\)|(?:new|update|nouveau|nuevo|novo):)\s*/iu, '')
    .replace(/[.?]$/u, '');
  return { facts: [fact('title', text.trim(), sentence)], doubts };
}

export function findIssuer(page: Page, words: readonly PageWords[]): Reading {
  const { sentences } = page;
  const named = sentences.find(({ under, isValue }) => under === 'issuer' && isValue);
  if (named !== undefined) return issuerFrom(named.text.replace(/\s*[(;[].*$/u, ''), named, true);
  const bodies = either(words, 'bodies');
  const asks = `${either(words, 'invites')}|${either(words, 'asks')}|${either(words, 'seeks')}`;
  const asking = new RegExp(`(?<!\\w)(?:${bodies})(?=[^.]{0,160}\\b(?:${asks}))`, 'u');
  const title = findTitle(page, words).facts[0]?.sentence;
  const first = sentences.find(({ plain }) => asking.test(plain));
  const at = first === undefined ? null : asking.exec(first.plain);
  if (first !== undefined && at !== null)
    return issuerFrom(longest(first.text.slice(at.index, at.index + at[0].length)), first);
  // "Rules of the Commission", "A call (Commission)"; a body alone is what the call is about.
  const inTitle =
    title === undefined ? null : new RegExp(`(?:\\((?:${bodies})(?=\\))|(?<!\\w)(?:${bodies}))`, 'u').exec(title.plain);
  if (title === undefined || inTitle === null) return NOTHING;
  const around = title.plain.replace(inTitle[0], '');
  if (!inTitle[0].startsWith('(') && !has(around, `\\b(?:${either(words, 'title')})`)) return NOTHING;
  return issuerFrom(title.text.slice(inTitle.index, inTitle.index + inTitle[0].length).replace('(', ''), title);

  /** "The Permanent Forum invites" is the forum that was named whole before. */
  function longest(name: string): string {
    const whole = new RegExp(`(?<!\\w)(?:${bodies})`, 'gu');
    const names = sentences.flatMap(({ text, plain }) =>
      [...plain.matchAll(whole)].map(({ index, 0: found }) => text.slice(index, index + found.length)),
    );
    return (
      names.filter((each) => each.startsWith(`${name} `)).sort((one, other) => other.length - one.length)[0] ?? name
    );
  }
}

/** `isStated`: the page says that it is the issuer. */
function issuerFrom(name: string, sentence: Sentence, isStated = false): Reading {
  const facts = [fact('issuers', [name.replace(/^the /iu, '').replace(/[\s,.]+$/u, '')], sentence)];
  const why = 'taken out of a sentence: compare it with the name that the body gives itself';
  return { facts, doubts: isStated ? [] : [{ about: 'issuers', why, sentence }] };
}
