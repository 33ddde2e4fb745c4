import { html } from 'hono/html';
import type { DeskMail } from '../../store/desk/desk-case.ts';
import type { MailAttempt } from '../../store/mail/mail-attempts.ts';
import type { ListedMail } from '../../store/mail/read-mails-in.ts';
import type { ReviewRow } from '../../store/reviews/review-read.ts';
import type { ConsentRow } from '../../store/turns/turn-work.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { publicationName } from '../queue/row-words.ts';
import type { CasePage, ContributionView } from './case-view.ts';
import { type Mask, maskOf } from './mask.ts';
import type { DocumentBlock, ReadDocument } from './read-document.ts';

/** Every mail of a contribution with every attempt, and the server's own words. */
export function deliveryPartial({ kept: { mails }, cameBack }: ContributionView, page: CasePage, number: number): Html {
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

/** Its content is on a separate page, whose views are recorded. */
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

/** The confidential version that the person approved for the deadline: its differences and files, before it might leave. */
export function fallbackPartial(
  { kept, document, fallback }: ContributionView,
  page: CasePage,
  number: number,
): Html | '' {
  if (document === null || fallback === null) return '';
  const { texts, view } = page;
  const { language } = fallback.model;
  const href = (format: string) => `/desk/case/${view.case.id}/confidential/${kept.id}/${format}`;
  const [instead, before] = [differing(fallback, document), differing(document, fallback)];
  return html`<section aria-labelledby="fallback-${number}">
    <h2 id="fallback-${number}">${texts.fallback.heading}</h2>
    <p class="hint">${texts.fallback.what}</p>
    ${lines(texts.fallback.stands, instead, language)}
    ${before.length > 0 && lines(texts.fallback.inPlaceOf, before, language)}
    <p class="quiet">${texts.fallback.rest}</p>
    <p class="links">
      ${fallback.formats.map((format) => html`<a href="${href(format)}" download>${texts[format]}</a> `)}
    </p>
    <details>
      <summary>${texts.mailBody}</summary>
      <p class="body" lang="${language}">${fallback.body}</p>
    </details>
  </section>`;
}

function lines(heading: string, blocks: readonly DocumentBlock[], language: string): Html {
  return html`<h3>${heading}</h3>
    ${blocks.map(({ text }) => html`<p class="publication" lang="${language}">${text}</p>`)}`;
}

/** Blocks of the one document that the other does not contain. */
function differing(one: ReadDocument, other: ReadDocument): readonly DocumentBlock[] {
  const there = new Set(other.model.blocks.map(({ kind, text }) => `${kind} ${text}`));
  return one.model.blocks.filter(({ kind, text }) => !there.has(`${kind} ${text}`));
}

/** Decisions of reviewers and answers of the person, oldest first. */
export function historyPartial({ acts }: ContributionView, page: CasePage): Html | '' {
  if (acts.length === 0) return '';
  return html`<h3>${page.release.historyHeading}</h3>
    <ol class="history">
      ${acts.map((one) => entry(one, page))}
    </ol>`;
}

function entry({ at, reviewer, act, note }: ReviewRow, page: CasePage): Html {
  const { release, moment, nameOf } = page;
  const who = reviewer === null ? release.byPerson : nameOf(reviewer);
  const said = note === null ? '' : (readyQuestion(note, page) ?? wordReason(act, note, page) ?? note);
  return html`<li>
    <time datetime="${at}">${moment(at)}</time>
    <b>${who}</b> ${release.act[act]}${said === '' ? '' : html`: <q>${said}</q>`}
  </li>`;
}

/** A ready question is stored by its id. */
function readyQuestion(note: string, { release }: CasePage): string | null {
  const id = note.startsWith('ready:') ? note.slice('ready:'.length) : '';
  return Object.entries(release.questions).find(([known]) => known === id)?.[1] ?? null;
}

/** The way somebody's identity was verified is also stored by an id. */
function wordReason(act: ReviewRow['act'], note: string, { texts }: CasePage): string | null {
  if (act !== 'own-word') return null;
  return Object.entries(texts.way.wordReasons).find(([known]) => known === note)?.[1] ?? null;
}

/** Among staff; sealed with the contribution, and erased with it. */
export function notesPartial({ kept: { id, notes } }: ContributionView, page: CasePage, number: number): Html {
  const { texts, moment, nameOf, view } = page;
  return html`<section aria-labelledby="notes-${number}">
    <h2 id="notes-${number}">${texts.notesHeading}</h2>
    <p class="quiet">${texts.notesWhat}</p>
    ${notes.length === 0 ? html`<p>${texts.notesNone}</p>` : ''}
    <ul class="notes">
      ${notes.map(
        ({ at, staff, text }) =>
          html`<li><b>${nameOf(staff)}</b> <time class="quiet" datetime="${at}">${moment(at)}</time><br />${text}</li>`,
      )}
    </ul>
    ${
      page.staff.role !== 'reader' &&
      html`<form method="post" action="/desk/case/${view.case.id}/note" autocomplete="off">
        ${page.csrf}
        <input type="hidden" name="contribution" value="${id}" />
        <label for="note-${number}">${texts.note}</label>
        <textarea dir="auto" id="note-${number}" name="text" rows="2" maxlength="2000" required></textarea>
        <button>${texts.addNote}</button>
      </form>`
    }
  </section>`;
}

/** Every consent, oldest first, with the exact words that were shown; the last one of each purpose counts. */
export function consentsPartial({ kept }: ContributionView, page: CasePage, number: number): Html {
  return html`<section aria-labelledby="consents-${number}">
    <h2 id="consents-${number}">${page.texts.consentsHeading}</h2>
    ${consentList(kept.consents, page, maskOf(kept.session, page.texts.transcript.withheld))}
  </section>`;
}

type Drawn = Pick<CasePage, 'texts' | 'queue' | 'knows' | 'moment'>;

/** `mask`: hides withheld words in wordings that quote them. */
export function consentList(consents: readonly ConsentRow[], page: Drawn, mask: Mask): Html {
  const counting = new Set(new Map(consents.map((row) => [`${row.purpose} ${row.subject}`, row])).values());
  return html`${consents.length === 0 && html`<p>${page.texts.consentsNone}</p>`}
    <ul class="consents">
      ${consents.map((row) => consent(row, counting.has(row), page, mask))}
    </ul>`;
}

function consent(row: ConsentRow, counts: boolean, page: Drawn, mask: Mask): Html {
  const { texts, moment } = page;
  return html`<li class="${counts ? 'counts' : 'quiet'}">
    ${texts.purpose[row.purpose]}: <strong>${valueOf(row, page)}</strong> ${counts ? `(${texts.counts})` : ''}
    <time class="quiet" datetime="${row.at}">${moment(row.at)}</time>
    ${row.spoken !== undefined && html`<p class="quiet">${texts.spoken} <q lang="${row.language}">${mask.apply(row.spoken)}</q></p>`}
    <details>
      <summary>${texts.wording}</summary>
      ${wording(row, page, mask)}
    </details>
  </li>`;
}

/** As it was shown; for an old row as far as it is known. */
function wording({ words, choices = [], quotes, language, wordingHash }: ConsentRow, page: Drawn, mask: Mask): Html {
  const { texts } = page;
  const known = words === undefined ? page.knows.wordingOf(wordingHash) : { text: words, isWhole: true };
  if (known === null) return html`<p class="quiet">${texts.wordingGone}</p>`;
  return html`<p class="body" lang="${language}">${quotes === true ? mask.apply(known.text) : known.text}</p>
    ${
      choices.length > 0 &&
      html`<ol class="offered" aria-label="${texts.wordingChoices}">
        ${choices.map((one) => html`<li>${one}</li>`)}
      </ol>`
    }
    ${!known.isWhole && html`<p class="quiet">${texts.wordingPartly}</p>`}`;
}

function valueOf({ purpose, value }: ConsentRow, { texts, queue }: Drawn): string {
  if (purpose === 'approve') return texts.approved;
  const known = Object.entries(texts.value).find(([name]) => name === value)?.[1];
  return known ?? publicationName(value, queue) ?? value;
}

/** A joint document: its contributions, and what each person agreed to. */
export function togetherPartial(page: CasePage): Html | '' {
  const { together } = page.view;
  if (together.length === 0) return '';
  const { texts } = page;
  return html`<section aria-labelledby="together">
    <h2 id="together">${texts.together.heading}</h2>
    <p class="quiet">${texts.together.what}</p>
    ${together.map(
      ({ case: own, consents }, index) =>
        html`<h3>
            ${fill(texts.together.one, { number: index + 1 })}
            <a href="/desk/case/${own}">${texts.together.open}</a>
          </h3>
          ${consentList(consents, page, maskOf(null, texts.transcript.withheld))}`,
    )}
  </section>`;
}
