import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CallForInputs } from '../../src/calls/call.ts';
import { recordAddress } from '../../src/cli/calls.ts';
import { FLAG, TEXT, UsageError } from '../../src/cli/command.ts';
import { buildRecipientOf } from '../../src/mail/recipients.ts';
import type { CallAddress } from '../../src/store/turns/calls.ts';
import { fixtureCall } from '../fixtures/calls/fixture-call.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const WITH_PROVENANCE = ['--source', 'the official page, printed', '--verified-by', 'Ana and Bea'];

function desk(...calls: CallForInputs[]) {
  const rows = new Map<string, CallAddress>();
  const store = {
    callAddresses: (callId: string) => Promise.resolve([...rows.values()].filter((one) => one.callId === callId)),
    recordCallAddresses: (entries: readonly CallAddress[]) => {
      for (const entry of entries) rows.set(`${entry.callId} ${entry.address}`, entry);
      return Promise.resolve();
    },
  };
  const known = [...calls, call('emler-2024'), call('other-2025')];
  return {
    rows,
    goesTo: buildRecipientOf(store, (id) => known.find((one) => one.id === id) ?? null),
    run: (...args: string[]) => {
      const options = { source: TEXT, 'verified-by': TEXT, also: FLAG, withdraw: FLAG, trial: FLAG };
      const given = parseArgs({ args, options, allowPositionals: true });
      const facts = { now: NOW, calls: known, trial: given.values.trial === true };
      return recordAddress(given, store, facts);
    },
  };
}

/** A call that names no address. */
function call(id: string, to: Recipients = 'not-stated'): CallForInputs {
  return { ...fixtureCall('emler-2023'), id, channels: [{ kind: 'email', to }] };
}

type Channel = Exclude<CallForInputs['channels'], string>[number];
type Recipients = Extract<Channel, { readonly kind: 'email' }>['to'];

/** Two addresses as a call's own page has them. */
const TWO = ['one@un-body.int', 'two@un-body.int'].map((address) => ({
  ...{ address, 'copied-from': 'the official page', 'copied-on': '2026-02-01' },
  verified: { by: 'Ana', on: '2026-02-02' },
}));

describe('griot call address', () => {
  it('takes an address that never receives mail in a trial only, and calls it what it is', async () => {
    const { run, goesTo } = desk();
    await expect(run('emler-2024', 'emler@call.example', ...WITH_PROVENANCE)).rejects.toThrow(UsageError);
    await run('emler-2024', 'emler@call.example', '--trial', ...WITH_PROVENANCE);
    expect(await goesTo('emler-2024')).toBe('emler@call.example');
    expect((await run()).join('\n')).toContain('emler-2024: no verified address (emler@call.example is a trial');
  });

  it("takes a trial's own address for none, whatever is recorded together with it", async () => {
    const invented = { callId: 'emler-2024', address: 'submissions@example.org', source: 'trial' };
    const { rows, run, goesTo } = desk(call('call-2026', TWO));
    for (const callId of ['emler-2024', 'call-2026'])
      rows.set(callId, { ...invented, callId, verifiedBy: 'trial', verifiedAt: NOW.toISOString(), withdrawnAt: null });
    expect((await run()).join('\n')).toMatch(
      /^emler-2024: no verified address \(submissions@example\.org is a trial's/mu,
    );
    expect(await goesTo('call-2026')).toBe('one@un-body.int, two@un-body.int');
    await run('emler-2024', 'emler@un-body.int', '--also', ...WITH_PROVENANCE);
    expect(await goesTo('emler-2024')).toBe('emler@un-body.int');
    await run('emler-2024', 'emler@un-body.int', '--withdraw');
    expect((await run()).join('\n')).toContain('emler-2024: no verified address');
  });

  it('records where a call goes, who says so, and when', async () => {
    const { rows, run, goesTo } = desk();
    await run('emler-2024', 'emler@un-body.int', ...WITH_PROVENANCE);
    expect([...rows.values()]).toEqual([
      {
        callId: 'emler-2024',
        address: 'emler@un-body.int',
        source: 'the official page, printed',
        verifiedBy: 'Ana and Bea',
        verifiedAt: NOW.toISOString(),
        withdrawnAt: null,
      },
    ]);
    expect(await goesTo('emler-2024')).toBe('emler@un-body.int');
  });

  it('lists every call, with the address or the lack of it', async () => {
    const { run } = desk();
    await run('emler-2024', 'emler@un-body.int', ...WITH_PROVENANCE);
    const lines = await run();
    expect(lines[0]).toContain('emler@un-body.int');
    expect(lines[1]).toBe('other-2025: no address. Nothing is sent for this call.');
  });

  it('says that a changed address holds what was approved for the old one', async () => {
    const { run, goesTo } = desk();
    await run('emler-2024', 'emler@un-body.int', ...WITH_PROVENANCE);
    const lines = await run('emler-2024', 'new@un-body.int', ...WITH_PROVENANCE);
    expect(lines.join('\n')).toMatch(/emler@un-body\.int.*held/);
    expect(await goesTo('emler-2024')).toBe('new@un-body.int');
  });

  it('takes several at once, or one more later, and each can be withdrawn', async () => {
    const { run, goesTo } = desk();
    await run('emler-2024', 'a@un-body.int', 'b@un-body.int', ...WITH_PROVENANCE);
    expect(await goesTo('emler-2024')).toBe('a@un-body.int, b@un-body.int');
    await run('emler-2024', 'c@un-body.int', '--also', ...WITH_PROVENANCE);
    await run('emler-2024', '--withdraw', 'a@un-body.int');
    expect(await goesTo('emler-2024')).toBe('b@un-body.int, c@un-body.int');
    await expect(run('emler-2024', '--withdraw', 'a@un-body.int')).rejects.toThrow(UsageError);
    const lines = await run('emler-2024', '--withdraw');
    expect(lines.join('\n')).toMatch(/nothing is sent from now on.*\n.*held/u);
    expect(await goesTo('emler-2024')).toBeNull();
  });

  it('uses the addresses of the file if a person verified each, until one is withdrawn', async () => {
    const { run, goesTo } = desk(call('two-2027', TWO));
    expect(await goesTo('two-2027')).toBe('one@un-body.int, two@un-body.int');
    expect((await run())[0]).toBe('two-2027: one@un-body.int (verified in the file of the call)');
    await run('two-2027', '--withdraw', 'two@un-body.int');
    expect(await goesTo('two-2027')).toBeNull();
    const lines = await run('two-2027', 'one@un-body.int', ...WITH_PROVENANCE);
    expect(lines.join('\n')).toContain('The call also names two@un-body.int.');
    expect(await goesTo('two-2027')).toBe('one@un-body.int');
  });

  it('fault 40: sends nothing to the addresses of a file of which one is not verified', async () => {
    const { goesTo } = desk(
      call(
        'two-2027',
        TWO.map((one, n) => (n === 0 ? one : { ...one, verified: 'no' })),
      ),
    );
    expect(await goesTo('two-2027')).toBeNull();
  });

  it.each([
    ['two addresses', ['emler-2024', 'a@b.org,c@d.org', ...WITH_PROVENANCE]],
    ['no address', ['emler-2024', 'un-body', ...WITH_PROVENANCE]],
    ['a look-alike letter', ['emler-2024', 'еmler@un.org', ...WITH_PROVENANCE]],
    ['a trial domain', ['emler-2024', 'emler@call.example', ...WITH_PROVENANCE]],
    ['an unknown call', ['emler-2042', 'a@b.org', ...WITH_PROVENANCE]],
    ['no source', ['emler-2024', 'a@b.org', '--verified-by', 'Ana']],
    ['nobody who checked', ['emler-2024', 'a@b.org', '--source', 'the page', '--verified-by', ' ']],
    ['no address at all', ['emler-2024']],
  ])('refuses %s and changes nothing', async (_what, args) => {
    const { rows, run } = desk();
    await expect(run(...args)).rejects.toThrow(UsageError);
    expect(rows.size).toBe(0);
  });
});
