import { html } from 'hono/html';
import { isLanguage, LANGUAGES } from '../../../languages.ts';
import type { WebTexts } from '../../../texts/catalogues.ts';
import type { Html } from '../../../web/toolkit/page.ts';
import { type ChatContext, draw, frameOf, notice, type WebContext } from '../chat-context.ts';
import type { Printed, PrintedQuestion } from '../ports.ts';
import { languageOf } from '../visitor.ts';
import { type Frame, layout } from './layout.ts';

// The form to fill in by hand, on separate sheets: it has no field for a name.

type Texts = WebTexts['printed'];

/** Lines to write on; those of the story may continue overleaf. */
const STORY_LINES = 20;
const TOPIC_LINES = 7;
const ASK_LINES = 4;

function printForm(texts: Texts, printed: Printed): Html {
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
    ${
      printed.publicationChoices.length > 0 &&
      ticks(
        texts.choice,
        printed.publicationChoices.map(({ label }) => label),
      )
    }
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

/** The text to read to a person before anything is written, the questions, and the form to fill in by hand. */
function printPage(frame: Frame, printed: Printed): Html {
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
      ${aloud(texts.keepHeading, ...[printed.beforeKeep ?? [], printed.keep].flat())}
      <p>${texts.no}</p>
      <h2>${texts.questionsHeading}</h2>
      <p class="how">${printed.call}</p>
      <p class="how">${texts.questionsHow}</p>
      ${aloud(texts.storyHeading, printed.story)} ${printed.topics.map(question)}
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
    ${others.map((other) => html`<a href="/print/${other}" lang="${other}" dir="auto" hreflang="${other}">${allTexts[other].languageName}</a> `)}
  </nav>`;
}

function aloud(heading: string, ...said: readonly string[]): Html {
  return html`<section class="whole">
    <h3>${heading}</h3>
    ${said.map((text) => html`<p class="aloud">${text}</p>`)}
  </section>`;
}

function question({ name, hints }: PrintedQuestion): Html {
  return html`<section class="whole">
    <h3>${name}</h3>
    ${hints !== null && html`<p class="aloud">${hints}</p>`}
  </section>`;
}

function publication(
  { texts: { printed: texts } }: Frame,
  { howUsed, publication, publicationHow, publicationChoices }: Printed,
): Html {
  return html`<section class="whole">
    <h2>${texts.publicationHeading}</h2>
    ${publicationChoices.length > 0 && html`<p class="how">${publicationHow}</p>`}
    <p class="aloud">${howUsed}</p>
    <p class="aloud">${publication}</p>
    ${
      publicationChoices.length > 0 &&
      html`<ol>
        ${publicationChoices.map(({ label, sure }) => html`<li>${label}${sure !== null && html`<p class="aloud">${sure}</p>`}</li>`)}
      </ol>`
    }
  </section>`;
}

function send({ texts: { printed: texts } }: Frame, { sends }: Printed): Html {
  return html`<section>
    <h2>${texts.sendHeading}</h2>
    <p class="how">${texts.sendHow}</p>
    ${sends.map(({ label, send }) => aloud(label, send))}
  </section>`;
}

// GET /print/<language>: the text to read aloud and a form, for places without a network. It contains no person's
// words, so it is open to all, without a cookie. docs/decisions/0085-a-page-to-print.md.

export async function print(c: WebContext, chat: ChatContext): Promise<Response> {
  const language = c.req.param('language');
  if (!isLanguage(language)) return notice(c, chat, 404, 'notFound');
  return draw(c, printPage(await frameOf(c, chat, language), chat.deps.printed(language)));
}

/** Without a language: in the one last drawn, else the browser's. */
export async function toPrint(c: WebContext, { deps, sessions }: ChatContext): Promise<Response> {
  return c.redirect(`/print/${await languageOf(c, deps, sessions)}`, 302);
}
