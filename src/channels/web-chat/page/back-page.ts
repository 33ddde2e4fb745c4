import { html } from 'hono/html';
import { layout, type Frame, type Html } from './layout.ts';

/** Where a come-back code is typed; `problem` says why the last try did not open anything. */
export function backPage(frame: Frame, problem: 'unknown' | 'tooMany' | null): Html {
  const { back, toChat } = frame.texts;
  return layout(
    frame,
    html`<h1>${back.heading}</h1>
      ${problem !== null && html`<p role="alert" class="note">${back[problem]}</p>`}
      <p>${back.what}</p>
      <p>${back.replaces}</p>
      <form method="post" action="/back" autocomplete="off">
        <label for="code">${back.label}</label>
        <input
          id="code"
          name="code"
          class="code"
          maxlength="60"
          aria-describedby="hint"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
        />
        <p id="hint" class="hint">${back.hint}</p>
        <button class="send">${back.open}</button>
      </form>
      <p><a class="button" href="/">${toChat}</a></p>`,
  );
}
