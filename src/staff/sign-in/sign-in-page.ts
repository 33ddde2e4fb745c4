// The pages before the desk: e-mail and password, second factor, set-up.

import { html, raw } from 'hono/html';
import { encode } from 'uqr';
import type { StaffTexts } from '../../texts/catalogues.ts';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import type { Page } from '../layout.ts';

// A QR code inside the page: no picture is fetched, and it has no inline style.

/** Always dark on light: cameras cannot read the inverse. */
function qrSvg(text: string, label: string): Html {
  const { data, size } = encode(text, { border: 4 });
  const dots = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}">
    <rect width="${size}" height="${size}" fill="#fff" />
    <path d="${raw(dots.join(''))}" fill="#000" shape-rendering="crispEdges" />
  </svg>`;
}

type Texts = StaffTexts['signIn'];

const hidden = (csrf: string) => html`<input type="hidden" name="csrf" value="${csrf}" />`;
const saidOf = (problem: string | null) => problem !== null && html`<p class="problem" role="alert">${problem}</p>`;

interface Asked {
  readonly texts: Texts;
  readonly csrf: string;
  /** The problem of the last try; null at the first. */
  readonly problem: string | null;
}

export function signInPage(
  { texts, csrf, problem }: Asked,
  { email, org, to, organisation }: { email: string; org: string; to: string; organisation: boolean },
): Page {
  const main = html`<p>${fill(texts.what, { org })}</p>
    ${saidOf(problem)}
    <form method="post" action="/desk/sign-in">
      ${hidden(csrf)}<input type="hidden" name="to" value="${to}" />
      <label for="email">${texts.email}</label>
      <input id="email" name="email" type="email" value="${email}" autocomplete="username" required />
      <label for="password">${texts.password}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required />
      <button class="send">${texts.go}</button>
    </form>
    ${organisation && html`<p><a class="button" href="/desk/sign-in/organisation?to=${encodeURIComponent(to)}">${fill(texts.organisation, { org })}</a></p>`}
    <p><a href="/desk/set-up">${texts.setUpLink}</a></p>
    <p class="quiet">${texts.lost}</p>`;
  return { title: texts.heading, main };
}

/** For a recovery code as well, so it accepts letters. */
function codeField(label: string): Html {
  return html`<label for="code">${label}</label>
    <input
      id="code"
      name="code"
      autocomplete="one-time-code"
      autocapitalize="characters"
      spellcheck="false"
      required
    />`;
}

/** `passkey`: its button; null if none works here. */
export function secondPage({ texts, csrf, problem }: Asked, to: string, passkey: Html | null): Page {
  const main = html`${saidOf(problem)}
    <form method="post" action="/desk/sign-in/code">
      ${hidden(csrf)}<input type="hidden" name="to" value="${to}" /> ${passkey}
      <p>${texts.code.what}</p>
      ${codeField(texts.code.label)}
      <button class="send">${texts.code.go}</button>
    </form>`;
  return { title: texts.code.heading, main };
}

export function setUpPage({ texts, csrf, problem }: Asked, email: string): Page {
  const main = html`<p>${texts.setUp.what}</p>
    ${saidOf(problem)}
    <form method="post" action="/desk/set-up">
      ${hidden(csrf)}
      <label for="email">${texts.email}</label>
      <input id="email" name="email" type="email" value="${email}" autocomplete="username" required />
      <label for="code">${texts.setUp.code}</label>
      <input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required />
      <button class="send">${texts.setUp.go}</button>
    </form>`;
  return { title: texts.setUp.heading, main };
}

export function choosePasswordPage({ texts, csrf, problem }: Asked, email: string): Page {
  const main = html`<p>${texts.setUp.passwordWhat}</p>
    ${saidOf(problem)}
    <form method="post" action="/desk/set-up/password">
      ${hidden(csrf)}
      <input type="hidden" name="username" value="${email}" autocomplete="username" />
      ${newPasswordFields(texts)}
      <button class="send">${texts.setUp.passwordGo}</button>
    </form>`;
  return { title: texts.setUp.passwordHeading, main };
}

export function newPasswordFields(texts: Texts): Html {
  return html`<label for="new">${texts.password}</label>
    <input id="new" name="new" type="password" autocomplete="new-password" required />
    <label for="again">${texts.setUp.passwordAgain}</label>
    <input id="again" name="again" type="password" autocomplete="new-password" required />`;
}

export function enrolPage({ texts, csrf, problem }: Asked, secret: string, address: string): Page {
  const { setUp } = texts;
  const main = html`<p>${setUp.appWhat}</p>
    ${saidOf(problem)} ${qrSvg(address, setUp.appQr)}
    <p class="on-phone"><a class="button" href="${address}">${setUp.appOpen}</a></p>
    <p>${setUp.appSecret}<br /><span class="code">${secret.match(/.{1,4}/g)?.join(' ') ?? secret}</span></p>
    <form method="post" action="/desk/set-up/code">
      ${hidden(csrf)} ${codeField(texts.code.label)}
      <button class="send">${setUp.appGo}</button>
    </form>`;
  return { title: setUp.appHeading, main };
}

function codesList(texts: Texts, codes: readonly string[]): Html {
  return html`<p>${texts.codes.what}</p>
    <ul class="code">
      ${codes.map((code) => html`<li>${code}</li>`)}
    </ul>
    <p><strong>${texts.codes.once}</strong></p>`;
}

export function codesPage(texts: Texts, codes: readonly string[]): Page {
  const main = html`${codesList(texts, codes)}
    <p><a class="button" href="/desk">${texts.codes.go}</a></p>`;
  return { title: texts.codes.heading, main };
}

export function provePage(
  { texts, csrf, problem }: Asked,
  to: string,
  asksPassword: boolean,
  passkey: Html | null,
): Page {
  const password = html`<label for="password">${texts.password}</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required />`;
  const main = html`<p>${texts.prove.what}</p>
    ${saidOf(problem)}
    <form method="post" action="/desk/prove">
      ${hidden(csrf)}<input type="hidden" name="to" value="${to}" />
      ${asksPassword && password} ${passkey} ${codeField(texts.code.label)}
      <button class="send">${texts.prove.go}</button>
    </form>`;
  return { title: texts.prove.heading, main };
}
