import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outboxFolder } from '../../src/mail/outbox/outbox-folder.ts';
import { sendNotice, staffNotice } from '../../src/mail/notices/staff-notice.ts';
import { BODY_TEXTS } from './a-request.ts';

let parent: string;
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'griot-outbox-'))));
afterEach(() => rmSync(parent, { recursive: true }));

const bytes = new TextEncoder().encode('Subject: EMLER 2024 Report\r\n\r\n');
const envelope = { from: 'a@b.org', to: ['c@d.org'], name: 'GR-7K3Q9X' };

describe('the outbox folder', () => {
  it('holds each mail whole, for its owner only, and one file however often it is written', async () => {
    const folder = join(parent, 'deep', 'outbox');
    const transport = outboxFolder(folder);
    expect(await transport.deliver(bytes, envelope)).toEqual({ kind: 'written', folder });
    await transport.deliver(bytes, envelope);
    expect(readdirSync(folder)).toEqual(['GR-7K3Q9X.eml']);
    expect(new Uint8Array(readFileSync(join(folder, 'GR-7K3Q9X.eml')))).toEqual(bytes);
    expect(statSync(join(folder, 'GR-7K3Q9X.eml')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it.each(['../GR-1', 'a/b', '', 'GR-1\0'])('never writes elsewhere: %j', async (name) => {
    await expect(outboxFolder(join(parent, 'x')).deliver(bytes, { ...envelope, name })).rejects.toThrow();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('takes the notices to the staff as well', async () => {
    const deps = {
      transport: outboxFolder(parent),
      to: 'staff@org.org',
      from: 'griot@org.org',
      fromName: 'Mães de Julho',
      texts: BODY_TEXTS.fr.mail,
      now: () => new Date('2026-03-01T12:00:00Z'),
      newId: () => 'n1',
    };
    const news = staffNotice({ reference: 'GR-7K3Q9X', kind: 'submission', state: 'given-up' }, deps.texts);
    expect(await sendNotice(deps, { ...news, name: 'notice-GR-7K3Q9X-submission-given-up' })).toBe(true);
    const [name] = readdirSync(parent);
    expect(name).toBe('notice-GR-7K3Q9X-submission-given-up.eml');
    expect(readFileSync(join(parent, name ?? ''), 'latin1')).toContain('Auto-Submitted: auto-generated');
  });
});
