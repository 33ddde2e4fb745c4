import { html } from 'hono/html';
import { LANGUAGES } from '../../../languages.ts';
import type { Printed, PrintedQuestion } from '../printed.ts';
import { layout, type Frame, type Html } from './layout.ts';
import { printForm } from './print-form.ts';

/** What is read to a person before anything is written, what they are asked, and the form to fill in by hand. */
export function printPage(frame: Frame, printed: Printed): Html {
  const texts = frame.texts.printed;
  return layout(
    frame,
    html`<div class="sheet">
      ${languages(frame)}
      <h1>${texts.heading}</h1>
      <section class="warning">
        <h2>${texts.before}</h2>
        <ul>
          ${texts.warnings.map((line) => html`<li>${line}</li>`)}
        </ul>
      </section>
      <h2>${texts.aloudHeading}</h2>
      <p class="how">${texts.aloudHow}</p>
      ${aloud(texts.whoHeading, printed.who)} ${aloud(texts.withdrawHeading, printed.withdraw)}
      ${aloud(texts.keepHeading, printed.keep)}
      <p>${texts.no}</p>
      <h2>${texts.questionsHeading}</h2>
      <p class="how">${printed.call}</p>
      <p class="how">${texts.questionsHow}</p>
      ${aloud(texts.storyHeading, texts.story)} ${printed.topics.map(question)}
      <section class="whole">
        <h3>${texts.alsoHeading}</h3>
        ${printed.asks.map(({ name, hints }) => html`<p class="aloud">${hints === null ? name : `${name} ${hints}`}</p>`)}
      </section>
      ${publication(frame, printed)} ${send(frame, printed)} ${printForm(texts, printed)}
    </div>`,
    'main',
    frame.assets.print,
  );
}

function languages({ language, allTexts, texts }: Frame): Html {
  const others = LANGUAGES.filter((other) => other !== language);
  return html`<nav class="others" aria-label="${texts.languages}">
    ${others.map((other) => html`<a href="/print/${other}" lang="${other}" hreflang="${other}">${allTexts[other].languageName}</a> `)}
  </nav>`;
}

function aloud(heading: string, text: string): Html {
  return html`<section class="whole">
    <h3>${heading}</h3>
    <p class="aloud">${text}</p>
  </section>`;
}

function question({ name, hints }: PrintedQuestion): Html {
  return html`<section class="whole">
    <h3>${name}</h3>
    ${hints !== null && html`<p class="aloud">${hints}</p>`}
  </section>`;
}

function publication({ texts: { printed: texts } }: Frame, { publication, publicationChoices }: Printed): Html {
  return html`<section class="whole">
    <h2>${texts.publicationHeading}</h2>
    <p class="how">${texts.publicationHow}</p>
    <p class="aloud">${publication}</p>
    <ol>
      ${publicationChoices.map(({ label, sure }) => html`<li>${label}${sure !== null && html`<p class="aloud">${sure}</p>`}</li>`)}
    </ol>
  </section>`;
}

function send({ texts: { printed: texts } }: Frame, { publicationChoices }: Printed): Html {
  return html`<section>
    <h2>${texts.sendHeading}</h2>
    <p class="how">${texts.sendHow}</p>
    ${publicationChoices.map(({ label, send }) => aloud(label, send))}
  </section>`;
}
