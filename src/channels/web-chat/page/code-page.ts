import { html } from 'hono/html';
import { layout, type Frame, type Html } from './layout.ts';

export type CodeState =
  | { readonly kind: 'asked' }
  | { readonly kind: 'made'; readonly code: string }
  | { readonly kind: 'ended' }
  | { readonly kind: 'unknown' };

/** What the come-back code is good for, the button that makes one, and the way to stop one. */
export function codePage(frame: Frame, state: CodeState): Html {
  const { code, toChat } = frame.texts;
  const made =
    state.kind === 'made' &&
    html`<section role="status" class="card">
      <h2>${code.made}</h2>
      <p class="code">${state.code}</p>
      <p>${code.once}</p>
    </section>`;
  const answer =
    (state.kind === 'ended' || state.kind === 'unknown') && html`<p role="status" class="note">${code[state.kind]}</p>`;
  return layout(
    frame,
    html`<h1>${code.heading}</h1>
      ${made} ${answer}
      <p>${code.what}</p>
      <p>${code.keep}</p>
      <p>${code.risk}</p>
      ${state.kind !== 'made' && html`<form method="post" action="/code"><button class="send">${code.make}</button></form>`}
      <p><a class="button" href="/">${toChat}</a></p>
      <h2>${code.endHeading}</h2>
      <p>${code.end}</p>
      <form method="post" action="/code/end" autocomplete="off">
        <label for="old">${code.endLabel}</label>
        <input id="old" name="code" maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" />
        <button>${code.endButton}</button>
      </form>`,
  );
}
