// All routes under /desk/mails: unmatched mails. Each view is recorded before it is shown.

import { addressesIn } from '../../mail/recipients.ts';
import { fieldOf } from '../../web/toolkit/request.ts';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { typedReference } from '../typed-reference.ts';
import type { FiledMail, ListedMail } from '../../store/mail/read-mails-in.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import { OPEN } from '../case/mask.ts';
import type { Desk, StaffContext, StaffEnv } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { csrfField, drawPage, momentIn, notice } from '../layout.ts';
import { referenceForm } from '../reference-form.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import { caseOf, type CaseShownBack, oneMail, sendMailFile } from './one-mail.ts';

// An unmatched mail: read, filed under a case by a person, or erased. Nothing is guessed: a reference is typed, its
// case is shown, and only then anything is done.

/** Signs that a mail belongs to a case, for the person who decides. Not proof: anybody can forge both. */
interface Signs {
  /** Subject or text name the reference. */
  readonly names: boolean;
  /** It claims to be from the domain that we wrote to. */
  readonly sameSender: boolean;
}

export function signsOf(
  { from, subject, text }: Pick<ListedMail, 'from' | 'subject' | 'text'>,
  reference: string,
  recipient: string | null,
): Signs {
  const domains = addressesIn(recipient ?? '').map(domainOf);
  return {
    names: [subject, text].some((one) => one.toUpperCase().includes(reference)),
    sameSender: domainOf(from) !== '' && domains.includes(domainOf(from)),
  };
}

/** Of "Name <clerk@body.example>" or a plain address; "" if there is none. */
function domainOf(address: string): string {
  return /@([\w.-]+)>?\s*$/.exec(address)?.[1]?.toLowerCase() ?? '';
}

/** Result of the last act, from a fixed name in the URL. */
export function mailSaid(c: Context, { said }: StaffTexts['mails']): string | null {
  const name = c.req.query('said') ?? '';
  return Object.entries(said).find(([known]) => known === name)?.[1] ?? null;
}

type MailSaid = keyof StaffTexts['mails']['said'];

export function withMailSaid(path: string, said: MailSaid): string {
  return `${path}?said=${said}`;
}

async function showUnmatched(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const typed = typedReference(c.req.query('reference'));
  await desk.audit.record({
    staff,
    action: 'mail.view',
    ...(typed === null ? { detail: 'unmatched' } : { detail: 'unmatched, for', reference: typed }),
  });
  const mail = await desk.store.mailsIn.one(c.req.param('mail') ?? '', null);
  if (mail === null) return notice(c, desk, 404, 'notFound');
  const { mails: texts, case: caseTexts } = desk.texts[staff.language];
  const path = `/desk/mails/${mail.id}`;
  const found = typed === null ? null : await caseOf(desk, typed);
  const said = mailSaid(c, texts);
  const main = html`${said !== null && html`<p class="note said" role="status">${said}</p>`}
    <p><a href="/desk/mails">${texts.back}</a></p>
    ${oneMail({
      mail,
      mask: OPEN,
      path,
      texts,
      kinds: caseTexts.mailIn,
      language: staff.language,
      moment: momentIn(staff.language, desk.timeZone),
    })}
    <section aria-labelledby="assign">
      <h2 id="assign">${texts.assignHeading}</h2>
      ${typed !== null && found === null && html`<p class="problem" role="alert">${fill(texts.unknown, { reference: typed })}</p>`}
      ${found === null ? askFor(typed, c, desk, path) : shownBack(found, mail, c, desk, path)}
    </section>
    ${removal(c, desk, path)}`;
  return drawPage(c, desk, { title: texts.headingOne, main });
}

async function sendUnmatchedFile(c: StaffContext, desk: Desk) {
  await desk.audit.record({ staff: c.var.staff, action: 'mail.attachment', detail: 'unmatched' });
  const mail = await desk.store.mailsIn.one(c.req.param('mail') ?? '', null);
  return mail === null ? notice(c, desk, 404, 'notFound') : sendMailFile(c, desk, mail, c.req.param('file') ?? '');
}

function askFor(typed: string | null, c: StaffContext, desk: Desk, path: string): Html {
  const { mails: texts } = desk.texts[c.var.staff.language];
  return html`<p class="hint">${texts.assignWhat}</p>
    ${referenceForm(`${path}#assign`, typed, texts.reference, texts.show)}`;
}

function shownBack(found: CaseShownBack, mail: FiledMail, c: StaffContext, desk: Desk, path: string): Html {
  const { mails: texts, queue, case: caseTexts, release } = desk.texts[c.var.staff.language];
  const { verdict } = release;
  const { reference } = found;
  const { names, sameSender } = signsOf(mail, reference, found.recipient);
  const moment = momentIn(c.var.staff.language, desk.timeZone);
  return html`<h3>${fill(texts.shownBack, { reference })}</h3>
    <dl class="facts">
      <dt>${texts.call}</dt>
      <dd>${found.call?.[c.var.staff.language] ?? '–'}</dd>
      <dt>${texts.language}</dt>
      <dd>${queue.languages[found.language]}</dd>
      <dt>${texts.state}</dt>
      <dd>${outcomeName(found.outcome, caseTexts)}</dd>
      <dt>${texts.sent}</dt>
      <dd>${caseTexts.kind[found.kind]}, ${moment(found.queuedAt)}</dd>
      <dt>${texts.recipient}</dt>
      <dd>${found.recipient ?? '–'}</dd>
    </dl>
    <ul class="checks">
      ${sign(names, names ? texts.named : texts.notNamed, verdict)}
      ${sign(sameSender, sameSender ? texts.sameSender : texts.otherSender, verdict)}
    </ul>
    <p class="hint">${texts.signsWhat} ${texts.tellsNobody}</p>
    <form method="post" action="${path}/assign">
      ${csrfField(c)}
      <input type="hidden" name="reference" value="${reference}" />
      <p class="check">
        <input type="checkbox" id="sure" name="sure" value="yes" required /> <label for="sure">${texts.sure}</label>
      </p>
      <button class="send">${fill(texts.assign, { reference })}</button>
    </form>
    <p class="another"><a href="${path}#assign">${texts.another}</a></p>`;
}

function sign(speaksFor: boolean, text: string, verdict: StaffTexts['release']['verdict']): Html {
  return html`<li class="${speaksFor ? 'ok' : 'look'}">
    <b>${verdict[speaksFor ? 'ok' : 'look']}</b> <span>${text}</span>
  </li>`;
}

function outcomeName(outcome: string | null, { outcome: names }: StaffTexts['case']): string {
  if (outcome === null) return '–';
  return Object.entries(names).find(([name]) => name === outcome)?.[1] ?? names.other;
}

function removal(c: StaffContext, desk: Desk, path: string): Html {
  const { mails: texts } = desk.texts[c.var.staff.language];
  return html`<details class="act">
    <summary>${texts.removeHeading}</summary>
    <form method="post" action="${path}/remove">
      ${csrfField(c)}
      <p class="hint">${texts.removeWhat}</p>
      <p class="check">
        <input type="checkbox" id="remove" name="sure" value="yes" required />
        <label for="remove">${texts.removeSure}</label>
      </p>
      <button>${texts.remove}</button>
    </form>
  </details>`;
}

// Filing or erasing an unmatched mail; recorded before and after.

async function assignMail(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const mail = c.req.param('mail') ?? '';
  const reference = typedReference(await fieldOf(c, 'reference'));
  const found = reference === null ? null : await caseOf(desk, reference);
  const about = found === null ? {} : { case: found.case, reference: found.reference };
  await desk.audit.record({ staff, action: 'mail.assign', ...about, detail: 'asked' });
  if (found === null) return c.redirect(withMailSaid(`/desk/mails/${mail}`, 'unknown'), 303);
  const refused = found.steppedBack.includes(staff.id)
    ? 'not-allowed'
    : (await fieldOf(c, 'sure')) === 'yes'
      ? null
      : 'unsure';
  if (refused !== null) {
    await desk.audit.record({ staff, action: 'mail.assign', ...about, detail: refused });
    return c.redirect(withMailSaid(`/desk/mails/${mail}`, refused), 303);
  }
  const at = desk.now().toISOString();
  const came = await desk.store.mailsIn.assign(mail, { reference: found.reference, by: staff.id, at });
  await desk.audit.record({ staff, action: 'mail.assign', ...about, detail: came });
  return c.redirect(
    came === 'assigned'
      ? withMailSaid(`/desk/case/${found.case}/mail/${mail}`, came)
      : withMailSaid('/desk/mails', came),
    303,
  );
}

/** Erases it for good: it stays only in the mailbox it came from. */
async function removeMail(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const mail = c.req.param('mail') ?? '';
  const isSure = (await fieldOf(c, 'sure')) === 'yes';
  await desk.audit.record({ staff, action: 'mail.remove', detail: isSure ? 'asked' : 'unsure' });
  if (!isSure) return c.redirect(withMailSaid(`/desk/mails/${mail}`, 'unsure'), 303);
  if ((await desk.store.mailsIn.one(mail, null)) === null) return notice(c, desk, 404, 'notFound');
  const done = await desk.store.mailsIn.removeUnmatched(mail);
  await desk.audit.record({ staff, action: 'mail.remove', detail: done ? 'done' : 'gone' });
  return c.redirect(withMailSaid('/desk/mails', done ? 'removed' : 'gone'), 303);
}

/** The unmatched mails: one line each, oldest first. */
async function showMails(c: StaffContext, desk: Desk) {
  const { staff } = c.var;
  const { mails: texts, queue, case: caseTexts } = desk.texts[staff.language];
  await desk.audit.record({ staff, action: 'mail.list' });
  const mails = await desk.store.mailsIn.unmatched();
  const moment = momentIn(staff.language, desk.timeZone);
  const said = mailSaid(c, texts);
  const line = (mail: ListedMail): Html => {
    const files = mail.files.length + mail.moreFiles;
    return html`<li>
      <a href="/desk/mails/${mail.id}">${mail.subject === '' ? texts.noSubject : mail.subject}</a>
      <span class="from">${mail.from === '' ? texts.noSender : mail.from}</span>
      <span class="quiet"
        >${caseTexts.mailIn[mail.kind]} · ${moment(mail.at)}
        ${files > 0 ? `· ${fill(texts.withFiles, { count: files })}` : ''}</span
      >
    </li>`;
  };
  const main = html`${said !== null && html`<p class="note said" role="status">${said}</p>`}
    <p><a href="/desk">${queue.showOpen}</a></p>
    <p class="hint">${texts.what}</p>
    ${
      mails.length === 0
        ? html`<p>${texts.none}</p>`
        : html`<ol class="mails">
            ${mails.map(line)}
          </ol>`
    }`;
  return drawPage(c, desk, { title: texts.heading, main });
}

export function buildMails(desk: Desk): Hono<StaffEnv> {
  const routes = new Hono<StaffEnv>();
  const decide = needs(desk, 'reviewer');
  routes.get('/mails', decide, (c) => showMails(c, desk));
  routes.get('/mails/:mail', decide, (c) => showUnmatched(c, desk));
  routes.get('/mails/:mail/file/:file', decide, (c) => sendUnmatchedFile(c, desk));
  routes.post('/mails/:mail/assign', decide, (c) => assignMail(c, desk));
  routes.post('/mails/:mail/remove', decide, freshly(desk, '/desk/mails'), (c) => removeMail(c, desk));
  return routes;
}
