// Finding a case by its reference: the form, and the parsing of what was typed.

import { html } from 'hono/html';
import type { Html } from '../web/toolkit/page.ts';

/** In the form of references in mails, also as it is read out: "RVH6AK", "GR RVH6AK"; null if it cannot be one. */
export function typedReference(given: string | undefined): string | null {
  const typed = (given ?? '').trim().toUpperCase().replace(/\s+/gu, '-');
  if (!/^[A-Z0-9-]{1,40}$/.test(typed)) return null;
  return /^[A-Z0-9]{6}$/.test(typed) ? `GR-${typed}` : typed;
}

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
