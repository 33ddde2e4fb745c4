// The draft of a call from an XLSForm: its questions as a questionnaire, and their texts.

import { fold } from '../page/page.ts';
import { fitted, plainText } from '../page/draft-texts.ts';
import { BODY_PARTS, headOf, shortened } from '../texts-sheet.ts';
import type { Table } from '../csv.ts';
import type { Form, FormHeading, FormQuestion } from './read-form.ts';

interface DraftQuestion {
  readonly id: string;
  readonly 'only-if'?: FormQuestion['onlyIf'];
  readonly questions?: readonly DraftQuestion[];
}

export interface FormDraft {
  readonly response: {
    readonly kind: 'questionnaire';
    readonly compulsory?: 'yes';
    readonly questionnaires: readonly [{ readonly id: 'form'; readonly questions: readonly DraftQuestion[] }];
  };
  readonly texts: Table;
  readonly leftOut: readonly string[];
}

/** `languages`: of the columns, that of the form first. */
export function draftOfForm(form: Form, languages: readonly string[]): FormDraft {
  const leftOut = [...form.leftOut];
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  const others = languages.slice(1).flatMap(() => ['', '']);
  const row = (type: string, name: string, label = '', hint = '') => [type, name, '', '', label, hint, ...others];
  const note = (name: string, label = '') => row('note', name, label);
  const sections = form.entries.map(({ heading, questions }) => {
    const head: FormHeading = heading ?? questions[0] ?? { name: '', label: '', hint: '', onlyIf: null };
    // As a question of a call is written: its heading, and itself below.
    const isAlone = heading === null || (questions.length === 1 && questions[0]?.name === heading.name);
    const id = newId(head);
    const asked = questions.map((question) => ({ question, id: isAlone ? id : newId(question) }));
    for (const each of asked) ids.set(each.question.name, each.id);
    return { isAlone, head, id, asked };
  });
  /** A condition names an earlier question of the same group, or one without a heading. */
  const reach = (of: readonly { readonly question: FormQuestion }[], { onlyIf, label }: FormHeading) => {
    if (onlyIf === null) return {};
    const isNear = of.some(({ question }) => question.name === onlyIf.question);
    const isTopic = sections.some(({ isAlone, head }) => isAlone && head.name === onlyIf.question);
    if (isNear || isTopic) return { 'only-if': { ...onlyIf, question: ids.get(onlyIf.question) ?? '' } };
    leftOut.push(`a condition on a question of another group, so that everybody is asked: ${label}`);
    return {};
  };
  const questions = sections.map(({ isAlone, head, id, asked }): DraftQuestion => {
    if (isAlone) return { id, ...reach([], head) };
    return { id, ...reach([], head), questions: asked.map((one) => ({ id: one.id, ...reach(asked, one.question) })) };
  });
  const all = form.entries.flatMap((entry) => entry.questions);
  const required = all.filter(({ isRequired }) => isRequired).length;
  if (required > 0 && required < all.length)
    leftOut.push(`that ${required} of ${all.length} questions need an answer: here, all or none`);
  const texts = [
    headOf(languages),
    ...[note('official', 'no'), note('reviewed', 'no'), note('title', plainText(form.title ?? ''))],
    ...[note('short', shortened(plainText(form.title ?? ''))), note('issuer')],
    ...BODY_PARTS.map((part) => note(`body.${part}`)),
    ...[note('stem', fitted(plainText(form.title ?? ''))), note('how-used')],
    ...sections.flatMap(({ head, id, asked }) => [
      row('begin group', id, textOf(head.label), textOf(head.hint)),
      note(`${id}.short`, shortened(textOf(head.label))),
      ...asked.map((each) => row('text', each.id, said(each.question))),
      row('end group', id),
    ]),
  ];
  const compulsory = required > 0 && required === all.length ? { compulsory: 'yes' as const } : {};
  const response = {
    kind: 'questionnaire' as const,
    ...compulsory,
    questionnaires: [{ id: 'form' as const, questions }] as const,
  };
  return { response, texts, leftOut };

  function newId({ name, label }: { readonly name: string; readonly label: string }): string {
    const base =
      fold(name || label)
        .match(/[a-z0-9]+/gu)
        ?.join('-') ?? 'question';
    const free = [base, ...Array.from({ length: 999 }, (_, more) => `${base}-${more + 2}`)].find(
      (one) => !taken.has(one),
    );
    taken.add(free ?? base);
    return free ?? base;
  }

  function textOf(label: string): string {
    const text = plainText(label.replace(/\s+/gu, ' '));
    const short = fitted(text);
    if (short !== text) leftOut.push(`the end of a long text: ${short}`);
    return short;
  }

  /** A question with what may be chosen, since it is answered in own words here. */
  function said({ label, hint, choices }: FormQuestion): string {
    const offered = choices.length > 0 ? `(${choices.join(' · ')})` : '';
    return textOf([label, hint, offered].filter((part) => part !== '').join(' '));
  }
}
