// Whatever the order of switching, writing, agreeing, sending and withdrawing, through the whole app and a real mail server:
// what was said to be saved for somebody stands in their text and in no other, in nobody else's transcript, and in no mail
// that its person did not agree to or had taken it back before.

import fc from 'fast-check';
import mammoth from 'mammoth';
import { expect, it } from 'vitest';
import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import { expectSound } from '../support/expect-sound.ts';
import { BEGIN, operatorOn, startApp, until, type Phone, type TestApp } from '../support/running-app.ts';
import { startSmtp, type ReceivedMail, type TestSmtp } from '../support/smtp.ts';

const NAMES = ['Ana', 'Bia', 'Caio'] as const;
type Name = (typeof NAMES)[number];
const AGREE = ['next', 'next', 'skip all', 'next', 'skip all', '4', '3', 'R. M.', '1', '1', '1'] as const;
const WITHDRAWAL = /\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b/u;
/** Said in other words from the second time on: "Saved as well." */
const SAVED = /^Saved[^\n]*\n(?<name>Ana|Bia|Caio)$/mu;
const SENTENCE = /sentence\d+ was said here by one person alone\./gu;

const someone = fc.constantFrom(...NAMES);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'write' } as const) },
  { weight: 4, arbitrary: someone.map((name) => ({ kind: 'switch', name }) as const) },
  { weight: 5, arbitrary: someone.map((name) => ({ kind: 'agree', name }) as const) },
  { weight: 3, arbitrary: someone.map((name) => ({ kind: 'send', name }) as const) },
  { weight: 3, arbitrary: fc.constant({ kind: 'send-together' } as const) },
  { weight: 2, arbitrary: someone.map((name) => ({ kind: 'withdraw', name }) as const) },
  { weight: 1, arbitrary: someone.map((name) => ({ kind: 'staff', name }) as const) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'quiet' } as const, { kind: 'stop' } as const) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Play {
  readonly griot: TestApp;
  readonly smtp: TestSmtp;
  readonly organiser: Phone;
  /** By what the bot said it was saved for. */
  readonly saved = new Map<string, Name>();
  readonly agreed = new Set<string>();
  /** How many mails had left when somebody took their words back. */
  readonly withdrawn = new Map<Name, number>();
  readonly codes = new Map<Name, string>();
  #sentences = 0;

  constructor(griot: TestApp, smtp: TestSmtp) {
    this.griot = griot;
    this.smtp = smtp;
    this.organiser = griot.phone('organiser');
  }

  async sessions(): Promise<readonly Session[]> {
    const all = await this.griot.app.store.sessions((await this.organiser.person()) ?? '');
    return all.map(({ session }) => parseSession(session));
  }

  async textsOf({ contribution }: Session): Promise<readonly string[]> {
    return contribution === null ? [] : (await this.griot.app.store.parts(contribution)).map(({ text }) => text);
  }

  async settles(): Promise<void> {
    await this.griot.app.conversation.recover();
    await this.griot.app.settle();
    await until(async () => {
      const mails = (await this.sessions()).flatMap((one) => one.mails);
      // What is held in doubt leaves only when its person has said so.
      return mails.every(({ outcome, doubted }) => outcome !== 'waiting' || doubted === true);
    });
  }

  async takes(one: Step): Promise<void> {
    const { organiser, griot } = this;
    switch (one.kind) {
      case 'write': {
        const sentence = `sentence${++this.#sentences} was said here by one person alone.`;
        const said = await organiser.asks(sentence);
        const name = NAMES.find((known) => known === SAVED.exec(said)?.groups?.['name']);
        if (name !== undefined) this.saved.set(sentence, name);
        return;
      }
      case 'switch':
        return organiser.saysAll(['cases', one.name]);
      case 'agree': {
        await organiser.saysAll(['cases', one.name, ...AGREE.slice(0, -1)]);
        const code = WITHDRAWAL.exec(await organiser.asks('1'))?.[0];
        if (code !== undefined) this.codes.set(one.name, code);
        const open = (await this.sessions()).find(({ teller }) => teller?.label === one.name);
        if (open?.teller?.readBack !== undefined) for (const text of await this.textsOf(open)) this.agreed.add(text);
        return;
      }
      case 'send':
        return organiser.saysAll(['cases', one.name, 'next', 'SEND', 'no']);
      case 'send-together':
        return organiser.saysAll(['together', 'all', '4', 'SEND', 'no']);
      case 'withdraw': {
        const code = this.codes.get(one.name);
        if (code === undefined || this.withdrawn.has(one.name)) return;
        await griot.phone(`own-${one.name}`).saysAll(['hello', code, 'WITHDRAW']);
        await this.settles();
        this.withdrawn.set(one.name, this.smtp.received.length);
        return;
      }
      case 'staff': {
        const about = (await this.sessions()).find(({ teller }) => teller?.label === one.name);
        if (about?.contribution === undefined || about.contribution === null) return;
        const sentence = `sentence${++this.#sentences} was said here by one person alone.`;
        this.saved.set(sentence, one.name);
        const reviewer = { id: 'staff-ana', role: 'reviewer' } as const;
        const to = { contribution: about.contribution };
        await griot.app.store.reviews.say({ reviewer, to, text: sentence, at: griot.now.toISOString() });
        return this.settles();
      }
      case 'quiet':
        griot.later(20);
        return organiser.saysAll(['cases', 'girasol']);
      case 'stop':
        return organiser.saysAll(['stop', '1']);
      default:
        return one satisfies never;
    }
  }

  async isSound(): Promise<void> {
    const person = (await this.organiser.person()) ?? '';
    for (const session of await this.sessions()) {
      const label = session.teller?.label;
      for (const text of await this.textsOf(session)) expect(this.saved.get(text) ?? label).toBe(label);
      if (session.contribution === null || session.joint !== undefined) continue;
      const lines = await this.griot.app.store.transcriptOfContribution(person, session.contribution);
      for (const [sentence] of lines
        .map(({ text }) => text ?? '')
        .join('\n')
        .matchAll(SENTENCE)) {
        expect(this.saved.get(sentence) ?? label, `${sentence} in the transcript of ${label}`).toBe(label);
      }
    }
    for (const [index, mail] of this.smtp.received.entries()) {
      for (const [sentence] of (await textOf(mail)).matchAll(SENTENCE)) {
        expect(this.agreed, sentence).toContain(sentence);
        const name = this.saved.get(sentence);
        expect(name, `whose is ${sentence}`).toBeDefined();
        const takenBack = name === undefined ? undefined : this.withdrawn.get(name);
        if (takenBack !== undefined) expect(index, sentence).toBeLessThan(takenBack);
      }
    }
    await expectSound(this.griot.dir);
  }
}

async function textOf({ mail }: ReceivedMail): Promise<string> {
  const file = mail.attachments.find(({ filename }) => filename?.endsWith('.docx') === true);
  if (file === undefined || typeof file.content === 'string') return mail.text ?? '';
  return (await mammoth.extractRawText({ buffer: Buffer.from(new Uint8Array(file.content)) })).value;
}

/** Played first: what the counts at the end ask for does not hang on chance. */
const SENT_AND_TAKEN_BACK: Step[] = [
  { kind: 'agree', name: 'Ana' },
  { kind: 'agree', name: 'Bia' },
  { kind: 'withdraw', name: 'Ana' },
  { kind: 'send', name: 'Bia' },
];

/** Two people take their words back, and their messages have the same id on their phones. */
const BOTH_TAKEN_BACK: Step[] = [
  { kind: 'agree', name: 'Ana' },
  { kind: 'withdraw', name: 'Ana' },
  { kind: 'agree', name: 'Bia' },
  { kind: 'withdraw', name: 'Bia' },
  { kind: 'agree', name: 'Caio' },
  { kind: 'send-together' },
];

it('nothing of one person stands anywhere that it should not', { timeout: 240_000 }, async () => {
  let mails = 0;
  let withdrawals = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async (steps) => {
      const smtp = await startSmtp();
      const griot = await startApp({ env: operatorOn(smtp.port) });
      try {
        const play = new Play(griot, smtp);
        await play.organiser.saysAll([...BEGIN, '4', '2', 'girasol', 'girasol']);
        for (const name of NAMES) {
          await play.organiser.saysAll([...(name === 'Ana' ? [] : ['new']), name, 'english', '1']);
          await play.takes({ kind: 'write' });
        }
        for (const one of steps) await play.takes(one);
        await play.settles();
        await play.isSound();
        expect(await play.organiser.reads()).not.toContain('Something went wrong on our side.');
        mails += smtp.received.length;
        withdrawals += play.withdrawn.size;
      } finally {
        await griot.close();
        await smtp.close();
      }
    }),
    { numRuns: 10, examples: [[SENT_AND_TAKEN_BACK], [BOTH_TAKEN_BACK]] },
  );
  expect(mails).toBeGreaterThan(0);
  expect(withdrawals).toBeGreaterThan(0);
});
