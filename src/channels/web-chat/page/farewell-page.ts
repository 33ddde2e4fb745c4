import { html } from 'hono/html';
import type { Rendered } from '../../channel.ts';
import { layout, type Frame, type Html } from './layout.ts';
import { lines } from './lines.ts';

/** The last words, drawn directly: nothing is left in which they could be kept. */
export function farewellPage(frame: Frame, farewell: readonly Rendered[]): Html {
  const said = farewell.map(({ bubbles }, i) => ({
    kind: 'bot' as const,
    id: `farewell-${i}`,
    bubbles,
    file: null,
    aloud: null,
  }));
  return layout(
    frame,
    html`<h1>${frame.texts.farewell.heading}</h1>
      <div id="log" role="log" aria-label="${frame.texts.chat.log}">${lines(said, frame.texts, new Map())}</div>
      <p><a class="button" href="/">${frame.texts.farewell.again}</a></p>`,
  );
}
