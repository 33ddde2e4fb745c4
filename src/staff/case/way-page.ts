import { html } from 'hono/html';
import type { Language } from '../../languages.ts';
import type { DeskCase, DeskMail } from '../../store/desk/desk-case.ts';
import { OWN_WORD_REASONS } from '../../store/reviews/review-words.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk, StaffContext } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { csrfField, drawPage, momentIn, notice, type Page } from '../layout.ts';
import { saidIn } from './act.ts';
import { outcomeName } from './case-partials.ts';
import { recordView } from './read-document.ts';

// If two must agree to an erasure, the request of the first is a row of the audit log: it cannot be changed, and names
// the account.

/** Reasons to erase a case. A fixed list, so that the log, which is kept for ever, contains no words about anybody. */
export const ERASE_REASONS = ['asked', 'danger', 'under-age', 'not-theirs', 'not-needed'] as const;

/** In milliseconds: how long one person's request waits for the other's. */
const WAITS = 3 * 24 * 60 * 60_000;
/** Prefix of the reason in such a row. */
export const ASKED = 'asked ';
/** The request was withdrawn, by the same or another reviewer. */
export const TAKEN_BACK = 'taken back';

interface ErasureAsked {
  readonly by: string;
  readonly name: string;
  readonly reason: (typeof ERASE_REASONS)[number];
}

/**
 * The erasure request that waits for a second person; null if there is no recent one by an account that may ask, or it
 * was withdrawn.
 */
export async function erasureAsked({ store, now }: Desk, caseId: string): Promise<ErasureAsked | null> {
  const rows = await store.audit.find({ case: caseId, action: 'case.erase' }, 20);
  const since = new Date(now().getTime() - WAITS).toISOString();
  const row = rows.find(({ at, detail }) => at >= since && isWord(detail ?? ''));
  const reason = ERASE_REASONS.find((one) => row?.detail === `${ASKED}${one}`);
  const by = row?.staff ?? null;
  const account = by === null ? null : await store.staff.account(by);
  if (reason === undefined || account?.state !== 'active' || account.role !== 'administrator') return null;
  return { by: account.id, name: account.name, reason };
}

function isWord(detail: string): boolean {
  return detail === TAKEN_BACK || detail.startsWith(ASKED);
}

/** The data of one case for this page. */
interface WayPage {
  readonly c: StaffContext;
  readonly desk: Desk;
  readonly found: DeskCase;
  /** The holder of the case holds other cases as well. */
  readonly holdsMore: boolean;
  readonly asked: ErasureAsked | null;
}

export async function showWay(c: StaffContext, desk: Desk): Promise<Response> {
  const { staff } = c.var;
  const id = c.req.param('id') ?? '';
  const isThere = await recordView(desk, staff, { action: 'case.view', case: id, detail: 'way back' });
  const found = isThere ? await desk.store.desk.case(id) : null;
  const holdsMore = await desk.store.desk.holdsMore(id);
  if (found === null || holdsMore === null) return notice(c, desk, 404, 'notFound');
  const { case: texts, release } = desk.texts[staff.language];
  const said = saidIn(c, release);
  const page = { c, desk, found, holdsMore, asked: await erasureAsked(desk, id) };
  const main = html`${said !== null && html`<p class="note said" role="status">${said}</p>`}
    <p><a href="/desk/case/${id}">${found.reference ?? texts.transcript.back}</a></p>
    <p>${texts.way.check}</p>
    ${found.steppedBack.includes(staff.id) ? html`<p class="note">${release.steppedBack}</p>` : html`${backPartial(page)} ${wordPartial(page)} ${erasePartial(page)}`}`;
  return drawPage(c, desk, { title: texts.way.heading, main });
}

/** Shown once. */
export function codePage(desk: Desk, language: Language, of: { readonly case: string; readonly code: string }): Page {
  const { way } = desk.texts[language].case;
  const main = html`<p>${fill(way.codeWhat, { page: new URL('/back', desk.publicUrl).href, days: desk.codeDays })}</p>
    <p class="code">${of.code}</p>
    <p><strong>${way.codeOnce}</strong></p>
    <p>${way.codeSoon}</p>
    <p><a class="button" href="/desk/case/${of.case}/way">${desk.texts[language].case.transcript.back}</a></p>`;
  return { title: way.codeHeading, main };
}

function backPartial({ c, desk, found, holdsMore }: WayPage): Html {
  const { staff } = c.var;
  const { way } = desk.texts[staff.language].case;
  return html`<section aria-labelledby="back">
    <h2 id="back">${way.backHeading}</h2>
    <p>${way.backWhat}</p>
    ${holdsMore && html`<p class="note">${way.backMore}</p>`}
    ${
      staff.role === 'administrator'
        ? html`<form method="post" action="/desk/case/${found.id}/way" autocomplete="off">
            ${csrfField(c)} ${sure('back-sure', way.sure)}
            <button class="send">${way.backDo}</button>
          </form>`
        : html`<p class="hint">${way.administrator}</p>`
    }
  </section>`;
}

/** A case may have contributions of several people, each with a passphrase. */
function wordPartial({ c, desk, found }: WayPage): Html {
  const { way, together } = desk.texts[c.var.staff.language].case;
  const of = (index: number) => (found.contributions.length > 1 ? fill(together.one, { number: index + 1 }) : '');
  return html`<section aria-labelledby="word">
    <h2 id="word">${way.wordHeading}</h2>
    <p>${way.wordWhat}</p>
    ${found.contributions.map(
      ({ id }, index) =>
        html`<form method="post" action="/desk/case/${found.id}/way/word" autocomplete="off">
          ${csrfField(c)}
          <input type="hidden" name="contribution" value="${id}" />
          ${of(index) !== '' && html`<h3>${of(index)}</h3>`}
          <label for="known-${index}">${way.wordReason}</label>
          <select id="known-${index}" name="reason" required>
            <option value=""></option>
            ${OWN_WORD_REASONS.map((one) => html`<option value="${one}">${way.wordReasons[one]}</option>`)}
          </select>
          ${sure(`word-sure-${index}`, way.sure)}
          <button>${way.wordDo}</button>
        </form>`,
    )}
  </section>`;
}

function erasePartial(page: WayPage): Html {
  const { c, desk, found, holdsMore } = page;
  const { staff } = c.var;
  const { case: texts } = desk.texts[staff.language];
  const { way } = texts;
  const mails = found.contributions.flatMap((one) => one.mails);
  const left = mails.filter(mayHaveLeft);
  const withdraws = mails.some((mail) => mail.kind === 'withdrawal' && isOnItsWay(mail));
  const moment = momentIn(staff.language, desk.timeZone);
  return html`<section aria-labelledby="erase">
    <h2 id="erase">${way.eraseHeading}</h2>
    <p>${way.eraseWhat}</p>
    <p>${holdsMore ? way.eraseMore : way.eraseAll}</p>
    ${
      left.length === 0
        ? html`<p>${way.noneLeft}</p>`
        : html`<p class="note">${way.left}</p>
            <ul>
              ${left.map(
                (mail) =>
                  html`<li>
                    ${texts.kind[mail.kind]} ${mail.reference}, ${moment(mail.endedAt ?? mail.queuedAt)}:
                    ${outcomeName(mail.attemptsMade.at(-1)?.outcome ?? '', texts)}
                  </li>`,
              )}
            </ul>`
    }
    ${withdraws && html`<p class="note">${way.withdraws}</p>`} ${eraseForm(page)}
  </section>`;
}

function eraseForm({ c, desk, found, asked }: WayPage): Html {
  const { staff } = c.var;
  const { way } = desk.texts[staff.language].case;
  const isTwo = desk.release === 'two';
  const takeBack = html`<form method="post" action="/desk/case/${found.id}/erase/take-back">
    ${csrfField(c)}
    <button>${way.takeBack}</button>
  </form>`;
  if (asked?.by === staff.id && isTwo)
    return html`<p class="note">${way.askedByYou}</p>
      ${takeBack}`;
  if (asked !== null) {
    return html`<p class="note">${fill(way.asked, { name: asked.name, reason: way.reasons[asked.reason] })}</p>
      <form method="post" action="/desk/case/${found.id}/erase/agree" autocomplete="off">
        ${csrfField(c)} ${sure('erase-sure', way.sureToo)}
        <button>${way.agree}</button>
      </form>
      ${takeBack}`;
  }
  if (staff.role !== 'administrator') return html`<p class="hint">${way.administrator}</p>`;
  return html`<form method="post" action="/desk/case/${found.id}/erase" autocomplete="off">
    ${csrfField(c)} ${reasonField(way)} ${sure('erase-sure', way.sureErase)}
    ${isTwo && html`<p class="hint">${way.two}</p>`}
    <button>${isTwo ? way.eraseAsk : way.eraseDo}</button>
  </form>`;
}

export function reasonField(way: StaffTexts['case']['way']): Html {
  return html`<label for="reason">${way.reason}</label>
    <select id="reason" name="reason" required>
      <option value=""></option>
      ${ERASE_REASONS.map((one) => html`<option value="${one}">${way.reasons[one]}</option>`)}
    </select>`;
}

export function sure(id: string, text: string): Html {
  return html`<p class="check">
    <input type="checkbox" id="${id}" name="sure" value="yes" required />
    <label for="${id}">${text}</label>
  </p>`;
}

/** It cannot be cancelled here: a server has it, or may have it. */
function mayHaveLeft({ state, handedOver, attemptsMade }: DeskMail): boolean {
  return (
    handedOver ||
    ['sending', 'sent', 'written', 'uncertain'].includes(state) ||
    attemptsMade.some(({ outcome }) => ['accepted', 'bounced', 'uncertain'].includes(outcome))
  );
}

function isOnItsWay({ state }: DeskMail): boolean {
  return ['review', 'given-back', 'waiting', 'frozen', 'sending', 'uncertain', 'held'].includes(state);
}
