import { html } from 'hono/html';
import { expect, it } from 'vitest';
import { forReading } from '../../src/web/toolkit/page.ts';

const shown = async (text: string) => String(await forReading(html`<p>${text}</p>`));
const unbroken = async (text: string) =>
  [...(await shown(text)).matchAll(/<bdi class="unbroken">([^<]*)<\/bdi>/gu)].map(([, one]) => one);

it.each([
  ['Your reference is GR-7K3Q9X.', ['GR-7K3Q9X']],
  ['Call +00 000 0100, or (11) 95550-0199; or 01 44 55 66 77.', ['+00 000 0100', '(11) 95550-0199', '01 44 55 66 77']],
  ['On 2026-11-30, 12 000 people', ['2026-11-30', '12 000']],
  ['It’s the 12 and 13. In 2019. 3 men & 5', []],
  ['A/HRC/51/55, https://example.org/2019-20-21/GR', []],
  ["'11' 22 <b>33 44</b>", ['33 44']],
])('keeps a reference and a number on one line: %s', async (text, found) => {
  expect(await unbroken(text)).toEqual(found);
});

it('changes no letter of a page, and nothing in a field', async () => {
  const body = html`<p title="GR-7K3Q9X">${'They wrote GR-7K3Q9X & <b>"+00 000 0100"</b>'}</p>
    <textarea name="text">GR-7K3Q9X‮</textarea
    ><select>
      <option>GR-7K3Q9X</option>
    </select>`;
  const drawn = String(await forReading(body));
  expect(drawn.replaceAll(/<\/?bdi[^>]*>/gu, '')).toBe((await body).toString());
  expect(drawn.match(/<bdi class="unbroken">/gu)).toHaveLength(2);
});

it('shows letters in the order in which they were written', async () => {
  expect(await shown('photo_\u202egpj.exe\u202c and \u202dso\u202c on')).toBe(
    '<p>photo_gpj.exe\u202c and so\u202c on</p>',
  );
});

it('breaks what is longer than a line', async () => {
  expect(await unbroken(Array.from({ length: 9 }, () => '123456').join('-'))).toEqual([]);
});

it('takes a time that grows with the text only', async () => {
  for (const piece of ['11 ', '<', '(11) ', '+1 ', 'AB-', '&#39;', '11-'.repeat(5)])
    expect((await shown(piece.repeat(100_000))).length).toBeGreaterThan(100_000);
});
