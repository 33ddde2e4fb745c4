import { html } from 'hono/html';
import { layout, type Frame, type Html } from './layout.ts';

/** In plain words: what leaving does, what the browser still keeps, how to come back. */
export function infoPage(frame: Frame): Html {
  const { info, footer, toChat } = frame.texts;
  const section = (heading: string, said: readonly string[]): Html =>
    html`<h2>${heading}</h2>
      ${said.map((text) => html`<p>${text}</p>`)}`;
  return layout(
    frame,
    html`<h1>${info.heading}</h1>
      ${section(info.leaveHeading, info.leave)} ${section(info.browserHeading, info.browser)}
      ${section(info.backHeading, info.back)}
      <p><a href="/code">${footer.code}</a> · <a href="/back">${footer.back}</a></p>
      ${section(info.quietHeading, info.quiet)}
      <p><a class="button" href="/">${toChat}</a></p>`,
  );
}
