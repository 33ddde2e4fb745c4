// Every persona, from the first message on the page to the mail as it arrived: what is in it, and what must not be.

import { unzipSync } from 'fflate';
import type { Email } from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPersonas, type Persona } from '../../tools/demo/persona.ts';
import { WHOLE_LANGUAGES } from '../../src/languages.ts';
import { docxParagraphs, isInstalled, pdfText } from '../submission/read-back.ts';
import { personaNamed, play, type PlayedHere } from './played.ts';

const SUBJECT = 'EMLER 2024 Report';
/** The first words of document and mail, by language. */
const MARKS: Readonly<Record<string, RegExp>> = {
  'public-named': /^(?:The author agrees|Publication intégrale acceptée|Quien escribe acepta|Quem escreve aceita)/,
  'public-unnamed': /^(?:PUBLICATION WITHOUT NAMES|PUBLICATION SANS NOMS|PUBLICACIÓN SOLO SIN|PUBLICAÇÃO SOMENTE SEM)/,
  confidential: /^(?:CONFIDENTIAL|CONFIDENTIEL|CONFIDENCIAL)/,
};

const personas = loadPersonas();
const hasPdftotext = isInstalled('pdftotext', '-v');

/** Each persona is played once, and looked at from many sides. */
const runs = new Map<string, Promise<PlayedHere>>();
function playedOnce(name: string): Promise<PlayedHere> {
  const run = runs.get(name) ?? play(personaNamed(name));
  runs.set(name, run);
  return run;
}
afterAll(async () => {
  for (const run of await Promise.allSettled(runs.values())) if (run.status === 'fulfilled') run.value.remove();
});

describe.each(personas.map(({ name }) => name))('%s', (name) => {
  let played: PlayedHere;
  beforeAll(async () => {
    played = await playedOnce(name);
  });

  it('goes as the persona says', () => {
    expect(played.problems).toEqual([]);
  });

  it('lets no key, no id and no transcript out with the mail', async () => {
    const sent = await everythingIn(
      played,
      played.files.filter((file) => file.endsWith('.eml')),
    );
    const ids = ['persons', 'cases', 'contributions'].flatMap((table) => played.column(table, 'id'));
    const [greeting = ''] = played.file('transcript.txt').toString().split('\n> ');
    const [longest = ''] = greeting.split('\n').sort((one, other) => other.length - one.length);

    expect(played.secrets.length).toBeGreaterThan(0);
    expect(longest.trim().length).toBeGreaterThan(40);
    for (const canary of [...played.secrets, ...ids, longest.trim()]) {
      expect(sent.includes(canary), canary).toBe(false);
    }
  });

  it('keeps nothing in clear', () => {
    const data = played.bytesOfData();
    const said = played.persona.steps
      .flatMap(({ says, tells }) => says ?? tells ?? [])
      .filter((text) => text.length > 11);
    for (const text of said) expect(data.includes(text.slice(0, 24)), text).toBe(false);
    for (const secret of played.secrets) expect(data.includes(secret)).toBe(false);
  });
});

const sending = personas.filter(({ outcome }) => outcome.mails > 0);
describe.each(sending.map(({ name }) => name))('the mail of %s', (name) => {
  let played: PlayedHere;
  beforeAll(async () => {
    played = await playedOnce(name);
  });

  it('sends what was approved on the page, and nothing besides', async () => {
    const { publication = '', mails } = played.persona.outcome;
    const submission = await played.mail(submissionOf(played));

    expect(played.recipients).toEqual(Array.from({ length: mails }, () => 'submissions@mechanism.internal'));
    expect(submission.subject).toBe(SUBJECT);
    expect(submission.to?.map(({ address }) => address)).toEqual(['submissions@mechanism.internal']);
    // A correction says first that it is one.
    const first = submission.text?.split('\n')[0]?.replace(/^[A-ZÇÃÉ]+ (?:of|de|à|to) \S+\. /u, '');
    expect(first).toMatch(MARKS[publication] ?? /^$/);
    const formats = submission.attachments.map(({ filename }) => filename?.split('.').at(-1));
    expect(formats).toEqual(['docx', 'pdf']);
    for (const format of ['docx', 'pdf'] as const) {
      expect(attached(submission, format).equals(played.file(`submission.${format}`)), format).toBe(true);
    }
  });

  it('has the words in the document, and the withheld ones nowhere', async () => {
    const { outcome } = played.persona;
    const paragraphs = (await docxParagraphs(played.file('submission.docx'))).map(({ text }) => text);
    const text = paragraphs.join('\n');

    expect(paragraphs[0]).toMatch(MARKS[outcome.publication ?? ''] ?? '');
    for (const words of outcome['in the document']) expect(text).toContain(words);
    const sent = await everythingIn(played, [submissionOf(played)]);
    expect(sent.includes(`${played.reference ?? ''}<`)).toBe(true);
    for (const words of outcome['not in the document']) expect(sent.includes(words), words).toBe(false);
  });
});

it('takes at most 18 messages on the shortest way, and the story begins with the fifth', async () => {
  const { messages, beforeStory } = await playedOnce('en-sister-shortest');
  expect(messages).toBeLessThanOrEqual(18);
  expect(beforeStory).toBe(4);
});

it('leaves nothing of who leaves before the yes: no mail, no row, no word', async () => {
  const left = await playedOnce('pt-brother-leaves');
  const rows = left.rows();
  const ours = ['persons', 'addresses', 'sessions', 'held', 'lines', 'replies', 'keys', 'parts', 'cases', 'documents'];

  expect(left.recipients).toEqual([]);
  expect(Object.keys(rows).filter((table) => ours.includes(table))).toEqual([]);
  // What stays of a message is a mark against its repeat: whose it was and what it said is gone.
  expect(left.column('inbox', 'sealed')).toEqual([]);
  expect(left.column('inbox', 'person')).toEqual([]);
  expect(left.bytesOfData().includes('Nilson')).toBe(false);
});

it('asks to withdraw in a second mail, and then erases every row of the case', async () => {
  const withdrawn = await playedOnce('pt-collective-withdraws');
  const mail = await withdrawn.mail('message-2.eml');
  const rows = withdrawn.rows();
  const ofCase = ['cases', 'contributions', 'parts', 'documents', 'outbox', 'approvals', 'consents'];

  expect(mail.text?.split('\n')[0]).toContain(withdrawn.reference);
  expect(mail.attachments).toEqual([]);
  expect(mail.headers.find(({ key }) => key === 'sensitivity')?.value).toBe('Company-Confidential');
  expect(Object.keys(rows).filter((table) => ofCase.includes(table))).toEqual([]);
  expect(withdrawn.bytesOfData().includes('sapatos')).toBe(false);
});

it('sends a correction that names what it replaces', async () => {
  const corrected = await playedOnce('fr-association-corrects');
  const [first, second] = [await corrected.mail('message.eml'), await corrected.mail('message-2.eml')];
  const reference = /GR-[0-9A-Z]{6}/.exec(first.text ?? '')?.[0] ?? 'none';
  const text = (await docxParagraphs(corrected.file('submission.docx'))).map((paragraph) => paragraph.text).join('\n');

  expect(reference).not.toBe(corrected.reference);
  expect(second.text).toContain(reference);
  expect(second.text).toContain(corrected.reference);
  expect(text).toContain(reference);
});

it('finds the way back in another browser, and shows no old answers to whoever opens it', async () => {
  const returned = await playedOnce('fr-aunt-after-a-week');
  const [, after = ''] = returned.file('transcript.txt').toString().split('in another browser');
  expect(after).toContain('J’ai vos réponses jusqu’ici.');
  expect(after.split('\n>')[0]).not.toContain('la radio');
});

describe('the personas', () => {
  it('speak each of the four languages, for a family and for an organisation', () => {
    const chooses = (persona: Persona, value: string) => persona.steps.some((step) => step.chooses === value);
    for (const language of WHOLE_LANGUAGES) {
      const ours = personas.filter((persona) => persona.language === language);
      expect(ours.length, language).toBeGreaterThanOrEqual(2);
      expect(ours.filter((persona) => chooses(persona, 'organisation')).length, language).toBeGreaterThanOrEqual(1);
      expect(ours.filter((persona) => !chooses(persona, 'organisation')).length, language).toBeGreaterThanOrEqual(1);
    }
  });

  it('are all invented: every mail address and every link is one that nobody has', () => {
    for (const { steps } of personas) {
      for (const { says = '', tells = '' } of steps) {
        for (const host of `${says} ${tells}`.matchAll(/(?:https?:\/\/|@)([\w.-]+)/g)) {
          expect(host[1]).toMatch(/(?:^|\.)example(?:\.org|\.com|\.net)?$/);
        }
      }
    }
  });
});

/** The mail that carries the document which stands in the folder: the last one, but for a withdrawal. */
function submissionOf({ persona, files }: PlayedHere): string {
  return persona.outcome.kept && files.includes('message-2.eml') ? 'message-2.eml' : 'message.eml';
}

/** Mails with their attachments laid open: the Word file unzipped, the PDF's text where this machine can read it. */
async function everythingIn(played: PlayedHere, mails: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (const name of mails) {
    const mail = await played.mail(name);
    texts.push(mail.headers.map(({ key, value }) => `${key}: ${value}`).join('\n'), mail.text ?? '', mail.html ?? '');
    for (const { filename, content } of mail.attachments) {
      const bytes = Buffer.from(content instanceof ArrayBuffer ? new Uint8Array(content) : content);
      const isWord = filename?.endsWith('.docx') === true;
      const inside = isWord ? Object.values(unzipSync(bytes)) : hasPdftotext ? [Buffer.from(pdfText(bytes))] : [bytes];
      texts.push(filename ?? '', ...inside.map((part) => Buffer.from(part).toString('utf8')));
    }
  }
  return texts.join('\n');
}

function attached({ attachments }: Email, format: string): Buffer {
  const content = attachments.find(({ filename }) => filename?.endsWith(`.${format}`))?.content;
  if (!(content instanceof ArrayBuffer)) throw new Error(`no ${format} is attached`);
  return Buffer.from(content);
}
