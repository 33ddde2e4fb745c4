// The three lists about a page: found, not found, to be checked by a person.

import { type Fact, withoutAddress } from './facts.ts';
import type { CallPage } from './read-call-page.ts';

/** The properties that pages are searched for, with their names for people. */
const SOUGHT: Readonly<Record<string, string>> = {
  title: 'title',
  issuers: 'issued by',
  audience: 'who is asked',
  'response.kind': 'kind of reply',
  point: 'points asked for',
  'limit.words': 'limit of words',
  'limit.pages': 'limit of pages',
  languages: 'accepted languages',
  'formats.accepted': 'file formats',
  'formats.refused': 'refused formats',
  channels: 'way to send',
  subject: 'subject line',
  'deadline.date': 'deadline: day',
  'deadline.time': 'deadline: hour',
  'deadline.zone': 'deadline: zone',
  'deadline.meaning': 'deadline: sent or received',
  'publication.default': 'publication',
  'how-used': 'how inputs will be used',
  'identity.asked': 'details about the author',
  links: 'links',
  'attachments.allowed': 'attachments',
  'joint.allowed': 'joint submissions',
  'scope.countries': 'countries',
  'layout.font': 'font',
  'layout.numbered-paragraphs': 'numbered paragraphs',
  'layout.executive-summary': 'executive summary',
  'afterwards.confirmation': 'confirmation of receipt',
};

/** Lines for operators. `url`: known from elsewhere. */
export function reportOf(page: CallPage, url: string | null): readonly string[] {
  const { facts } = page;
  const found = new Set(facts.map(({ path }) => path));
  const missing = Object.keys(SOUGHT).filter((path) => !found.has(path));
  const checks = checksOf(page, url);
  return [
    `Found (${facts.length})`,
    ...facts.map(foundLine),
    `Not found, so left out as not stated (${missing.length})`,
    `  ${missing.map((path) => SOUGHT[path] ?? path).join(', ')}`,
    `To be checked by a person (${checks.length})`,
    ...checks.map((check) => `  - ${check}`),
  ];
}

const WIDE = 70;

function foundLine({ path, value, sentence }: Fact): string {
  const said = withoutAddress(
    typeof value === 'string' ? value : Array.isArray(value) ? listed(value) : JSON.stringify(value),
  );
  const short = said.length > WIDE ? `${said.slice(0, WIDE - 1)}…` : said;
  return `  ${path.padEnd(27)} ${short.padEnd(WIDE)} line ${sentence.line}`;
}

function listed(values: readonly unknown[]): string {
  return values.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(', ');
}

function checksOf({ facts, doubts, url: above }: CallPage, url: string | null): readonly string[] {
  const has = (path: string) => facts.some((each) => each.path === path);
  const isDated = has('deadline.date') && !(has('deadline.time') && has('deadline.zone'));
  return [
    'Is this the page of the body itself? Then write official: true. Copies translate what must stay as it is.',
    ...(url === null && above === null ? ['The address of the page was not given: write it as url.'] : []),
    ...doubts.map(({ about, why, sentence }) => {
      const place =
        sentence === null ? '' : ` (line ${sentence.line}: "${withoutAddress(sentence.text).slice(0, 80)}")`;
      return `${about}: ${why}${place}`;
    }),
    ...(facts.some(({ path, value }) => path === 'channels' && value === 'email') &&
    !doubts.some(({ about }) => about === 'address')
      ? ['address: none is on the page. Ask the body, then record it: npm run -s griot -- call address']
      : []),
    ...(isDated
      ? ['deadline: no hour or no zone was found. What is under `assume` is our assumption: is it right?']
      : []),
    ...(has('subject') ? ['subject: compare it letter by letter with the page of the body.'] : []),
    ...(has('publication.default')
      ? ['publication: read the sentence again. People decide by it whether they are safe.']
      : [
          'publication: nothing was found on it. Look for it on the page, or ask the body: people decide by it whether they are safe.',
        ]),
    'texts.csv: the questions are the words of the page. Write them for families, short, about what came after; give each a short name.',
    'texts.csv: what the body wants to know above all (body.wants), if the page says so. Without it the bot says the short title.',
    'texts.csv: how the bot names the body (body.name and the next rows), and every other language.',
  ];
}
