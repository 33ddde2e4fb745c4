// What *undo* can bring back lies in the rows of its case: it outlives a restart, and goes with whatever is erased.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BEGIN, STORY, startApp, type Phone, type TestApp } from '../support/running-app.ts';

const MORE = 'They said that there had never been any boots at all.';

let test: TestApp;
let phone: Phone;

beforeEach(async () => {
  test = await startApp();
  phone = test.phone('mother');
  await phone.saysAll([...BEGIN, STORY, MORE, 'review', '1', '2', '1']);
});

afterEach(() => test.close());

async function rows() {
  const { contribution } = await phone.session();
  return test.app.store.parts(contribution ?? '');
}

describe('no harm 5: undo in what is kept', () => {
  it('brings words back to their place after a restart', async () => {
    expect(await phone.kept()).toEqual([MORE]);
    await test.reopen();
    await phone.says('undo');
    expect(await phone.kept()).toEqual([STORY, MORE]);
    expect((await rows()).every(({ was }) => was === undefined)).toBe(true);
  });

  it('brings nothing back of a message that was deleted for everyone', async () => {
    await phone.hears({ kind: 'deletion', target: 'm5' });
    expect(JSON.stringify(await rows())).not.toContain(STORY);
    await phone.says('undo');
    expect(await phone.kept()).toEqual([MORE]);
  });

  it('brings nothing back of what was erased', async () => {
    await phone.saysAll(['delete', 'ERASE']);
    await phone.saysAll([...BEGIN, MORE]);
    expect(await phone.asks('undo')).toContain('nothing to bring back');
    expect(await phone.kept()).toEqual([MORE]);
  });

  it('keeps what waited for the yes until the day is over, and no longer', async () => {
    const other = test.phone('father');
    await other.saysAll(['hello', STORY, '1', '1', '1', '1']);
    expect(await other.asks('2')).toContain('*undo*');
    await other.says('undo');
    await other.says('1');
    expect(await other.kept()).toEqual([STORY]);
  });
});
