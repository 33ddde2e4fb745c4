// The form to fill in by hand, on sheets of its own: it has no place for a name.

import { html } from 'hono/html';
import type { Printed } from '../printed.ts';
import type { WebTexts } from '../../../texts/catalogues.ts';
import type { Html } from './layout.ts';

type Texts = WebTexts['printed'];

/** Lines to write on; those of the story may go on overleaf. */
const STORY_LINES = 20;
const TOPIC_LINES = 7;
const ASK_LINES = 4;

export function printForm(texts: Texts, printed: Printed): Html {
  return html`<section class="form">
    <h2>${texts.formHeading}</h2>
    <p class="warning">${texts.formTop}</p>
    ${blank(texts.label)} ${blank(texts.date)} ${ticks(texts.told, printed.languages, texts.other)}
    ${ticks(texts.written, printed.languages)} ${ticks(texts.answer, printed.keepAnswers)}
    <p class="warning">${texts.noMore}</p>
    <p class="how">${texts.ownWords}</p>
    ${lines(texts.storyHeading, STORY_LINES, 'long')} ${printed.topics.map(({ name }) => lines(name, TOPIC_LINES))}
    ${printed.asks.map(({ name }) => lines(name, ASK_LINES))} ${ticks(texts.harmed, printed.names)}
    ${ticks(texts.author, printed.names)}
    <p class="how">${texts.namesLater}</p>
    ${ticks(
      texts.choice,
      printed.publicationChoices.map(({ label }) => label),
    )}
    <section class="whole">
      <h3>${texts.readBack}</h3>
      <p class="how">${texts.readBackHow}</p>
      ${blank(texts.reader)} ${boxes(texts.how, printed.readBack)}
      ${boxes(texts.language, printed.languages, texts.other)} ${blank(texts.when)}
      ${boxes(texts.agrees, printed.sendAnswers)}
    </section>
    ${steps(texts.laterHeading, texts.later)} ${steps(texts.destroyHeading, texts.destroy)}
  </section>`;
}

const rule = html`<span class="rule" aria-hidden="true"></span>`;

function blank(label: string): Html {
  return html`<p class="blank whole"><span>${label}</span>${rule}</p>`;
}

function ticks(label: string, values: readonly string[], other?: string): Html {
  return html`<section class="whole">
    <h3>${label}</h3>
    ${boxesOf(values, other)}
  </section>`;
}

function boxes(label: string, values: readonly string[], other?: string): Html {
  return html`<p class="label">${label}</p>
    ${boxesOf(values, other)}`;
}

function boxesOf(values: readonly string[], other?: string): Html {
  return html`<ul class="boxes">
    ${values.map((value) => html`<li><span class="box" aria-hidden="true"></span>${value}</li>`)}
    ${other !== undefined && html`<li class="other"><span class="box" aria-hidden="true"></span>${other}${rule}</li>`}
  </ul>`;
}

function lines(label: string, count: number, kind: 'whole' | 'long' = 'whole'): Html {
  return html`<section class="${kind}">
    <h3>${label}</h3>
    <div class="lines" aria-hidden="true">${Array.from({ length: count }, () => rule)}</div>
  </section>`;
}

function steps(heading: string, said: readonly string[]): Html {
  return html`<section class="whole">
    <h2>${heading}</h2>
    <ol>
      ${said.map((line) => html`<li>${line}</li>`)}
    </ol>
  </section>`;
}
