// /desk/translation: texts whose authors asked staff to translate them. The author reads it, and agrees or not.

import { Hono } from 'hono';
import { z } from 'zod';
import { parseSession } from '../../dialog/engine/session.ts';
import { formOf } from '../../web/toolkit/request.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import { drawPage } from '../layout.ts';
import { needs } from '../sign-in/guard.ts';
import {
  listPage,
  type OneText,
  partsToTranslate,
  type Said,
  translationPage,
  type Typed,
  writtenFor,
} from './translation-page.ts';

/** In characters, of all fields together. */
const MOST_TEXT = 100_000;

const keptSchema = z.record(z.string(), z.string()).catch({});

export function buildTranslations(desk: Desk): Hono<StaffEnv> {
  const { reviews } = desk.store;
  const routes = new Hono<StaffEnv>();
  const reviewer = needs(desk, 'reviewer');

  routes.get('/translation', reviewer, async (c) => {
    const said = (['given', 'kept', 'gone', 'notYours'] as const).find((one) => one === c.req.query('said'));
    return drawList(c, desk, said ?? null);
  });

  routes.get('/translation/:case', reviewer, async (c) => {
    const one = await find(c, desk);
    if (one === null) return drawList(c, desk, 'gone', 404);
    await desk.audit.record({ ...about(c, one), action: 'translation.view' });
    const typed = keptSchema.parse(await reviews.keptTranslation(one.contribution));
    return drawPage(c, desk, translationPage(c, desk, one, { said: null, typed }));
  });

  routes.post('/translation/:case', reviewer, async (c) => {
    const one = await find(c, desk);
    if (one === null) return c.redirect('/desk/translation?said=gone', 303);
    const { keep, typed } = readForm(await formOf(c), one);
    const given = {
      reviewer: { id: c.var.staff.id, role: c.var.staff.role },
      contribution: one.contribution,
      at: desk.now().toISOString(),
    };
    const again = (said: Said) => drawPage(c, desk, translationPage(c, desk, one, { said, typed }), 422);
    if (Object.values(typed).join('').length > MOST_TEXT) return again('tooLong');
    if (keep) {
      await desk.audit.record({ ...about(c, one), action: 'translation.write', detail: 'kept' });
      const { kind } = await reviews.keepTranslation({ ...given, written: typed });
      return c.redirect(`/desk/translation?said=${kind === 'done' ? 'kept' : 'notYours'}`, 303);
    }
    const parts = one.parts.flatMap((part) => {
      const text = writtenFor(part, typed);
      return text === null ? [] : [{ id: part.id, of: part.own, text }];
    });
    if (parts.length < one.parts.length) return again('missing');
    await desk.audit.record({ ...about(c, one), action: 'translation.write', detail: 'given' });
    const { kind } = await reviews.giveTranslation({ ...given, parts });
    await desk.afterAct();
    const said: Said = kind === 'done' ? 'given' : kind === 'unknown' ? 'gone' : 'notYours';
    return c.redirect(`/desk/translation?said=${said}`, 303);
  });
  return routes;
}

/** Only the fields of this page: those of words that were changed meanwhile are not among them. */
function readForm(form: Readonly<Record<string, unknown>>, { parts }: OneText): { keep: boolean; typed: Typed } {
  const names = parts.flatMap(({ paragraphs }) => paragraphs.map(({ name }) => name));
  const fields = names.flatMap((name) => {
    const value = form[name];
    return typeof value === 'string' ? [[name, value.replaceAll('\r\n', '\n')] as const] : [];
  });
  return { keep: form['keep'] !== undefined, typed: Object.fromEntries(fields) };
}

async function drawList(c: StaffContext, desk: Desk, said: Said | null, status: 200 | 404 = 200): Promise<Response> {
  await desk.audit.record({ staff: c.var.staff, action: 'translation.list' });
  return drawPage(c, desk, listPage(c, desk, await desk.store.reviews.toTranslate(), said), status);
}

/** Null if nobody wants it translated (any more). */
async function find(c: StaffContext, { store }: Desk): Promise<OneText | null> {
  const wanted = (await store.reviews.toTranslate()).find((one) => one.case === c.req.param('case'));
  if (wanted === undefined) return null;
  const found = await store.desk.case(wanted.case);
  const kept = found?.contributions.find(({ id }) => id === wanted.contribution);
  if (kept === undefined || kept.session === null) return null;
  const session = parseSession(kept.session);
  if (session.translation === undefined) return null;
  return {
    ...wanted,
    from: session.language,
    to: session.translation.to,
    parts: partsToTranslate(kept.parts.filter(({ slot }) => slot !== 'links')),
  };
}

function about(c: StaffContext, { case: id, reference }: OneText) {
  return { staff: c.var.staff, case: id, ...(reference === null ? {} : { reference }) };
}
