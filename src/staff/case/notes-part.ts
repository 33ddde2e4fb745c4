import { html } from 'hono/html';
import type { Html } from '../layout.ts';
import type { ContributionView } from './case-view.ts';
import type { CasePage } from './case-shown.ts';

/** Among colleagues; sealed with the contribution, and erased with it. */
export function notesPart({ kept: { id, notes } }: ContributionView, page: CasePage, number: number): Html {
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
        <textarea id="note-${number}" name="text" rows="2" maxlength="2000" required></textarea>
        <button>${texts.addNote}</button>
      </form>`
    }
  </section>`;
}

export function assignmentPart(page: CasePage): Html {
  const { texts, queue, view, staff, nameOf } = page;
  const { assignedTo, id } = view.case;
  return html`<section aria-labelledby="assigned">
    <h2 id="assigned">${texts.assignHeading}</h2>
    <p>${assignedTo === null ? queue.nobody : assignedTo === staff.id ? queue.me : nameOf(assignedTo)}</p>
    ${staff.role !== 'reader' && html`<div class="assign">${take(page)} ${give(page)}</div>`}
  </section>`;

  function take({ csrf }: CasePage): Html | '' {
    if (assignedTo === staff.id || view.steppedBack) return '';
    return html`<form method="post" action="/desk/case/${id}/assign">
      ${csrf}<input type="hidden" name="to" value="${staff.id}" /><button>${texts.take}</button>
    </form>`;
  }

  function give({ csrf, colleagues }: CasePage): Html {
    return html`<form method="post" action="/desk/case/${id}/assign">
      ${csrf}
      <label for="to">${texts.assign}</label>
      <select id="to" name="to">
        <option value="">${queue.nobody}</option>
        ${colleagues.map(
          ([value, name]) => html`<option value="${value}" ${value === assignedTo ? 'selected' : ''}>${name}</option>`,
        )}
      </select>
      <button>${texts.assign}</button>
    </form>`;
  }
}
