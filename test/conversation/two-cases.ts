// An organiser with the texts of two people, Amina and Carlos, in a running app.

import { parseSession, type Session } from '../../src/dialog/engine/session.ts';
import { BEGIN, operatorOn, type Phone, startApp, type TestApp } from '../support/running-app.ts';
import { startSmtp, type TestSmtp } from '../support/smtp.ts';

const GATHER: readonly string[] = [...BEGIN, '4', '1', 'girasol', 'girasol'];
/** From the story of a case to its person's yes. */
export const TO_AGREED: readonly string[] = [
  ...['next', 'next', 'skip all', 'next', 'skip all', '4', '3'],
  ...['R. M.', '1', '1', '1'],
];

export const AMINA = 'They came at night. Nobody told her where her brother was for two whole days.';
export const CARLOS = 'He saw the car without plates. He asked for the file three times.';

export class TwoCases {
  readonly app: TestApp;
  readonly smtp: TestSmtp;
  readonly organiser: Phone;

  private constructor(app: TestApp, smtp: TestSmtp) {
    this.app = app;
    this.smtp = smtp;
    this.organiser = app.phone('organiser');
  }

  /** `env`: more settings of the operator. */
  static async open(env: Readonly<Record<string, string>> = {}): Promise<TwoCases> {
    const smtp = await startSmtp();
    const two = new TwoCases(await startApp({ env: { ...operatorOn(smtp.port), ...env } }), smtp);
    await two.organiser.saysAll([...GATHER, 'Amina', 'english', '1', AMINA, 'new', 'Carlos', 'english', '1', CARLOS]);
    return two;
  }

  /** By the name of the person. */
  async sessions(): Promise<ReadonlyMap<string, Session>> {
    const all = await this.app.app.store.sessions((await this.organiser.person()) ?? '');
    return new Map(
      all.map(({ session }) => parseSession(session)).map((session) => [session.teller?.label ?? '', session]),
    );
  }

  async textOf(label: string): Promise<readonly string[]> {
    const contribution = (await this.sessions()).get(label)?.contribution ?? '';
    return (await this.app.app.store.parts(contribution)).map(({ text }) => text);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.smtp.close();
  }
}
