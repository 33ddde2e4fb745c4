import { html } from 'hono/html';
import type { Passkey } from '../../store/staff/passkey-rows.ts';
import { fill } from '../../texts/translate.ts';
import type { Desk, StaffContext } from '../desk.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { csrfField, momentIn, type Page } from '../layout.ts';
import { relyingParty } from './challenge.ts';

// The passkey button in a form. Hidden until the script finds that this browser supports passkeys; without it the rest
// of the form works alone.

interface PasskeyAsked {
  readonly kind: 'add' | 'use';
  /** For the browser, as JSON. */
  readonly options: string;
  readonly button: string;
  /** Said if the browser provides no passkey. */
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

/** Part of the account page. */
export function passkeysPartial(c: StaffContext, desk: Desk, passkeys: readonly Passkey[]): Html {
  const { language } = c.var.staff;
  const { passkeys: texts } = desk.texts[language];
  const party = relyingParty(desk.publicUrl);
  const day = momentIn(language, desk.timeZone, 'day');
  const row = ({ id, name, host, addedAt, usedAt }: Passkey) => {
    const used = usedAt === null ? texts.never : day(usedAt);
    return html`<li>
      <bdi>${name}</bdi><br />
      <span class="quiet">${fill(texts.one, { added: day(addedAt), used })}</span>
      ${host !== party?.id && html`<br />${fill(texts.elsewhere, { host })}`}
      <form method="post" action="/desk/account/passkeys/${id}/remove">
        ${csrfField(c)}<button class="plain" aria-label="${texts.remove}: ${name}">${texts.remove}</button>
      </form>
    </li>`;
  };
  return html`<h2>${texts.heading}</h2>
    <p>${texts.what}</p>
    ${
      passkeys.length === 0
        ? html`<p>${texts.none}</p>`
        : html`<ul>
            ${passkeys.map(row)}
          </ul>`
    }
    ${
      party === null
        ? html`<p>${texts.notHere}</p>`
        : html`<p><a class="button" href="/desk/account/passkeys">${texts.addLink}</a></p>`
    }`;
}

export function addPasskeyPage(
  c: StaffContext,
  desk: Desk,
  { options, name, problem }: { options: string | null; name: string; problem: string | null },
): Page {
  const { passkeys: texts } = desk.texts[c.var.staff.language];
  const form = (asked: string) =>
    html`<p class="without-passkey">${texts.needs}</p>
      <form method="post" action="/desk/account/passkeys">
        ${csrfField(c)}
        <div class="with-passkey" hidden>
          <p>${texts.addWhat}</p>
          <p>${texts.copies}</p>
          <label for="name">${texts.name}</label>
          <input id="name" name="name" value="${name}" maxlength="60" autocomplete="off" required />
        </div>
        ${passkeyField(desk, { kind: 'add', options: asked, button: texts.addGo, failed: texts.addFailed })}
      </form>`;
  const main = html`${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
    <p>${texts.what}</p>
    ${options === null ? html`<p>${texts.notHere}</p>` : form(options)}
    <p><a href="/desk/account">${desk.texts[c.var.staff.language].desk.menu.account}</a></p>`;
  return { title: texts.addLink, main };
}
