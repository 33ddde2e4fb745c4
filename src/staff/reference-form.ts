// Finding a case by its reference: the form.

import { html } from 'hono/html';
import type { Html } from '../web/toolkit/page.ts';

/** A plain GET form, so that it works without script. `typed`: the first value of the field. */
export function referenceForm(action: string, typed: string | null, label: string, button: string): Html {
  return html`<form class="search" method="get" action="${action}" role="search">
    <label for="reference">${label}</label>
    <input
      id="reference"
      name="reference"
      value="${typed ?? ''}"
      maxlength="40"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      required
    />
    <button>${button}</button>
  </form>`;
}
