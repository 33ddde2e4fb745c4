// Search and filters of the queue: plain forms that lead to an address, so that they work without script and can be kept.

import { html } from 'hono/html';
import { LANGUAGES } from '../../languages.ts';
import type { Html } from '../layout.ts';
import { CASE_STATES } from './case-state.ts';
import { isNarrowed } from './queue-filter.ts';
import type { QueuePage } from './queue-shown.ts';
import type { StaffTexts } from '../../texts/catalogues.ts';

export function searchForm(queue: StaffTexts['queue'], typed: string | null): Html {
  return html`<form class="search" method="get" action="/desk/find" role="search">
    <label for="reference">${queue.reference}</label>
    <input
      id="reference"
      name="reference"
      value="${typed ?? ''}"
      maxlength="40"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
    />
    <button>${queue.search}</button>
  </form>`;
}

type Options = readonly (readonly [value: string, label: string])[];

export function filters(page: Pick<QueuePage, 'texts' | 'filter' | 'names' | 'me'>): Html {
  const { filter, names, me } = page;
  const { queue } = page.texts;
  const { columns } = queue;
  const people: Options = [['me', queue.me], ['nobody', queue.nobody], ...[...names].filter(([id]) => id !== me)];
  return html`<details class="filters" ${isNarrowed(filter) ? 'open' : ''}>
    <summary>${queue.filter}</summary>
    <form method="get" action="/desk">
      ${filter.scope === 'done' && html`<input type="hidden" name="scope" value="done" />`}
      ${choose(
        'state',
        columns.state,
        queue.all,
        filter.state,
        CASE_STATES.map((one) => [one, queue.state[one]]),
      )}
      ${choose(
        'language',
        columns.language,
        queue.all,
        filter.language,
        LANGUAGES.map((one) => [one, queue.languages[one]]),
      )}
      ${choose('flag', columns.flag, queue.all, filter.flag, Object.entries(queue.flags))}
      ${choose('assigned', columns.assigned, queue.allTheirs, filter.assigned, people)}
      <p class="check">
        <input type="checkbox" id="mine" name="mine" value="1" ${filter.mine === null ? '' : 'checked'} />
        <label for="mine">${queue.mineOnly}</label>
      </p>
      <p><button>${queue.apply}</button> <a href="/desk">${queue.clear}</a></p>
    </form>
  </details>`;
}

function choose(name: string, label: string, all: string, chosen: string | null, options: Options): Html {
  return html`<p>
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      <option value="">${all}</option>
      ${options.map(
        ([value, text]) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${text}</option>`,
      )}
    </select>
  </p>`;
}
