// The frame of every page of the desk. Server-rendered; people's words are inserted as text, never as markup.

import type { Context, ContextVariableMap, MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import type { Language } from '../languages.ts';
import { STAFF_ROLES, type StaffRole } from '../store/schema/staff-columns.ts';
import { isolated } from '../texts/isolate.ts';
import type { StaffTexts } from '../texts/catalogues.ts';
import { momentFormat } from '../texts/local-format.ts';
import type { Desk, SignedIn, StaffContext } from './desk.ts';
import { type Html, hopPage, wholePage } from '../web/toolkit/page.ts';
import { acceptedLanguage } from '../web/toolkit/request.ts';

const STYLES = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
  clock: { timeStyle: 'medium' },
  hour: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** ISO 8601 → day and time in the desk's language and the operator's time zone. */
export function momentIn(
  language: Language,
  timeZone: string,
  show: keyof typeof STYLES = 'minute',
): (iso: string) => string {
  const format = momentFormat(language, { ...STYLES[show], timeZone });
  return (iso) => isolated(language, format(new Date(iso)));
}

/** The menu, by role. A new area of the desk adds a line here. */
const MENU: readonly {
  readonly href: string;
  readonly text: keyof StaffTexts['desk']['menu'];
  readonly role: StaffRole;
}[] = [
  { href: '/desk', text: 'home', role: 'reader' },
  { href: '/desk/voice', text: 'voice', role: 'reviewer' },
  { href: '/desk/translation', text: 'translation', role: 'reviewer' },
  { href: '/desk/figures', text: 'figures', role: 'reader' },
  { href: '/desk/kept', text: 'kept', role: 'reader' },
  { href: '/desk/staff', text: 'staff', role: 'administrator' },
  { href: '/desk/audit', text: 'audit', role: 'administrator' },
  { href: '/desk/doctor', text: 'doctor', role: 'administrator' },
  { href: '/desk/account', text: 'account', role: 'reader' },
];

export interface Page {
  readonly title: string;
  readonly main: Html;
}

/** A page for somebody who is signed in, in their language. */
export function drawPage(
  c: StaffContext,
  desk: Desk,
  page: Page,
  status: 200 | 400 | 404 | 409 | 422 = 200,
): Response | Promise<Response> {
  const { staff, csrf } = c.var;
  return c.html(layout(desk, staff.language, page, { staff, csrf }), status);
}

/** The hidden field of every form of the desk. */
export function csrfField(c: { readonly var: { readonly csrf: string } }): Html {
  return html`<input type="hidden" name="csrf" value="${c.var.csrf}" />`;
}

export function layout(
  desk: Desk,
  language: Language,
  { title, main }: Page,
  who: { readonly staff: SignedIn; readonly csrf: string } | null,
): Html {
  const texts = desk.texts[language].desk;
  const body = html`<header class="bar">
      <a class="skip" href="#main">${texts.skip}</a>
      <span class="name">${texts.title}</span>
      ${who !== null && menu(texts, who.staff, who.csrf)} ${desk.trial && html`<p class="trial">${texts.trial}</p>`}
    </header>
    <main id="main" tabindex="-1">
      <h1>${title}</h1>
      ${main}
    </main>
    <footer><a href="/source" rel="noreferrer">${texts.source}</a></footer>`;
  return wholePage({
    language,
    title: `${title} · ${texts.title}`,
    icon: '/icon.svg',
    styles: [desk.style],
    body,
  });
}

function menu(texts: StaffTexts['desk'], staff: SignedIn, csrf: string): Html {
  const mine = MENU.filter(({ role }) => STAFF_ROLES.indexOf(staff.role) >= STAFF_ROLES.indexOf(role));
  return html`<nav aria-label="${texts.menuLabel}">
      ${mine.map(({ href, text }) => html`<a href="${href}">${texts.menu[text]}</a> `)}
    </nav>
    <form class="sign-out" method="post" action="/desk/sign-out">
      <input type="hidden" name="csrf" value="${csrf}" />
      <span>${staff.name}</span>
      <button class="plain">${texts.signOut}</button>
    </form>`;
}

/** A path of the desk to go to, else the desk itself: never another site. */
export function pathWithin(given: string | undefined): string {
  return given !== undefined && /^\/desk(?:\/[\w.~-]+)*\/?(?:\?[\w.~=&%-]*)?$/.test(given) && !given.includes('..')
    ? given
    : '/desk';
}

/** A page that goes on to a path of the desk. */
export function hopTo(to: string): Html {
  return hopPage('en', to, { heading: 'Griot', text: to });
}

/** The organisation's sign-in service redirects here, and this request is handled directly: its own cookie is not Strict. */
const COMES_FROM_ELSEWHERE = '/desk/sign-in/organisation/back';

/**
 * After a link from another site (in a mail, the organisation's sign-in service) the browser holds our Strict cookie
 * back, even for a signed-in person: an empty page then goes on by itself, with the cookie (docs/decisions/0031).
 */
export function arrive(): MiddlewareHandler {
  return async (c, next) => {
    const site = c.req.header('sec-fetch-site');
    const fromElsewhere = site === 'cross-site' || site === 'same-site';
    if (c.req.method !== 'GET' || !fromElsewhere || c.req.path === COMES_FROM_ELSEWHERE) return next();
    const { pathname, search } = new URL(c.req.url);
    return c.html(hopTo(pathWithin(pathname + search)));
  };
}

type NoticeKey = keyof StaffTexts['desk']['notice'];

/** Before the guard nobody is signed in. */
type AnyContext = Pick<Context, 'req' | 'html'> & {
  readonly var: Readonly<ContextVariableMap> & { readonly csrf?: string; readonly staff?: SignedIn };
};

/** In the language of the signed-in person, else of the browser. */
export function notice(
  c: AnyContext,
  desk: Desk,
  status: 400 | 401 | 403 | 404 | 405 | 413 | 429 | 500 | 503,
  key: NoticeKey,
): Response | Promise<Response> {
  const language = languageAt(c);
  const { notice: notices, toDesk } = desk.texts[language].desk;
  const { heading, text } = notices[key];
  const main = html`<p>${text}</p>
    <p><a class="button" href="/desk">${toDesk}</a></p>`;
  return c.html(layout(desk, language, { title: heading, main }, null), status);
}

function languageAt(c: AnyContext): Language {
  return c.var.staff?.language ?? acceptedLanguage(c.req.header('accept-language'));
}
