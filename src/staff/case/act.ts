// The acts of reviewers on a case, one route each. The request is recorded before it is done, and the result after;
// both with account and reference.

import { formOf } from '../../web/toolkit/request.ts';
import type { Context } from 'hono';
import { READY_QUESTIONS, type StaffQuestion } from '../../dialog/engine/event.ts';
import type { Act, NotDone, Released } from '../../store/reviews/review-mail.ts';
import type { Addressee } from '../../store/reviews/review-words.ts';
import type { Reviews } from '../../store/reviews/reviews.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { AuditAction } from '../audit/audit.ts';
import type { Desk, SignedIn, StaffContext } from '../desk.ts';
import { notice } from '../layout.ts';
import { PUT_OFF_WHY, putOffUntil } from '../queue/put-off.ts';
import { loadEntry } from '../queue/load-queue.ts';
import { takeNext } from '../queue/take-next.ts';
import { leavesFrom } from './release-window.ts';

/** The sentence for the result of an act, which the next page's URL contains as a fixed name. */
export function saidIn(c: Context, { said }: StaffTexts['release']): string | null {
  const name = c.req.query('said') ?? '';
  const of = c.req.query('of') ?? '';
  const text = Object.entries(said).find(([known]) => known === name)?.[1];
  return text === undefined ? null : fill(text, { reference: /^[A-Z0-9-]{1,40}$/.test(of) ? of : '' });
}

/** The result of an act, as the next page says it. */
export type Said = keyof StaffTexts['release']['said'];

export function withSaid(path: string, said: Said, of: string): string {
  return `${path}?${new URLSearchParams({ said, of }).toString()}`;
}

type Field = (name: string) => string;

interface Given {
  readonly desk: Desk;
  readonly staff: SignedIn;
  readonly caseId: string;
  readonly act: Act;
  readonly field: Field;
}

interface OneAct {
  readonly action: AuditAction;
  /** A short fixed word, if one action is recorded for two acts. */
  readonly detail?: string;
  readonly run: (given: Given) => Promise<Said>;
}

type Result = { readonly kind: 'done' } | NotDone;

export const ACTS: Readonly<Record<string, OneAct>> = {
  release: {
    action: 'case.release',
    run: async ({ desk, act, caseId }) => {
      const found = await desk.store.desk.case(caseId);
      const from = leavesFrom(desk, found === null ? null : desk.knows.callOf(found.callId)).toISOString();
      return released(await desk.store.reviews.release({ ...act, leavesFrom: from }));
    },
  },
  'take-back': {
    action: 'case.take-back',
    run: simple('release-back', (reviews, act) => reviews.takeReleaseBack(act)),
  },
  hold: {
    action: 'case.hold',
    run: async ({ desk, act, field }) => {
      if (field('reason') === '') return 'empty';
      const tell = field('tell') === '' ? null : field('tell');
      return said('held', await desk.store.reviews.hold({ ...act, reason: field('reason'), tell }));
    },
  },
  lift: { action: 'case.hold', detail: 'lift', run: simple('lifted', (reviews, act) => reviews.liftHold(act)) },
  'give-back': {
    action: 'case.give-back',
    run: async ({ desk, act, field }) => {
      const question = questionIn(field);
      return question === null ? 'empty' : said('given-back', await desk.store.reviews.giveBack({ ...act, question }));
    },
  },
  withhold: {
    action: 'case.withhold',
    run: async ({ desk, act, field }) => {
      const words = field('words');
      if (words === '') return 'empty';
      return said('proposed', await desk.store.reviews.proposeWithholding({ ...act, words }));
    },
  },
  second: { action: 'case.second-reviewer', run: simple('second', (reviews, act) => reviews.askSecond(act)) },
  retry: {
    action: 'case.retry',
    run: async ({ desk, act, field }) =>
      said('retried', await desk.store.reviews.retry({ ...act, knows: field('sure') === 'yes' })),
  },
  write: {
    action: 'case.write',
    run: async (given) => {
      const { desk, act: over, field } = given;
      const { reviewer, reference, at } = over;
      const text = field('text');
      if (text === '') return 'empty';
      const to = reference === '' ? await personOf(given) : { reference };
      return to === null ? 'unknown' : said('written', await desk.store.reviews.say({ reviewer, to, text, at }));
    },
  },
  'step-back': {
    action: 'case.step-back',
    run: simple('stepped-back', (reviews, { reviewer, reference, at }) =>
      reviews.stepBack({ reviewer, reference, at, reason: null }),
    ),
  },
  note: {
    action: 'case.note',
    run: async ({ desk, staff, caseId, field, act: { at } }) => {
      const found = await desk.store.desk.case(caseId);
      const contribution = found?.contributions.find(({ id }) => id === field('contribution'));
      if (field('text') === '') return 'empty';
      if (contribution === undefined) return 'unknown';
      return (await desk.store.desk.addNote(contribution.id, { staff: staff.id, at, text: field('text') }))
        ? 'noted'
        : 'unknown';
    },
  },
  assign: {
    action: 'case.assign',
    run: async ({ desk, caseId, field, act: { at } }) => {
      const to = field('to') === '' ? null : field('to');
      const account = to === null ? null : await desk.store.staff.account(to);
      if (to !== null && (account?.state !== 'active' || account.role === 'reader')) return 'unknown';
      return (await desk.store.desk.assign(caseId, to, at)) ? 'assigned' : 'unknown';
    },
  },
  'put-off': {
    action: 'case.put-off',
    run: async ({ desk, staff, caseId, field, act: { at } }) => {
      const why = PUT_OFF_WHY.find((one) => one === field('why'));
      const [day, time] = [field('day'), field('time')];
      if (why === undefined || day === '' || time === '') return 'empty';
      const until = putOffUntil({ day, time }, desk);
      if (until === null) return 'not-ahead';
      if ((await loadEntry(desk, staff, caseId))?.loss === 'danger') return 'danger-stays';
      return (await desk.store.desk.putOff(caseId, { until, why, staff: staff.id, at })) ? 'put-off' : 'unknown';
    },
  },
  wake: {
    action: 'case.put-off',
    detail: 'wake',
    run: async ({ desk, caseId }) => {
      await desk.store.desk.wake(caseId);
      return 'woken';
    },
  },
  dealt: {
    action: 'case.dealt',
    run: async ({ desk, staff, caseId, act: { at } }) =>
      (await desk.store.desk.dealtWith(caseId, staff.id, at)) ? 'dealt' : 'unknown',
  },
};

export async function act(c: StaffContext, desk: Desk, { action, detail, run }: OneAct) {
  const { staff } = c.var;
  const caseId = c.req.param('id') ?? '';
  const form = await formOf(c);
  const field: Field = (name) => {
    const value = form[name];
    return typeof value === 'string' ? value.trim().replaceAll('\r\n', '\n') : '';
  };
  const reference = field('reference');
  const isOfCase =
    reference === '' ? await desk.store.desk.exists(caseId) : (await desk.store.desk.find(reference)) === caseId;
  const about = { staff, action, ...(isOfCase && { case: caseId, ...(reference !== '' && { reference }) }) };
  await desk.audit.record({ ...about, detail: detail ?? 'asked' });
  if (!isOfCase) return notice(c, desk, 404, 'notFound');
  const at = desk.now().toISOString();
  const over: Act = { reviewer: { id: staff.id, role: staff.role }, reference, sha256: field('sha256'), at };
  const came = await run({ desk, staff, caseId, act: over, field });
  await desk.audit.record({ ...about, detail: came });
  await desk.afterAct();
  const goesOn = came === 'released' || came === 'released-one' || came === 'stepped-back';
  return c.redirect(
    withSaid(goesOn ? await nextPage(desk, staff, caseId) : `/desk/case/${caseId}`, came, reference),
    303,
  );
}

/** "Release and next": the next case for this reviewer, who then has it; else the queue. */
async function nextPage(desk: Desk, staff: SignedIn, done: string): Promise<string> {
  return (await takeNext(desk, staff, done)) ?? '/desk';
}

/** The receiver of words before there is a reference: the person of the contribution. */
async function personOf({ desk, caseId, field }: Given): Promise<Addressee | null> {
  const found = await desk.store.desk.case(caseId);
  const contribution = found?.contributions.find(({ id }) => id === field('contribution'));
  return contribution === undefined ? null : { contribution: contribution.id };
}

function simple(done: Said, run: (reviews: Reviews, act: Act) => Promise<Result>): OneAct['run'] {
  return async ({ desk, act: over }) => said(done, await run(desk.store.reviews, over));
}

function released(result: Released): Said {
  if (result.kind !== 'done') return result.kind;
  return result.leaves ? 'released' : 'released-one';
}

function said(done: Said, result: Result): Said {
  return result.kind === 'done' ? done : result.kind;
}

function questionIn(field: Field): StaffQuestion | null {
  const id = READY_QUESTIONS.find((one) => one === field('question'));
  if (id !== undefined) return { kind: 'ready', id };
  return field('own') === '' ? null : { kind: 'own', text: field('own') };
}
