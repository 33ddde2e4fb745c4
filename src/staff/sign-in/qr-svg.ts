// A QR code inside the page: no picture is fetched, and no style stands in it.

import { html, raw } from 'hono/html';
import { encode } from 'uqr';
import type { Html } from '../layout.ts';

/** Dark on light always: cameras do not read it the other way round. */
export function qrSvg(text: string, label: string): Html {
  const { data, size } = encode(text, { border: 4 });
  const dots = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}">
    <rect width="${size}" height="${size}" fill="#fff" />
    <path d="${raw(dots.join(''))}" fill="#000" shape-rendering="crispEdges" />
  </svg>`;
}
