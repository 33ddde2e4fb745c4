import { html } from 'hono/html';
import type { Html } from './layout.ts';

/**
 * An empty page that goes on by itself. A redirect cannot do it: after a form, browsers hold it against our
 * form-action; after a link from elsewhere, it would still count as coming from there.
 */
export function hopPage(language: string, to: string, { heading, text }: { heading: string; text: string }): Html {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="0;url=${to}" />
        <title>${heading}</title>
      </head>
      <body>
        <p><a href="${to}" rel="noreferrer">${text}</a></p>
      </body>
    </html>`;
}
