import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { recordAddress } from '../../src/cli/calls.ts';
import { TEXT, UsageError } from '../../src/cli/command.ts';
import type { CallAddress } from '../../src/store/turns/calls.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const WITH_PROVENANCE = ['--source', 'the official page, printed', '--verified-by', 'Ana and Bea'];

function desk(...known: CallAddress[]) {
  const addresses = new Map(known.map((address) => [address.callId, address]));
  const store = {
    callAddress: (callId: string) => Promise.resolve(addresses.get(callId) ?? null),
    setCallAddress: (address: CallAddress) => Promise.resolve(void addresses.set(address.callId, address)),
  };
  return {
    addresses,
    run: (...args: string[]) => {
      const given = parseArgs({ args, options: { source: TEXT, 'verified-by': TEXT }, allowPositionals: true });
      return recordAddress(given, store, NOW, ['emler-2024', 'other-2025']);
    },
  };
}

describe('griot call address', () => {
  it('records where a call goes, who says so, and when', async () => {
    const { addresses, run } = desk();
    await run('emler-2024', 'emler@un-body.int', ...WITH_PROVENANCE);
    expect(addresses.get('emler-2024')).toEqual({
      callId: 'emler-2024',
      address: 'emler@un-body.int',
      source: 'the official page, printed',
      verifiedBy: 'Ana and Bea',
      verifiedAt: NOW.toISOString(),
    });
  });

  it('lists every call, with the address or the lack of it', async () => {
    const { run } = desk();
    await run('emler-2024', 'emler@un-body.int', ...WITH_PROVENANCE);
    const lines = await run();
    expect(lines[0]).toContain('emler@un-body.int');
    expect(lines[1]).toBe('other-2025: no address. Nothing is sent for this call.');
  });

  it('says that a changed address holds what was approved for the old one', async () => {
    const { run } = desk();
    await run('emler-2024', 'emler@un-body.int', ...WITH_PROVENANCE);
    const lines = await run('emler-2024', 'new@un-body.int', ...WITH_PROVENANCE);
    expect(lines.join('\n')).toMatch(/emler@un-body\.int.*held/);
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
    const { addresses, run } = desk();
    await expect(run(...args)).rejects.toThrow(UsageError);
    expect(addresses.size).toBe(0);
  });
});
