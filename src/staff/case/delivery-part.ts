import { html } from 'hono/html';
import type { DeskMail, MailAttempt } from '../../store/desk/desk-port.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import type { ListedMail } from '../../store/mail/mails-in-port.ts';
import type { Html } from '../layout.ts';
import { fill } from '../../texts/fill.ts';
import type { ContributionView } from './case-view.ts';
import type { CasePage } from './case-shown.ts';

/** Every mail of a contribution with every attempt, and what the server itself said. */
export function deliveryPart({ kept: { mails }, cameBack }: ContributionView, page: CasePage, number: number): Html {
  const { texts } = page;
  return html`<section aria-labelledby="delivery-${number}">
    <h2 id="delivery-${number}">${texts.deliveryHeading}</h2>
    ${mails.length === 0 && html`<p>${texts.deliveryNone}</p>`} ${mails.map((mail) => oneMail(mail, page))}
    ${
      cameBack.length > 0 &&
      html`<h3>${texts.cameBack}</h3>
        <ol class="came-back">
          ${cameBack.map((mail) => oneCameBack(mail, page))}
        </ol>`
    }
  </section>`;
}

function oneMail(mail: DeskMail, page: CasePage): Html {
  const { texts, moment } = page;
  return html`<h3>${texts.kind[mail.kind]} ${mail.reference}</h3>
    <p class="quiet">${fill(texts.queued, { time: moment(mail.queuedAt) })}</p>
    <ol class="attempts">
      ${mail.attemptsMade.map((attempt, index) => oneAttempt(attempt, index + 1, page))}
    </ol>`;
}

function oneAttempt({ at, outcome, server, reply }: MailAttempt, number: number, page: CasePage): Html {
  const { texts, moment } = page;
  return html`<li>
    ${fill(texts.attempt, { number, time: moment(at) })}: <strong>${outcomeName(outcome, texts)}</strong>
    ${server !== null && html`<span class="quiet">${server}</span>`}
    ${reply !== null && html`<br />${fill(texts.answer, { server: server ?? '' })} <q lang="en">${reply}</q>`}
  </li>`;
}

/** What it says is read on a page of its own, which is recorded. */
function oneCameBack({ id, kind, at, byHand, reference }: ListedMail, page: CasePage): Html {
  const { texts, moment, mails, view } = page;
  return html`<li>
    <a href="/desk/case/${view.case.id}/mail/${id}">${texts.mailIn[kind]}</a>
    <span class="quiet">${reference} · ${moment(at)}</span>
    ${byHand !== null && html`<span class="tag">${fill(mails.byHand, { name: page.nameOf(byHand) })}</span>`}
  </li>`;
}

export function outcomeName(outcome: string, texts: StaffTexts['case']): string {
  return Object.entries(texts.outcome).find(([name]) => name === outcome)?.[1] ?? texts.outcome.other;
}
