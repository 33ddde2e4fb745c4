// The button in a form that a passkey answers. It is hidden until the script has seen that this browser knows passkeys;
// without it the rest of the form works alone.

import { html } from 'hono/html';
import type { Desk } from '../desk.ts';
import type { Html } from '../layout.ts';

export interface PasskeyAsked {
  readonly kind: 'add' | 'use';
  /** For the browser, as JSON. */
  readonly options: string;
  readonly button: string;
  /** Said where the browser gives no passkey. */
  readonly failed: string;
}

export function passkeyField({ passkeyScript }: Pick<Desk, 'passkeyScript'>, asked: PasskeyAsked): Html {
  const { kind, options, button, failed } = asked;
  return html`<div class="with-passkey" hidden>
      <input type="hidden" name="passkey" autocomplete="off" />
      <button type="button" autocomplete="off" data-passkey="${kind}" data-options="${options}" data-failed="${failed}">
        ${button}
      </button>
      <p class="problem" role="alert" hidden></p>
    </div>
    <script type="module" src="${passkeyScript.href}"></script>`;
}
