// What a machine understood and its speaker refused or changed is nowhere any more: not in the text, not in what was said, not
// in the copy of everything.

import { afterEach, describe, expect, it } from 'vitest';
import { BEGIN, startApp, type Phone, type TestApp } from '../support/running-app.ts';

let app: TestApp | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

async function telling(): Promise<{ readonly app: TestApp; readonly ana: Phone }> {
  app = await startApp({ env: { TRANSCRIBE_URL: 'http://127.0.0.1:9/' } });
  const ana = app.phone('+551190000');
  await ana.saysAll([...BEGIN, '1']);
  return { app, ana };
}

async function speaks(ana: Phone, note: string, text: string): Promise<void> {
  await ana.hears({ kind: 'voice' }, note);
  await ana.hears({ kind: 'voice-written', note, text, by: 'machine' });
}

async function said({ app: { app: running }, ana }: Awaited<ReturnType<typeof telling>>): Promise<string> {
  const lines = await running.store.transcript((await ana.person()) ?? '', null);
  return lines.map(({ text }) => text ?? '').join('\n');
}

describe('words that were refused', () => {
  it.each(['2', '3'])('are taken out of the transcript, and leave a mark (%s)', async (answer) => {
    const talk = await telling();
    await speaks(talk.ana, 'v1', 'CANARY that nobody said.');
    expect(await said(talk)).toContain('CANARY');
    await talk.ana.says(answer);
    expect(await said(talk)).not.toContain('CANARY');
    expect(await said(talk)).toContain('is taken out');
    expect(await talk.ana.kept()).toEqual([]);
  });

  it('also where one word was changed; what is accepted stays as it was shown', async () => {
    const talk = await telling();
    await speaks(talk.ana, 'v1', 'My brother CANARY was kind to everybody.');
    await talk.ana.says('David, not CANARY');
    await talk.ana.says('1');
    const all = await said(talk);
    expect(all).toContain('My brother David was kind');
    expect(all.replace('David, not CANARY', '')).not.toContain('CANARY');
    expect(await talk.ana.kept()).toEqual(['My brother David was kind to everybody.']);
  });
});
