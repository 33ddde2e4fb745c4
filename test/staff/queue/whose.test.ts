// Whose a case is, at the pages and without scripts: next, assigning, handing back, putting off, saved views, what came
// back. Whatever is done is in the log.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CASE, FROZEN, IN_CASE, save, say } from '../../store/family.ts';
import { hashMail } from '../../../src/store/encryption/keys.ts';
import { openLedger } from '../../../src/vault/ledger.ts';
import { takeMail } from '../../../src/mail/inbound/take-mail.ts';
import type { StaffRole } from '../../../src/store/schema/staff-columns.ts';
import { type Colleague, openTestDesk, staffTexts, type TestDesk } from '../a-desk.ts';
import { type InventedCase, keepCase, type Kept, referenceOf } from '../many-cases.ts';

const AT = '2026-03-01T10:00:00.000Z';

let desk: TestDesk;
let ana: Colleague;
let bea: Colleague;
beforeEach(async () => {
  desk = await openTestDesk();
  const colleague = (role: StaffRole, name: string) => desk.signedIn(role, { name });
  [ana, bea] = [await colleague('reviewer', 'Ana Exemplo'), await colleague('administrator', 'Bea Exemplo')];
});
afterEach(() => desk.close());

const keep = (number: number, change: Partial<InventedCase> = {}): Promise<Kept> =>
  keepCase(desk.temp.store, {
    ...{ number, at: new Date(Date.parse(AT) - number * 60_000).toISOString(), language: 'pt', mail: 'two' },
    ...({ publication: 'confidential', flags: [], ...change } as const),
  });

const list = async ({ browser }: Colleague, query = '') => (await browser.get(`/desk${query}`)).text;
const referencesOn = (page: string) =>
  [...page.matchAll(/<li class="row[^>]*>.*?href="\/desk\/[^"]+">([^<]+)</gsu)].map(([, name = '']) => name);
const groupOn = (page: string, heading: string) => (page.split(`<h2>${heading}`)[1] ?? '').split('</section>')[0] ?? '';
const rowOf = (page: string, { reference }: Kept) =>
  page
    .split('<li class="row')
    .find((row) => row.includes(`>${reference}<`))
    ?.split('</li>')[0] ?? '';
const NO_REFERENCE = { state: { ...IN_CASE.state, reference: null } };
/** Its page, past the one that warns. */
const pageOf = async ({ browser }: Colleague, kept: { readonly case: string }) => {
  const path = `/desk/case/${kept.case}`;
  await browser.get(path);
  await browser.post(`${path}/ready`);
  return (await browser.get(path)).text;
};
const acts = async (action: 'case.assign' | 'case.put-off' | 'case.dealt' | 'view.save' | 'view.remove') =>
  (await desk.temp.store.audit.find({ action }, 50)).map(({ staff, reference, detail }) => [staff, reference, detail]);

describe('the list', () => {
  it('has ten rows a page, opens no others, and says since when and how long', async () => {
    for (let number = 1; number <= 23; number++) await keep(number);
    const seen: string[] = [];
    for (const [query, label] of [
      ['', '1 to 10 of 23'],
      ['?page=2', '11 to 20 of 23'],
      ['?page=3', '21 to 23 of 23'],
    ]) {
      const page = await list(ana, query);
      expect(page).toContain(label);
      seen.push(...referencesOn(page));
    }
    // The longest wait first, each once.
    expect(seen).toEqual(Array.from({ length: 23 }, (_, index) => referenceOf(23 - index)));
    expect(await list(ana, '?page=99')).toContain('21 to 23 of 23');
    const page = await list(ana);
    expect(rowOf(page, { reference: referenceOf(23) } as Kept)).toMatch(
      /Does not leave unless it is released\.<\/strong>\s*Read, and release or not\s*<span class="quiet">waiting for \d+ h · no deadline/u,
    );
    expect(groupOn(page, 'Needs you')).toContain('(23)');
  });

  it('narrows by what is asked, and keeps that as a view of one colleague', async () => {
    await keep(1);
    await keep(3, { language: 'fr', flags: ['threat'] });
    expect(referencesOn(await list(ana, '?language=fr&channel=whatsapp&from=2026-03-01&to=2026-03-01'))).toEqual([
      referenceOf(3),
    ]);
    expect(referencesOn(await list(ana, '?to=2026-02-28'))).toEqual([]);
    expect(referencesOn(await list(ana, '?from=2026-03-02'))).toEqual([]);
    expect(referencesOn(await list(ana, '?channel=teams'))).toEqual([]);
    await list(ana, '?language=fr');
    const saved = await ana.browser.post('/desk/views', { name: '  Em  francês ', query: 'language=fr&page=3&x=<b>' });
    expect(saved.headers.get('location')).toBe('/desk?language=fr&said=view-saved');
    const page = await list(ana);
    expect(page).toContain('<a href="/desk?language=fr" dir="auto">Em francês</a>');
    expect(await list(bea)).not.toContain('Em francês');
    const id = /action="\/desk\/views\/([^/"]+)\/remove"/u.exec(page)?.[1] ?? '';
    expect((await bea.browser.post(`/desk/views/${id}/remove`)).status).toBe(404);
    await list(ana);
    expect((await ana.browser.post(`/desk/views/${id}/remove`)).status).toBe(303);
    expect(await list(ana)).not.toContain('Em francês');
    expect(await acts('view.save')).toEqual([[ana.id, null, 'asked']]);
    expect(await acts('view.remove')).toHaveLength(2);
  });
});

describe('a case', () => {
  it('goes to one of two who ask for the next at once, and the other gets another; then it calls that one only', async () => {
    const [first, second] = [await keep(2), await keep(1)];
    await Promise.all([list(ana), list(bea)]);
    const answers = await Promise.all([ana.browser.post('/desk/next'), bea.browser.post('/desk/next')]);
    const paths = answers.map(({ headers }) => headers.get('location'));
    expect(paths.toSorted()).toEqual([`/desk/case/${second.case}`, `/desk/case/${first.case}`].toSorted());
    for (const [who, path] of [
      [ana, paths[0]],
      [bea, paths[1]],
    ] as const) {
      const [mine, theirs] = path?.endsWith(first.case) === true ? [first, second] : [second, first];
      const page = await list(who);
      expect(groupOn(page, 'Needs you')).toContain('(1)');
      expect(rowOf(page, mine)).toContain('</span>you');
      expect(rowOf(page, theirs)).toContain('A colleague has it.');
      // Asked again, it is the same one.
      expect((await who.browser.post('/desk/next')).headers.get('location')).toBe(path);
    }
    expect((await acts('case.assign')).map(([, , detail]) => detail)).toEqual(['next', 'next']);
  });

  it('or a person without one goes to one of two as well, who can hand them back', async () => {
    const person = await say(desk.temp.store, 'm1', 'quelqu’un ?');
    await save(desk.temp.store, person, { flags: ['asks-for-person'] });
    await Promise.all([list(ana), list(bea)]);
    const answers = await Promise.all([ana.browser.post('/desk/next'), bea.browser.post('/desk/next')]);
    const paths = answers.map(({ headers }) => headers.get('location'));
    expect(paths.toSorted()).toEqual([`/desk/person/${person}`, '/desk?said=nothing-next&of='].toSorted());
    const [has, other] = paths[0]?.includes(person) === true ? [ana, bea] : [bea, ana];
    expect((await other.browser.get(`/desk/person/${person}`)).text).not.toContain('Hand it back');
    await other.browser.post(`/desk/person/${person}/hand-back`);
    expect(groupOn(await list(other), 'Needs you')).toBe('');
    expect((await has.browser.get(`/desk/person/${person}`)).text).toMatch(/<b>you<\/b>.*Hand it back/su);
    await has.browser.post(`/desk/person/${person}/hand-back`);
    expect(groupOn(await list(other), 'Needs you')).toContain('(1)');
    expect((await acts('case.assign')).map(([, , detail]) => detail)).toEqual([
      'handed back',
      'unknown',
      'next, before a case',
    ]);
  });

  it('is taken, given and handed back, several at once, and never released at once', async () => {
    const kept = [await keep(1), await keep(2), await keep(3)];
    const [one, two, three] = kept as [Kept, Kept, Kept];
    const page = await list(ana);
    expect(page).not.toMatch(/action="[^"]*release/u);
    const picked = { [`pick.${one.case}`]: '1', [`pick.${two.case}`]: '1', 'pick.made-up': '1' };
    const given = await ana.browser.post('/desk/assign', { ...picked, to: bea.id, back: 'language=pt' });
    expect(given.headers.get('location')).toBe('/desk?language=pt&said=assigned-many');
    expect(rowOf(await list(ana), one)).toContain('Bea Exemplo');
    expect(groupOn(await list(ana), 'Needs you')).toContain('(1)');
    expect(groupOn(await list(bea), 'Needs you')).toContain('(3)');
    await list(ana);
    expect((await ana.browser.post('/desk/assign', { to: bea.id })).headers.get('location')).toContain('none-picked');
    await list(ana);
    const wrong = { [`pick.${three.case}`]: '1', to: 'nobody-here' };
    expect((await ana.browser.post('/desk/assign', wrong)).headers.get('location')).toContain('said=unknown');
    await list(bea);
    await bea.browser.post('/desk/assign', { [`pick.${one.case}`]: '1', to: '' });
    expect(groupOn(await list(ana), 'Needs you')).toContain('(2)');
    const done = (await acts('case.assign')).filter(([, , detail]) => detail === 'assigned');
    expect(done.toReversed()).toEqual([
      [ana.id, one.reference, 'assigned'],
      [ana.id, two.reference, 'assigned'],
      [bea.id, one.reference, 'assigned'],
    ]);
  });

  it('says who else has it open since when, until they are gone', async () => {
    const kept = await keep(1);
    const open = async ({ browser }: Colleague) => {
      await browser.get(`/desk/case/${kept.case}`);
      await browser.post(`/desk/case/${kept.case}/ready`);
      return (await browser.get(`/desk/case/${kept.case}`)).text;
    };
    expect(await open(ana)).toContain('data-live="/desk/live?case=case-1"></p>');
    expect(await open(bea)).toMatch(/Being read by Ana Exemplo since \d/u);
    expect(rowOf(await list(ana), kept)).toContain('Being read by Bea Exemplo since');
    // Whoever asks for the next is not sent to what a colleague has open, unless it is all there is.
    const other = await keep(0);
    await list(ana);
    expect((await ana.browser.post('/desk/next')).headers.get('location')).toBe(`/desk/case/${other.case}`);
    desk.wait(11);
    expect(await open(bea)).not.toContain('Being read by');
  });

  it('is put off until a time with a reason, is then next for nobody, and is brought back', async () => {
    const kept = await keep(1);
    const putOff = async (fields: Record<string, string>) => {
      await list(ana);
      return (await ana.browser.post(`/desk/case/${kept.case}/put-off`, fields)).headers.get('location');
    };
    const { now } = desk.temp;
    const until = { why: 'answer', day: now.slice(0, 10), time: '18:00' };
    for (const wrong of [
      { ...until, why: 'because' },
      { ...until, time: '' },
    ]) {
      expect(await putOff(wrong)).toContain('said=empty');
    }
    for (const wrong of [
      { ...until, time: '25:99' },
      { ...until, day: '2026-02-30x' },
      { ...until, day: '2025-03-01' },
      { ...until, day: '2027-03-01' },
    ]) {
      expect(await putOff(wrong)).toContain('said=not-ahead');
    }
    expect(await putOff(until)).toContain('said=put-off');
    const asleep = rowOf(await list(bea), kept);
    expect(asleep).toMatch(/Put off\..*Put off until [^<]*2026, [^<]*: waits for an answer/su);
    expect(await list(bea)).toContain('Nothing needs you now.');
    expect((await bea.browser.post('/desk/next')).headers.get('location')).toBe('/desk?said=nothing-next&of=');
    await list(ana);
    expect((await ana.browser.post(`/desk/case/${kept.case}/wake`)).headers.get('location')).toContain('said=woken');
    expect(groupOn(await list(bea), 'Needs you')).toContain('(1)');
    expect((await acts('case.put-off')).map(([, , detail]) => detail)).toEqual(
      expect.arrayContaining(['put-off', 'woken', 'empty', 'not-ahead']),
    );
  });

  it('is not put off while its person may be in danger, and its page says so', async () => {
    const kept = await keep(1, { flags: ['in-danger'] });
    const { queue } = staffTexts.en;
    const page = await pageOf(ana, kept);
    expect(page).toContain(queue.putOffNot);
    expect(page).not.toContain('/put-off"');
    const tomorrow = { why: 'rest', day: '2026-03-02', time: '09:00' };
    const answer = await ana.browser.post(`/desk/case/${kept.case}/put-off`, tomorrow);
    expect(answer.headers.get('location')).toContain('said=danger-stays');
    expect(await desk.temp.store.desk.facts(kept.case)).toMatchObject([{ putOff: null }]);
    await list(ana);
    await ana.browser.post(`/desk/case/${kept.case}/dealt`);
    expect(await pageOf(ana, kept)).toContain('/put-off"');
  });

  it('is told apart from others before it has a reference: since when, in which language, on which channel', async () => {
    const person = await say(desk.temp.store, 'm1', 'oui');
    await save(desk.temp.store, person, { ...NO_REFERENCE, openCase: CASE });
    const page = await list(ana);
    expect(referencesOn(page)).toEqual([expect.stringMatching(/^Begun \S*1 Mar 2026, 12:00\S* \([0-9A-F]{4}\)$/u)]);
    expect(page).toContain('French · WhatsApp · nothing told yet');
    const [name = ''] = referencesOn(page);
    expect(await pageOf(ana, CASE)).toContain(name);
    expect((await ana.browser.get('/desk/kept')).text).toContain(name);
  });
});

describe('what came back', () => {
  const mailOf = (words: string, to: string) =>
    Buffer.from(
      `To: ${to}\r\nFrom: clerk@experts.unbody.int\r\nSubject: Re: EMLER\r\nMessage-ID: <${words.length}@experts>\r\n\r\n${words}\r\n`,
    );
  const arrive = async (words: string, to: string) => {
    const deps = {
      store: desk.temp.store.mailsIn,
      mailbox: 'texts@casa-exemplo.org',
      now: () => new Date(desk.temp.now),
    };
    await takeMail(deps, mailOf(words, to));
  };

  const isAccepted = async (id: string, at = AT) => {
    await desk.temp.store.freezeMail(id, FROZEN, at);
    await desk.temp.store.startSending(id, 'one', 0);
    const accepted = { kind: 'accepted', server: 'mx.example', at } as const;
    await desk.temp.store.endAttempt(id, 'sent', accepted, at, null, { server: 'mx.example', reply: null });
  };

  it('is a row with its next step until a person says that it is dealt with', async () => {
    const kept = await keep(1, { mail: 'none' });
    const [mail] = await desk.temp.store.mail(kept.reference);
    await isAccepted(mail?.id ?? '');
    expect(await list(ana)).not.toContain(kept.reference);
    expect(await list(ana, '?scope=done')).toContain(kept.reference);
    await arrive('Who is Lambert?', `texts+${mail?.replyToken}@casa-exemplo.org`);
    expect(rowOf(await list(ana), kept)).toMatch(/Something came, and nobody has read it\..*Read what came/su);
    await list(ana);
    await ana.browser.post(`/desk/case/${kept.case}/dealt`);
    expect(await list(ana)).not.toContain(kept.reference);
    expect((await acts('case.dealt')).map(([, , detail]) => detail)).toEqual(['dealt', 'asked']);
  });

  /** A text that has left; the id of the mail that takes it back. */
  const takesBack = async ({ person, reference, case: of, contribution }: Kept): Promise<string> => {
    const { store } = desk.temp;
    await isAccepted((await store.mail(reference))[0]?.id ?? '');
    await say(store, 'w1', 'retirar', { channel: 'web-chat', account: 'one', address: '+55001' });
    const state = { step: 'after', language: 'pt', callId: 'emler-2024', reference, case: of, contribution } as const;
    const sha256 = 'b'.repeat(64);
    const taken = { kind: 'withdrawal', reference, sha256, notBefore: desk.temp.now, request: {} } as const;
    await save(store, person, { at: desk.temp.now, state, mails: [taken] });
    return (await store.mail(reference)).find(({ kind }) => kind === 'withdrawal')?.id ?? '';
  };

  it('is awaited for a text that its person took back: a row from their word on until it is dealt with', async () => {
    const kept = await keep(1, { mail: 'none' });
    const { reference } = kept;
    const withdrawal = await takesBack(kept);
    expect(groupOn(await list(ana), 'Waits for others')).toMatch(
      /Taken back: the mail that says so has not left yet\..*Is being taken back/su,
    );
    // A session of the desk ends sooner.
    desk.wait(61);
    ana = await desk.signedIn('reviewer', { name: 'Ana Outra' });
    expect(rowOf(await list(ana), kept)).toMatch(/has not left yet\.<\/strong>\s*See to the mail/u);
    expect(referencesOn(await list(ana, '?flag=withdrawal'))).toEqual([reference]);
    await isAccepted(withdrawal, desk.temp.now);
    expect(groupOn(await list(ana), 'Waits for others')).toContain('Its answer is awaited.');
    desk.wait(7 * 24 * 60);
    ana = await desk.signedIn('reviewer', { name: 'Ana Terceira' });
    expect(rowOf(await list(ana), kept)).toMatch(
      /Its answer is awaited\.<\/strong>\s*Ask the body again, or another way/u,
    );
    expect(await pageOf(ana, kept)).toContain(`/desk/case/${kept.case}/dealt`);
    await ana.browser.post(`/desk/case/${kept.case}/dealt`);
    expect(await list(ana)).not.toContain(reference);
    expect(await list(ana, '?scope=done')).toContain(reference);
  });

  it('is nothing if the mail that takes a text back was refused: it is sent again, the same, from the page of the case', async () => {
    const { store } = desk.temp;
    const kept = await keep(1, { mail: 'none' });
    const id = await takesBack(kept);
    await store.freezeMail(id, FROZEN, AT);
    await store.startSending(id, 'one', 0);
    const refused = { kind: 'refused', server: 'mx.example', reply: '550 no', at: AT } as const;
    await store.endAttempt(id, 'refused', refused, AT, null, { server: 'mx.example', reply: '550 no' });
    expect(rowOf(await list(ana), kept)).toMatch(
      /the mail that says so has not arrived\.<\/strong>\s*See to the mail/u,
    );
    const forms = (await pageOf(ana, kept)).split('<form').filter((form) => form.includes('/retry"'));
    const shas = forms.map((form) => /name="sha256" value="([^"]*)"/u.exec(form)?.[1]);
    expect(shas).toEqual(['b'.repeat(64)]);
    const { reference } = kept;
    const sent = await ana.browser.post(`/desk/case/${kept.case}/retry`, { reference, sha256: 'b'.repeat(64) });
    expect(sent.headers.get('location')).toContain('said=retried');
    expect((await store.mail(reference)).map(({ kind, state }) => [kind, state])).toEqual([
      ['submission', 'sent'],
      ['withdrawal', 'frozen'],
    ]);
  });

  it('is a mail of a restored backup that has ended since: the page says so, and it is sent only by who confirms it', async () => {
    const { store, ledgerFile } = desk.temp;
    const kept = await keep(1, { mail: 'review' });
    const [mail] = await store.mail(kept.reference);
    const { id = '', sha256 = '' } = mail ?? {};
    await store.holdAllMails();
    expect(await pageOf(ana, kept)).not.toContain('Since the backup that was restored');
    const ledger = openLedger(ledgerFile);
    ledger.append({ kind: 'mail', fingerprint: hashMail(store.keys, id, 'over'), at: AT });
    ledger.close();
    const page = await pageOf(ana, kept);
    expect(page).toContain('or the person stopped it. Ask the person and the body before you send it.');
    const fields = { reference: kept.reference, sha256 };
    const path = `/desk/case/${kept.case}/retry`;
    expect((await ana.browser.post(path, fields)).headers.get('location')).toContain('said=known-later');
    expect(await store.mail(kept.reference)).toMatchObject([{ state: 'held' }]);
    expect((await ana.browser.post(path, { ...fields, sure: 'yes' })).headers.get('location')).toContain(
      'said=retried',
    );
    expect(await store.mail(kept.reference)).not.toMatchObject([{ state: 'held' }]);
  });

  it('is one row for the mails that belong to no case, with the time until they are erased', async () => {
    await arrive('We write about your text.', 'texts@casa-exemplo.org');
    await arrive('And another.', 'texts@casa-exemplo.org');
    desk.wait(20);
    const page = await list(ana);
    expect(page).toMatch(
      /Next: Mails that belong to no case.*<a class="button go" href="\/desk\/mails">Read what came/su,
    );
    expect(referencesOn(page)).toEqual(['Mails that belong to no case']);
    expect(page).toMatch(
      /<strong>Mails that belong to no case: 2<\/strong> Read what came\s*<span class="quiet">waiting for 20 min · 29 days left/u,
    );
    // Nobody can be given it, and who only reads is not shown it.
    expect(page).not.toContain('name="pick.');
    expect(await list(await desk.signedIn('reader'))).not.toContain('class="row');
  });
});
