// The form that releases a text, with what leaves, its recipient and what happens next at the button; and the form that takes
// a release back.

import { html } from 'hono/html';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { publicationName } from '../queue/row-words.ts';
import type { CasePage, ContributionView } from './case-view.ts';

/** Names what leaves, its recipient and what happens next, right at the button. */
export function releaseForm(view: ContributionView, page: CasePage): Html {
  const { release, staff } = page;
  const isMine = view.review?.releasedBy.includes(staff.id) === true;
  return html`${goes(view, page)}
  ${
    isMine
      ? takeBack(view, page)
      : act(
          'release',
          view,
          page,
          html`<p class="hint">${release.releaseWhat}</p>
            <button class="send">${release.release}</button>`,
        )
  }`;
}

/** For its reviewer, until the mail begins to leave. */
export function takeBackForm(view: ContributionView, page: CasePage): Html | '' {
  const isOnItsWay = view.mail?.state === 'waiting' && view.review?.releasedBy.includes(page.staff.id) === true;
  return isOnItsWay ? html`${goes(view, page)} ${takeBack(view, page)}` : '';
}

function takeBack(view: ContributionView, page: CasePage): Html {
  const { release } = page;
  return act(
    'take-back',
    view,
    page,
    html`<p class="hint">${release.yourRelease}</p>
      <button>${release.takeBack}</button>`,
  );
}

function goes({ document, review, kept, mail }: ContributionView, page: CasePage): Html | '' {
  if (document === null) return '';
  const { release, texts, queue, view, staff } = page;
  const others = review?.releasedBy.filter((one) => one !== staff.id).length ?? 0;
  const isLast = others + 1 >= (review?.needed ?? 1);
  return html`<dl class="goes">
    <dt>${texts.publication}</dt>
    <dd><strong>${publicationName(document.model.publication, queue, view.call?.terms)}</strong></dd>
    <dt>${texts.recipient}</dt>
    <dd>${document.recipient}</dd>
    <dt>${texts.subject}</dt>
    <dd>${document.subject}</dd>
    <dt>${texts.files}</dt>
    <dd>
      ${document.formats.map((format) => html`<a href="/desk/case/${view.case.id}/file/${kept.id}/${format}" download>${texts[format]}</a> `)}
    </dd>
    <dt>${release.then}</dt>
    <dd>${isLast ? whenItLeaves(mail?.notBefore ?? '', page) : release.thenSecond}</dd>
  </dl>`;
}

/** `notBefore`: until then the text is still its author's to take back. */
function whenItLeaves(notBefore: string, { release, windowMinutes, leavesFrom, clock }: CasePage): string {
  if (notBefore > leavesFrom) return fill(release.thenAt, { time: clock(notBefore) });
  return windowMinutes === 0 ? release.thenNow : fill(release.thenLeaves, { count: windowMinutes });
}

/** For exactly the version on the page. `mail`: if it is another one than that of the text. */
export function act(name: string, view: ContributionView, page: CasePage, inside: Html, mail = view.mail): Html {
  return html`<form method="post" action="/desk/case/${page.view.case.id}/${name}" autocomplete="off">
    ${page.csrf}
    <input type="hidden" name="reference" value="${mail?.reference ?? view.reference ?? ''}" />
    <input type="hidden" name="sha256" value="${mail?.sha256 ?? ''}" />
    <input type="hidden" name="contribution" value="${view.kept.id}" />
    ${inside}
  </form>`;
}
