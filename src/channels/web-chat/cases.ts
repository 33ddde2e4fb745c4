// /cases: an organiser's texts at a glance. Opening one from here says in the conversation what is said there: *cases*, then the text.

import { html } from 'hono/html';
import { fill } from '../../texts/translate.ts';
import type { Html } from '../../web/toolkit/page.ts';
import { formOf } from '../../web/toolkit/request.ts';
import { type ChatContext, draw, drawn, frameOf, newFormId, notice, type WebContext } from './chat-context.ts';
import { type Frame, layout } from './page/layout.ts';
import { messageOf, parseFormId } from './parse-said.ts';
import type { Overview } from './ports.ts';
import { mayWrite, take } from './say.ts';
import { QUIET_WITH_SEVERAL, tokenOf, webAddress } from './visitor.ts';

const MINUTE = 60_000;

type List = NonNullable<Overview['list']>;

interface Shown {
  readonly language: Overview['language'];
  readonly command: string;
  readonly list: List;
}

/** The list as the conversation would show it now; null list: it is hidden. Null if nobody's texts are gathered here. */
async function overviewOf(chat: ChatContext, token: string | null): Promise<Overview | null> {
  const known = token === null ? null : await chat.deps.people.personAt(webAddress(token));
  if (token === null || known === null) return null;
  const overview = await chat.deps.overview(known.person);
  if (overview === null) return null;
  // As in the conversation, a page that was quiet shows nothing.
  return (await chat.sessions.running(token)) === null ? { ...overview, list: null } : overview;
}

export async function showCases(c: WebContext, chat: ChatContext): Promise<Response> {
  const token = tokenOf(c, chat.deps);
  const overview = await overviewOf(chat, token);
  if (token === null || overview === null) return c.redirect('/', 303);
  const { language, command, list } = overview;
  const frame = await frameOf(c, chat, language);
  if (list === null) return draw(c, hiddenPage(frame, command));
  await chat.sessions.open(token);
  // Without scripts, too, it is hidden on time: it is loaded again then.
  const opens = Math.min(list.opens ?? Number.POSITIVE_INFINITY, QUIET_WITH_SEVERAL * MINUTE);
  const seconds = Math.ceil(opens / 1000) + 1;
  c.header('Refresh', `${seconds}; url=/cases`);
  return draw(c, casesPage(frame, { language, command, list }, { formId: newFormId(chat), seconds }));
}

/** Nothing is opened if the conversation asks something else in between, e.g. for the passphrase: that is then open there. */
export async function openCase(c: WebContext, chat: ChatContext): Promise<Response> {
  const { deps, sessions } = chat;
  const { id, open } = await formOf(c);
  const formId = parseFormId(id);
  if (formId === null || typeof open !== 'string') return notice(c, chat, 400, 'malformed');
  const token = tokenOf(c, deps);
  const overview = await overviewOf(chat, token);
  if (token === null || overview === null) return c.redirect('/', 303);
  if (overview.list === null) return c.redirect('/cases', 303);
  if (!(await mayWrite(c, chat, token))) {
    c.header('Retry-After', '60');
    return notice(c, chat, 429, 'tooMany');
  }
  await sessions.open(token);
  await take(c, chat, token, messageOf(formId, overview.command, null));
  const { prompt = null, choices = [] } = (await drawn(chat, token))?.shown.actions ?? {};
  const meant = choices.find(({ value }) => value === open);
  if (prompt?.id === 'cases' && meant !== undefined) {
    const { label, value } = meant;
    await take(c, chat, token, messageOf(formId, label, { prompt: prompt.id, version: prompt.version, value }));
  }
  return c.redirect('/#answer', 303);
}

function casesPage(frame: Frame, { list }: Shown, { formId, seconds }: { formId: string; seconds: number }): Html {
  const { cases, toChat } = frame.texts;
  const { rows, unnamed } = list;
  return layout(
    frame,
    html`<h1>${cases.heading}</h1>
      ${sums(rows)} ${unnamed && html`<p class="note">${cases.numbers}</p>`}
      ${rows.length === 0 && html`<p>${cases.none}</p>`}
      <form id="cases" method="post" action="/cases" data-seconds="${seconds}">
        <input type="hidden" name="id" value="${formId}" />
        <ol>
          ${rows.map(
            (row) =>
              html`<li>
                <h2><bdi>${row.name}</bdi></h2>
                <p>${[...row.counts, row.standing].join(' · ')}</p>
                ${row.toCome !== null && html`<p class="hint">${row.toCome}</p>`}
                ${!row.closed && html`<button class="plain" name="open" value="${row.key}">${cases.open}<span class="unseen">: ${row.name}</span></button>`}
              </li> `,
          )}
        </ol>
      </form>
      <p class="hint">${cases.quiet}</p>
      <p><a class="button" href="/">${toChat}</a></p>`,
  );
}

/** "not read back yet: 4 · sent: 2" */
function sums(rows: List['rows']): Html {
  const by = [...Map.groupBy(rows, ({ standing }) => standing)];
  if (by.length === 0) return html``;
  return html`<p class="sums">${by.map(([standing, { length }]) => `${standing}: ${length}`).join(' · ')}</p>`;
}

function hiddenPage(frame: Frame, command: string): Html {
  const { cases, toChat } = frame.texts;
  return layout(
    frame,
    html`<h1>${cases.heading}</h1>
      <p class="note">${fill(cases.hidden, { command })}</p>
      <p><a class="button" href="/">${toChat}</a></p>`,
  );
}
