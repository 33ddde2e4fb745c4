// A reviewer sees what the call does with texts, so that "confidential" is not taken for more than it is.

import { afterEach, expect, it } from 'vitest';
import { inEvery } from '../../../src/languages.ts';
import { callFacts } from '../../../src/staff/call-facts.ts';
import { withTerms } from '../../support/terms.ts';
import { openTestDesk, staffTexts, type TestDesk } from '../a-desk.ts';
import { keepCase } from '../many-cases.ts';

let desk: TestDesk | null = null;
afterEach(async () => {
  await desk?.close();
  desk = null;
});

const texts = staffTexts.en.case.terms;

it.each([
  [{}, [texts.publishes.published, texts.wish.granted, texts.where['not-stated'], texts.received.yes]],
  [{ default: 'not-stated', 'opt-out': 'not-stated' }, [texts.publishes.unstated, texts.wish.request]],
  [
    { default: 'always', 'remove-personal-data': 'yes' },
    [texts.publishes.always, texts.wish.refused, texts.remove.yes],
  ],
  [{ 'opt-out-where': 'form', 'as-received': 'no' }, [texts.wish['by-form'], texts.where.form, texts.received.no]],
] as const)('%o', async (change, said) => {
  const facts = callFacts(withTerms(change));
  const knows = {
    ...{ callOf: () => facts, recipientOf: () => Promise.resolve(null), findings: () => [], wordingOf: () => null },
    withheldLabels: inEvery(() => []),
  };
  desk = await openTestDesk({ deps: { knows } });
  const kept = await keepCase(desk.temp.store, {
    ...{ number: 1, language: 'fr', at: '2026-03-01T11:00:00.000Z', publication: 'confidential' },
    ...{ flags: [], mail: 'review', withheld: [] },
  });
  const { browser } = await desk.signedIn('reviewer');
  const at = `/desk/case/${kept.case}`;
  await browser.get(at);
  await browser.post(`${at}/ready`);
  const { text } = await browser.get(at);
  const list = (await browser.get('/desk')).text;
  const isRequest = facts.terms.wish === 'request' || facts.terms.wish === 'by-form';
  const { request, publication } = staffTexts.en.queue;
  const [named, other] = isRequest ? [request, publication.confidential] : [publication.confidential, request];
  expect(list).toContain(named);
  expect(list).not.toContain(other);
  expect(text).toContain(`<dd>${named}</dd>`);
  const page = text.replaceAll(/<[^>]*>/gu, ' ').replaceAll(/\s+/gu, ' ');
  expect(page).toContain(texts.heading);
  for (const one of said) expect(page).toContain(one);
});
