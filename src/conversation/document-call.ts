// The part of a call that a document needs: its headings, with their official numbers, in the document's language.

import type { ShelvedCall } from '../calls/call-registry.ts';
import { type CallForInputs, limitsOf, topicsOf } from '../calls/call.ts';
import { namesInMail } from '../calls/wishes.ts';
import type { CallCatalogue } from '../calls/catalogue.ts';
import { numbered } from '../calls/questionnaire.ts';
import { oneLine } from '../calls/topics.ts';
import type { Language } from '../languages.ts';
import type { Layout } from '../submission/block.ts';
import type { DocumentCall } from '../submission/document-plan.ts';
import type { DocumentTexts } from '../texts/catalogues.ts';
import { fill } from '../texts/translate.ts';
import { countWords } from '../words.ts';

/** Topics in the order of the call, under their headings in the document's language. */
export function documentCall(
  { call, catalogues }: ShelvedCall,
  language: Language,
  { headings: { paragraph } }: DocumentTexts,
): DocumentCall {
  const { title, issuer, official, topics } = catalogues[language];
  return {
    title,
    issuer,
    // Words of a copy are the body's, and not translated, if the copy is in this language.
    isTranslated:
      !official && call.sources.every((source) => source.language !== language) && holdsItsWording(call, topics),
    ...(namesInMail(call) ? { namesInMail: true } : {}),
    ...(call.joint['names-at-top'] === 'yes' ? { namesAtTop: true } : {}),
    kind: call.response.kind,
    ...columnsOf(call, topics),
    ...draftOf(call),
    ...layoutOf(call),
    topics: topicsOf(call).map(({ id, number, prompts }) => {
      const texts = topics[id];
      const title = texts?.title ?? id;
      const heading =
        call.response.kind === 'comments'
          ? paragraphHeading(id, title, paragraph)
          : numbered(number, headingOf(call, title, texts));
      const questions = prompts.flatMap((prompt) =>
        prompt.number === undefined
          ? []
          : [{ id: prompt.id, heading: numbered(prompt.number, texts?.prompts[prompt.id] ?? prompt.id) }],
      );
      return { id, heading, questions };
    }),
  };
}

type Headed = CallCatalogue['topics'][string];

/**
 * A topic by its own short heading, else by its short name, if that has fewer words, since headings are in the limit
 * too. Rows of a table stay as they are.
 */
function headingOf({ response }: CallForInputs, title: string, texts?: Headed): string {
  const { short = title, heading = short } = texts ?? {};
  return response.kind !== 'table' && countWords(heading) < countWords(title) ? heading : title;
}

/** True if a heading is in the wording of the page: a title, or a question with its number. */
function holdsItsWording(call: CallForInputs, topics: CallCatalogue['topics']): boolean {
  return topicsOf(call).some(({ id, prompts }) => {
    const texts = topics[id];
    return (
      headingOf(call, texts?.title ?? '', texts) === texts?.title ||
      prompts.some((prompt) => prompt.number !== undefined)
    );
  });
}

/** Every row has the same columns, and so the same texts for them. */
function columnsOf({ response }: CallForInputs, topics: CallCatalogue['topics']): Pick<DocumentCall, 'columns'> {
  if (response.kind !== 'table') return {};
  const [row = ''] = response.rows;
  return { columns: response.columns.map(({ id }) => ({ id, heading: topics[row]?.prompts[id] ?? id })) };
}

/** Pages are counted if the call limits them, also if it does so for several people only. */
function layoutOf(call: CallForInputs): Pick<DocumentCall, 'layout' | 'numbered' | 'counts'> {
  const { font, 'font-size': size, 'numbered-paragraphs': numbers } = call.layout;
  const layout: Layout = {
    ...(font === 'not-stated' ? {} : { font: oneLine(font) }),
    ...(size === 'not-stated' ? {} : { size }),
    ...(limitsPages(call) ? { compact: true } : {}),
  };
  return {
    ...(Object.keys(layout).length === 0 ? {} : { layout }),
    ...(numbers === 'yes' ? { numbered: true } : {}),
    ...(call.limit.counts === 'main-text' ? { counts: 'main-text' } : {}),
  };
}

/** True if a submission, of one person or of several, has a limit of pages. */
export function limitsPages(call: CallForInputs): boolean {
  return [false, true].some((joint) => limitsOf(call, joint).pages !== null);
}

function draftOf({ response }: CallForInputs): Pick<DocumentCall, 'draft'> {
  if (response.kind !== 'comments') return {};
  const { title, url } = response.draft;
  return { draft: { title: oneLine(title), url: url === 'not-stated' ? null : url } };
}

/** Paragraphs that are named by their numbers: "Paragraph 12", and its title if it has another one. */
function paragraphHeading(id: string, title: string, template: string): string {
  if (!/^\d+[a-z]?$/u.test(id)) return title;
  const heading = fill(template, { number: id });
  return title.includes(id) ? title : `${heading}: ${title}`;
}
