// A case is taken, handed back, given, put off or dealt with here; and a line says who reads it now.

import { html } from 'hono/html';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { PUT_OFF_WHY } from '../queue/put-off.ts';
import { whyWords } from '../queue/row-words.ts';
import type { CasePage } from './case-view.ts';

/** At the top: one line and the nearest acts. The line of who reads it is there for the script even if it is empty. */
export function whoseLine(page: CasePage): Html {
  const { queue, view, staff, nameOf, reading, entry } = page;
  const { assignedTo, id } = view.case;
  const mayAct = staff.role !== 'reader';
  const whose = assignedTo === null ? queue.nobody : assignedTo === staff.id ? queue.me : nameOf(assignedTo);
  return html`<div class="whose">
    <span>${queue.columns.assigned}: <b>${whose}</b></span>
    ${mayAct && assignedTo === staff.id && act('assign', page, html`<input type="hidden" name="to" value="" /><button>${queue.handBack}</button>`)}
    ${mayAct && assignedTo !== staff.id && !view.steppedBack && act('assign', page, html`<input type="hidden" name="to" value="${staff.id}" /><button>${page.texts.take}</button>`)}
    ${mayAct && entry !== null && DEALT.includes(entry.loss) && act('dealt', page, html`<button>${queue.dealt}</button>`)}
    <p id="readers" class="reads" role="status" data-live="/desk/live?case=${id}">${reading.line}</p>
    <script type="module" src="${reading.script}"></script>
  </div>`;
}

/** Here a person says that nothing more is to be done; of the others the next act says it. */
const DEALT: readonly string[] = ['danger', 'person', 'stuck', 'withdrawal', 'awaited', 'reply'];

export function whosePartial(page: CasePage): Html {
  const { texts, queue, view, staff, colleagues, entry } = page;
  const { assignedTo } = view.case;
  const isDanger = entry?.loss === 'danger';
  const putOff = isDanger ? null : (entry?.row.putOff ?? null);
  return html`<section aria-labelledby="assigned">
    <h2 id="assigned">${texts.assignHeading}</h2>
    ${
      putOff !== null &&
      html`<p>
        ${fill(queue.putOffUntil, { time: page.moment(putOff.until), why: whyWords(putOff.why, queue) })}
        (${putOff.staff === staff.id ? queue.me : page.nameOf(putOff.staff)})
      </p>`
    }
    ${
      staff.role !== 'reader' &&
      html`<div class="assign">
        ${act(
          'assign',
          page,
          html`<label for="to">${texts.assign}</label>
            <select id="to" name="to">
              <option value="">${queue.nobody}</option>
              ${colleagues.map(
                ([value, name]) =>
                  html`<option value="${value}" ${value === assignedTo ? 'selected' : ''}>${name}</option>`,
              )}
            </select>
            <button>${texts.assign}</button>`,
        )}
        ${
          isDanger
            ? html`<p class="hint">${queue.putOffNot}</p>`
            : putOff === null
              ? act('put-off', page, putOffFields(page))
              : act('wake', page, html`<button>${queue.wake}</button>`)
        }
      </div>`
    }
  </section>`;
}

function putOffFields({ queue, putOffDay }: CasePage): Html {
  return html`<fieldset>
    <legend>${queue.putOff}</legend>
    <p class="hint">${queue.putOffWhat}</p>
    <label for="why">${queue.putOffReason}</label>
    <select id="why" name="why" required>
      ${PUT_OFF_WHY.map((one) => html`<option value="${one}">${queue.putOffWhy[one]}</option>`)}
    </select>
    <label for="day">${queue.putOffDay}</label>
    <input type="date" id="day" name="day" value="${putOffDay}" required />
    <label for="time">${queue.putOffTime}</label>
    <input type="time" id="time" name="time" value="09:00" required />
    <button>${queue.putOffDo}</button>
  </fieldset>`;
}

function act(name: string, { csrf, view }: CasePage, inside: Html): Html {
  return html`<form method="post" action="/desk/case/${view.case.id}/${name}" autocomplete="off">
    ${csrf}${inside}
  </form>`;
}
