// The filters of the list: plain GET forms, so that they work without script and can be bookmarked, and saved views.

import { html } from 'hono/html';
import { LANGUAGES } from '../../languages.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { CASE_STATES } from './next-step.ts';
import { CHANNELS, isNarrowed, queryOf, WORDS_LEFT } from './order-queue.ts';
import type { QueuePage } from './page-data.ts';

type Options = readonly (readonly [value: string, label: string])[];

export function filters(page: QueuePage): Html {
  const { filter, calls, names, me } = page;
  const { queue } = page.texts;
  const { columns, all } = queue;
  const people: Options = [['me', queue.me], ['nobody', queue.nobody], ...[...names].filter(([id]) => id !== me)];
  return html`<details class="filters" ${isNarrowed(filter) ? 'open' : ''}>
    <summary>${queue.filter}</summary>
    <form method="get" action="/desk">
      ${filter.scope === 'done' && html`<input type="hidden" name="scope" value="done" />`}
      ${choose('state', columns.state, all, filter.state, named(CASE_STATES, queue.state))}
      ${choose('language', columns.language, all, filter.language, named(LANGUAGES, queue.languages))}
      ${choose('channel', columns.channel, all, filter.channel, named(CHANNELS, queue.channels))}
      ${choose('flag', columns.flag, all, filter.flag, Object.entries(queue.flags))}
      ${calls.size > 1 && choose('call', columns.call, all, filter.call, [...calls])}
      ${choose('assigned', columns.assigned, queue.allTheirs, filter.assigned, people)}
      ${choose('left', columns.left, all, filter.left, named(WORDS_LEFT, queue.left))}
      ${day('from', columns.from, filter.from)} ${day('to', columns.to, filter.to)}
      <p class="check">
        <input type="checkbox" id="mine" name="mine" value="1" ${filter.mine === null ? '' : 'checked'} />
        <label for="mine">${queue.mineOnly}</label>
      </p>
      <p><button>${queue.apply}</button> <a href="/desk">${queue.clear}</a></p>
    </form>
    ${isNarrowed(filter) && saveThis(page)}
  </details>`;
}

function named<Name extends string>(names: readonly Name[], texts: Readonly<Record<Name, string>>): Options {
  return names.map((one) => [one, texts[one]]);
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

function day(name: string, label: string, chosen: string | null): Html {
  return html`<p>
    <label for="${name}">${label}</label>
    <input type="date" id="${name}" name="${name}" value="${chosen ?? ''}" />
  </p>`;
}

function saveThis({ texts: { queue }, filter, csrf }: QueuePage): Html {
  return html`<form method="post" action="/desk/views" autocomplete="off">
    ${csrf}
    <input type="hidden" name="query" value="${queryOf(filter, 1)}" />
    <p><label for="view">${queue.viewName}</label><input id="view" name="name" maxlength="60" required /></p>
    <p><button>${queue.viewSave}</button></p>
  </form>`;
}

/** One's own, as links. */
export function savedViews({ texts: { queue }, views, csrf }: QueuePage): Html | '' {
  if (views.length === 0) return '';
  return html`<nav class="views" aria-label="${queue.views}">
    <span class="quiet">${queue.views}:</span>
    <ul>
      ${views.map(
        ({ id, name, query }) =>
          html`<li>
            <a href="/desk?${query}" dir="auto">${name}</a>
            <form method="post" action="/desk/views/${id}/remove">
              ${csrf}<button class="plain" aria-label="${queue.viewRemove}: ${name}" title="${queue.viewRemove}">
                ×
              </button>
            </form>
          </li>`,
      )}
    </ul>
  </nav>`;
}
