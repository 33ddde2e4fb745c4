// No harm B: whatever meets a text costs a time that grows with its length, not with the square of it. Every pattern written in
// the source is tried with texts made for it, what builds its patterns by its functions, and the conversation at every prompt.
// A pattern over texts of ours only is tried all the same: nobody has to know which those are.

import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { bubblesOf } from '../../src/channels/render.ts';
import type { TeamsActivity } from '../../src/channels/teams/activity.ts';
import { ownWords } from '../../src/channels/teams/own-words.ts';
import { parseCrockford } from '../../src/crockford.ts';
import { paragraphsIn } from '../../src/dialog/engine/paragraphs.ts';
import { PROMPT_IDS } from '../../src/dialog/prompts/prompt-ids.ts';
import { alarmIn, takesBack } from '../../src/dialog/understanding/alarm.ts';
import { codeIn } from '../../src/dialog/understanding/commands.ts';
import { findingsIn } from '../../src/dialog/understanding/findings.ts';
import { clean } from '../../src/dialog/understanding/fold.ts';
import { linksIn, linksName } from '../../src/dialog/understanding/links.ts';
import { applied, settled, soughtIn } from '../../src/dialog/understanding/names/settle.ts';
import { withoutLead } from '../../src/dialog/understanding/names/typed-name.ts';
import {
  isAskingBack,
  isRefusal,
  looksLikeSentence,
  plainAnswerIn,
} from '../../src/dialog/understanding/plain-answer.ts';
import { rangesIn } from '../../src/dialog/understanding/ranges.ts';
import { endsOf, sentencesIn, withoutSentences } from '../../src/dialog/understanding/sentences.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { classifyMail } from '../../src/mail/inbound/classify-mail.ts';
import type { ReadMail } from '../../src/mail/inbound/read-mail.ts';
import { hintsIn } from '../../src/mail/inbound/take-mail.ts';
import { documentText } from '../../src/submission/block.ts';
import { linksIn as documentLinksIn } from '../../src/submission/document-model.ts';
import { Faces } from '../../src/submission/pdf/faces.ts';
import { setText } from '../../src/submission/pdf/set-text.ts';
import { countWords } from '../../src/words.ts';
import { read, trackedFiles } from '../project/files.ts';
import { lexicon, Player } from '../support/player.ts';
import { loadCatalogue } from '../../src/texts/catalogues.ts';

const LABELS = loadCatalogue('document').en.withheld;

const LONG = 64 * 1024;
const SHORT = LONG / 4;
const SHORTEST = LONG / 8;
/** Four times the text: about four times the time; sixteen times where it is the square. */
const MOST = 10;
/** Microseconds of the processor for the long text: less is no harm, however it grows. */
const FLOOR = 50_000;

/** How often it may look again: the square is there in every round, and what others do to the machine is not. */
const ROUNDS = 8;

/** Of the processor, not of the clock: others may be busy on the same machine. */
async function cost(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  return process.cpuUsage(before).user;
}

/** The least of several tries, which nothing else has disturbed. */
async function leastCost(run: () => unknown, tries: number): Promise<number> {
  let least = Infinity;
  for (let left = tries; left > 0; left--) least = Math.min(least, await cost(run));
  return Math.max(1, least);
}

/**
 * How many times longer four times the text takes. 0 for what would stay below the floor even if it grew with the square,
 * and where the step to twice the text already shows that it does not.
 */
async function growth(run: (size: number) => unknown): Promise<number> {
  // By the clock first, which is much quicker to read: it shows no less than the processor took.
  const began = performance.now();
  await run(SHORTEST);
  if ((performance.now() - began) * 1_000 < FLOOR / 64) return 0;
  const shortest = await leastCost(() => run(SHORTEST), 2);
  if (shortest < FLOOR / 64) return 0;
  const twice = await leastCost(() => run(SHORT), 1);
  if (twice / shortest < MOST / 4) return 0;
  let least = Infinity;
  for (let tries = 0; tries < ROUNDS && least > MOST; tries++) {
    // Side by side: a machine that is busy for a while is busy for both.
    const short = await leastCost(() => run(SHORT), 2);
    if (tries === 0 && Math.min(twice, short) / shortest < MOST / 4) return 0;
    const long = await cost(() => run(LONG));
    if (long < FLOOR) return 0;
    least = Math.min(least, long / short);
  }
  return Math.round(10 * least) / 10;
}

/** Pieces that are repeated, and what stands behind the last of them. */
const REPEATED =
  ' |\n|\t|\u00a0|a|A|1|é|.|a.|a,|((((|http://|http://a |http://b/Ana-Lima |a=&|1 |1-|12.|+1 (|a@|@|a@a.|#a|<|<a|<at>|<!--|a b |A b |Ana |Ana. |a-|-|--|' +
  "'|can't |n't|aaa |no |not |*|*a*|“|?|? |…|&|&amp;|/|:|a:|[|{{|\u200b|\u0301|a\u0301|\u202a|\u2011|私|👍|\r\n|\r\n\r\n|> |\n \n|years |officer |my son |no. ";
const texts = REPEATED.split('|').map((one) => one || '|');

const made = new Map<string, string>();

/** Alone, or with a letter before it, and behind it what no pattern waits for. */
function repeated(piece: string, size: number, within: boolean): string {
  const key = `${piece}/${size}/${within}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const text = piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
  // Made flat once: what is put together of pieces is put together when it is read.
  const flat = Buffer.from(within ? `a${text}\u0001` : text, 'utf16le').toString('utf16le');
  made.set(key, flat);
  return flat;
}

interface Pattern {
  readonly at: string;
  readonly source: string;
  readonly flags: string;
}

/** A command that an operator runs once reads the page of a call, of a limited length; no person's text gets there. */
const OF_PAGES = 'src/calls/page/';

/** Every other regular expression that is written in the source, and every other file that builds one. */
function patternsInSource(): { readonly written: readonly Pattern[]; readonly building: readonly string[] } {
  const written: Pattern[] = [];
  const building = new Set<string>();
  for (const path of trackedFiles('src/**.ts')) {
    if (path.startsWith(OF_PAGES)) continue;
    const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        written.push({ at: `${path}:${line}`, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      }
      if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') {
        building.add(path);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { written, building: [...building] };
}

const { written, building } = patternsInSource();

/** Everything that is found, as replacing and splitting do; the first one of a pattern that looks for one. */
function apply({ source, flags }: Pattern): (text: string) => unknown {
  const pattern = new RegExp(source, flags);
  if (!flags.includes('g')) return (text) => pattern.exec(text);
  return (text) => {
    let count = 0;
    pattern.lastIndex = 0;
    for (let before = 0; pattern.test(text); before = pattern.lastIndex) {
      if (pattern.lastIndex === before) pattern.lastIndex += 1;
      count += 1;
    }
    return count;
  };
}

/** What a pattern itself is made of: its letters and signs, alone and as they follow each other. */
function piecesOf(source: string): readonly string[] {
  const plain = source
    .replace(/\\[pP]\{[^}]*\}|\\[pP]./gu, 'A')
    .replace(/\\s/gu, ' ')
    .replace(/\\[dD]/gu, '1')
    .replace(/\\[wS]/gu, 'a')
    .replace(/\\n/gu, '\n')
    .replace(/\\u([0-9A-Fa-f]{4})/gu, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/\{\d+(?:,\d*)?\}/gu, '');
  const runs = plain.split(/[\\^$.|?*+()[\]{}]+|<\w+>/u).filter((run) => run !== '');
  return [
    ...new Set([...runs.slice(0, 12), ...runs.slice(0, 4).flatMap((run) => [`${run} `, ` ${run}`]), runs.join('')]),
  ].filter((one) => one !== '');
}

/** Patterns that would grow, and are given no more than a few letters. */
const BOUNDED = new Set([
  // The twelve letters before a name.
  String.raw`(\S?)[\s"“«'‘¿¡([]*$`,
]);

describe('no harm B: every pattern in the source', () => {
  it('is found', () => {
    expect(written.length).toBeGreaterThan(300);
    expect(written.map(({ source }) => source)).toContain(String.raw`[.!?…;؟؛]["”»)]?\s+`);
  });

  it('takes no more than its share for a longer text', async () => {
    const dear: string[] = [];
    const distinct = [...new Map(written.map((one) => [`/${one.source}/${one.flags}`, one])).values()];
    patterns: for (const pattern of distinct) {
      if (BOUNDED.has(pattern.source)) continue;
      const run = apply(pattern);
      for (const piece of new Set([...texts, ...piecesOf(pattern.source)])) {
        for (const within of [false, true]) {
          const times = await growth((size) => run(repeated(piece, size, within)));
          if (times <= MOST) continue;
          dear.push(`${pattern.at} /${pattern.source}/ ${JSON.stringify(piece)} ${times}`);
          continue patterns;
        }
      }
    }
    expect(dear).toEqual([]);
  }, 600_000);
});

/** A name that must not be found, one that gives way to its initials, words, and a number. */
const sought = soughtIn({
  harmed: { form: 'none', name: 'Ana Lima' },
  author: { form: 'initials', name: 'Jo No Sim' },
  withheld: ['no', 'a a', '+1 234 567 8901', 'http://b.example'],
});

function mailOf(text: string): ReadMail {
  return {
    ...{ from: text, subject: text, text, returned: text, statuses: [text], state: 'whole', identity: '', files: [] },
    ...{ date: null, isCut: false },
    headers: new Map(['to', 'received', 'in-reply-to', 'message-id'].map((name) => [name, [text]])),
  } as unknown as ReadMail;
}

/** Words on Teams, as text and as HTML. */
function ownWordsIn(text: string): unknown {
  const read = (more: object) => ownWords({ recipient: { id: 'b', name: 'Griot' }, ...more } as TeamsActivity);
  const marked = `<ol><li><a href="https://x.example">${text}<p>`;
  return [text, marked, marked.repeat(2)].map((one) => [
    read({ text: one, textFormat: 'xml' }),
    read({ text: one, attachments: [{ contentType: 'text/html', content: one }] }),
  ]);
}

const everywhere = (text: string) => WHOLE_LANGUAGES.map((language) => ({ language, text }));

const faces = await Faces.of('');

/** By the file that builds patterns, or looks for one thing in another; each is given a text as a person may write it. */
const FUNCTIONS: readonly (readonly [file: string, read: (text: string) => unknown])[] = [
  ['src/crockford.ts', (text) => parseCrockford(text)],
  [
    'src/mail/inbound/classify-mail.ts',
    (text) => classifyMail(mailOf(`Final-Recipient: rfc822;${text}`), { to: ['a@b.example'], subject: text }),
  ],
  ['src/mail/inbound/take-mail.ts', (text) => hintsIn(mailOf(text), 'a@b.example')],
  ['src/dialog/understanding/commands.ts', codeIn],
  ['src/dialog/understanding/findings.ts', (text) => findingsIn(lexicon, [text])],
  ['src/dialog/understanding/fold.ts', (text) => [alarmIn(lexicon, text), takesBack(lexicon, text)]],
  ['src/dialog/understanding/names/folded.ts', (text) => applied(text, settled(text, sought, {}), LABELS)],
  ['src/words.ts', countWords],
  ['src/channels/render.ts', (text) => bubblesOf(text, 600)],
  ['src/dialog/understanding/fold.ts', clean],
  ['src/dialog/understanding/links.ts', (text) => [linksIn(text).length, linksName([text], ['Ana Lima'])]],
  ['src/dialog/understanding/names/typed-name.ts', (text) => withoutLead(lexicon, text)],
  ['src/dialog/engine/paragraphs.ts', paragraphsIn],
  [
    'src/dialog/understanding/plain-answer.ts',
    (text) => [
      plainAnswerIn(lexicon, text),
      isRefusal(lexicon, text),
      isAskingBack(lexicon, text),
      looksLikeSentence(lexicon, text),
    ],
  ],
  ['src/dialog/understanding/ranges.ts', (text) => rangesIn(lexicon, text, 500)],
  [
    'src/dialog/understanding/sentences.ts',
    (text) => [
      everywhere(text).map((one) => sentencesIn(one.text, one.language).length),
      withoutSentences(text, 'en', new Set([1, 2])),
      endsOf(text),
    ],
  ],
  ['src/channels/teams/own-words.ts', ownWordsIn],
  ['src/submission/block.ts', documentText],
  ['src/submission/document-model.ts', documentLinksIn],
  ['src/submission/pdf/set-text.ts', (text) => setText([{ text, bold: false }], faces, 'en', A_COLUMN)],
];

const A_COLUMN = { size: 11, lineGap: 4, width: 425, isHeading: true, isPlain: () => false };
/** Builds patterns of what no person writes. */
const NOT_FOR_TEXTS = ['src/staff/sign-in/second-factor.ts', 'src/texts/body.ts'];

const SAID = [
  'they are outside ',
  'he said I want to die ',
  'Ana Lima, ',
  'Ana. Lima. ',
  'http://b.example/Ana-Lima ',
  'a1. ',
];

describe('no harm B: every function that builds patterns, or looks for one thing in another', () => {
  it('is in the list', () => {
    expect(
      building.filter((path) => !NOT_FOR_TEXTS.includes(path) && !FUNCTIONS.some(([file]) => file === path)),
    ).toEqual([]);
  });

  it.each(FUNCTIONS)(
    '%s takes no more than its share for a longer text',
    async (_path, read) => {
      const dear: string[] = [];
      for (const piece of [...texts, ...SAID]) {
        const times = await growth((size) => read(repeated(piece, size, true)));
        if (times <= MOST) continue;
        dear.push(`${JSON.stringify(piece)} ${times}`);
        break;
      }
      expect(dear).toEqual([]);
    },
    600_000,
  );
});

describe('no harm B: the conversation', () => {
  it('takes no more than its share for a longer message, at every prompt', async () => {
    const dear: string[] = [];
    for (const [index, prompt] of PROMPT_IDS.entries()) {
      const player = new Player({ language: WHOLE_LANGUAGES[index % 4] ?? 'en' });
      for (const text of ['1', '1', '1', '1', '1']) await player.says(text);
      const before = { ...player.session, at: { prompt }, under: [{ prompt: 'story' as const }] };
      for (const piece of ['a.', ' ', 'no ', 'http://b.example/Ana-Lima ']) {
        const times = await growth(async (size) => {
          player.session = before;
          player.rows = [];
          await player.says(repeated(piece, size, true));
        });
        if (times > MOST) dear.push(`${prompt} ${JSON.stringify(piece)} ${times}`);
      }
    }
    expect(dear).toEqual([]);
  }, 600_000);
});
