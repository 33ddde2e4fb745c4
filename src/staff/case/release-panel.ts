// The release panel: the checks of the text, and the possible acts of this reviewer, one click each. Deliberately
// missing: releasing several at once, changing a word, more publicity, another recipient.

import { html } from 'hono/html';
import { READY_QUESTIONS } from '../../dialog/engine/event.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { DeskMail } from '../../store/desk/desk-case.ts';
import type { CasePage, ContributionView } from './case-view.ts';
import { historyPartial } from './case-partials.ts';
import { act, releaseForm, takeBackForm } from './release-form.ts';
import { sure } from './way-page.ts';

export function releasePanel(view: ContributionView, page: CasePage, number: number): Html {
  const { release } = page;
  return html`<section class="gate" aria-labelledby="gate-${number}">
    <h2 id="gate-${number}">${release.heading}</h2>
    ${troubles(view, page)} ${mayDecide(page) ? decisions(view, page, number) : whyNot(page)} ${fine(view, page)}
    ${historyPartial(view, page)}
  </section>`;
}

function mayDecide({ staff, view }: CasePage): boolean {
  return staff.role !== 'reader' && !view.steppedBack;
}

function whyNot({ release, view }: CasePage): Html {
  return html`<p class="note">${view.steppedBack ? release.steppedBack : release.readOnly}</p>`;
}

/** Nothing is checked of what does not leave (any more). */
function toCheck({ fate, checks }: ContributionView): Checks {
  return fate === 'leaves' ? checks : [];
}

/** Checks that are a reason to stop, or need a person's judgement: before the button. */
function troubles(view: ContributionView, page: CasePage): Html | '' {
  const found = toCheck(view).filter(({ verdict }) => verdict !== 'ok');
  if (found.length === 0) return '';
  return html`<h3>${page.release.checksHeading}</h3>
    ${checkList(found, view, page)}`;
}

function fine(view: ContributionView, page: CasePage): Html | '' {
  const found = toCheck(view).filter(({ verdict }) => verdict === 'ok');
  if (found.length === 0) return '';
  return more(fill(page.release.checksFine, { count: found.length }), checkList(found, view, page));
}

type Checks = ContributionView['checks'];

function checkList(list: Checks, { document }: ContributionView, { release, texts, view }: CasePage): Html {
  const limit = view.call?.limit ?? null;
  const count = document?.model.words ?? 0;
  const words = limit === null ? String(count) : fill(texts.wordsOf, { count, limit });
  return html`<ul class="checks">
    ${list.map(
      ({ id, verdict }) =>
        html`<li class="${verdict}">
          <b>${release.verdict[verdict]}</b>
          <span>${release.checks[id]}${id === 'words' ? ` (${words})` : ''}</span>
        </li>`,
    )}
  </ul>`;
}

/** The mail of the text, and the one that takes it back, as far as they have not arrived. */
function sendAgain(view: ContributionView, page: CasePage): Html {
  const { release, texts } = page;
  const withdrawal = view.kept.mails.findLast(({ kind }) => kind === 'withdrawal') ?? null;
  const stuck = [view.mail, withdrawal].filter((mail) => mail !== null).filter(isStuck);
  return html`${stuck.map((mail, index) =>
    act(
      'retry',
      view,
      page,
      html`${mail.kind === 'withdrawal' && html`<h3>${texts.kind.withdrawal} ${mail.reference}</h3>`}
        ${
          mail.later === null
            ? html`<p class="hint">${release.retryWhat}</p>`
            : html`<p class="note" role="alert">${release.later[mail.later]}</p>
                ${sure(`later-${index}`, release.laterSure)}`
        } <button class="send">${release.retry}</button>`,
      mail,
    ),
  )}`;
}

function isStuck({ state, attemptsMade }: DeskMail): boolean {
  return state === 'refused' || state === 'held' || state === 'uncertain' || attemptsMade.at(-1)?.outcome === 'bounced';
}

function decisions(view: ContributionView, page: CasePage, number: number): Html {
  const { release } = page;
  const { mail, review } = view;
  const inReview = mail?.state === 'review';
  return html`${inReview && review?.onHold !== true && releaseForm(view, page)} ${takeBackForm(view, page)}
  ${inReview && review?.onHold === true && act('lift', view, page, html`<button class="send">${release.lift}</button>`)}
  ${inReview && review !== null && standing(view, page)} ${sendAgain(view, page)}
  ${inReview && html`${giveBack(view, page, number)} ${withhold(view, page, number)} ${hold(view, page, number)}`}
  ${
    inReview &&
    review !== null &&
    review.needed < 2 &&
    more(
      release.second,
      act(
        'second',
        view,
        page,
        html`<p class="hint">${release.secondWhat}</p>
          <button>${release.second}</button>`,
      ),
    )
  }
  ${write(view, page, number)}
  ${
    view.reference !== null &&
    more(
      release.stepBack,
      act(
        'step-back',
        view,
        page,
        html`<p class="hint">${release.stepBackWhat}</p>
          <button>${release.stepBackDo}</button>`,
      ),
    )
  }`;
}

function standing({ review }: ContributionView, { release }: CasePage): Html | '' {
  if (review === null) return '';
  return html`<p>
    ${fill(release.releasesGiven, { given: review.releasedBy.length, needed: review.needed })}<br />
    ${release.unreachable[review.ifUnreachable ?? 'none']}
  </p>`;
}

function giveBack(view: ContributionView, page: CasePage, number: number): Html {
  const { release } = page;
  const language = page.queue.languages[view.kept.language];
  return more(
    release.giveBack,
    html`<p class="hint">${release.giveBackWhat}</p>
      ${act(
        'give-back',
        view,
        page,
        html`<div class="choices">
          ${READY_QUESTIONS.map((id) => html`<button name="question" value="${id}">${release.questions[id]}</button> `)}
        </div>`,
      )}
      ${act(
        'give-back',
        view,
        page,
        html`<label for="own-${number}">${fill(release.ownQuestion, { language })}</label>
          <textarea
            dir="auto"
            id="own-${number}"
            name="own"
            rows="3"
            lang="${view.kept.language}"
            maxlength="500"
            required
          ></textarea>
          <button>${release.giveBackDo}</button>`,
      )}`,
  );
}

function withhold(view: ContributionView, page: CasePage, number: number): Html {
  const { release } = page;
  const words = view.found.map(({ text }) => text);
  return more(
    release.withhold,
    html`<p class="hint">${release.withholdWhat}</p>
      ${
        words.length > 0 &&
        act(
          'withhold',
          view,
          page,
          html`<div class="choices">
            ${words.map((word) => html`<button name="words" value="${word}">${fill(release.withholdWord, { word })}</button> `)}
          </div>`,
        )
      }
      ${act(
        'withhold',
        view,
        page,
        html`<label for="words-${number}">${release.withholdOwn}</label>
          <input id="words-${number}" name="words" maxlength="200" autocomplete="off" spellcheck="false" required />
          <button>${release.withholdDo}</button>`,
      )}`,
  );
}

function hold(view: ContributionView, page: CasePage, number: number): Html {
  const { release } = page;
  return more(
    release.hold,
    act(
      'hold',
      view,
      page,
      html`<label for="reason-${number}">${release.holdReason}</label>
        <input id="reason-${number}" name="reason" maxlength="500" autocomplete="off" required />
        <label for="tell-${number}">${release.holdTell}</label>
        <textarea
          dir="auto"
          id="tell-${number}"
          name="tell"
          rows="2"
          maxlength="500"
          lang="${view.kept.language}"
        ></textarea>
        <button>${release.holdDo}</button>`,
    ),
  );
}

function write(view: ContributionView, page: CasePage, number: number): Html {
  const { release, entry } = page;
  return more(
    release.write,
    act(
      'write',
      view,
      page,
      html`<p class="hint">${fill(release.writeWhat, { language: page.queue.languages[view.kept.language] })}</p>
        <label for="say-${number}">${release.words}</label>
        <textarea
          dir="auto"
          id="say-${number}"
          name="text"
          rows="4"
          maxlength="1500"
          lang="${view.kept.language}"
          required
        ></textarea>
        <button>${release.writeDo}</button>`,
    ),
    entry?.need === 'danger' || entry?.need === 'person',
  );
}

/** `isOpen`: unfolded, because it is the next thing to do. */
function more(summary: string, inside: Html, isOpen = false): Html {
  return html`<details class="act" ${isOpen ? 'open' : ''}>
    <summary>${summary}</summary>
    ${inside}
  </details>`;
}
