// A call's terms of publication: how its body uses the texts that it gets, so that a person is offered and promised only
// as much. Everything that speaks of publication goes by these: prompts, texts, documents, mails, the desk.

import type { CallForInputs } from './schema.ts';

/** The allowed uses of the document. Closed list: mail, document, header and file name use the same values. */
export const PUBLICATIONS = ['public-named', 'public-unnamed', 'confidential'] as const;
export type Publication = (typeof PUBLICATIONS)[number];

/** The use that the body makes of a text by itself. 'unstated': its page does not say. */
type Publishes = 'published' | 'perhaps' | 'if-asked' | 'always' | 'never' | 'unstated';

/** The weight of the wish not to be published. */
type Wish =
  /** The body says that it follows it. Nobody can force it. */
  | 'granted'
  /** Nobody has promised anything. */
  | 'request'
  /** The body takes it on its own form only, which is not filled in here: so nobody has promised anything. */
  | 'by-form'
  /** The body does not follow it: "confidential" is never offered. */
  | 'refused'
  /** It publishes nothing, so nobody is asked. */
  | 'needless';

export interface Terms {
  readonly publishes: Publishes;
  readonly wish: Wish;
}

type Asked = Pick<CallForInputs, 'publication'>;

const PUBLISHES: Readonly<Record<CallForInputs['publication']['default'], Publishes>> = {
  published: 'published',
  'only-if-asked': 'if-asked',
  'may-be-published': 'perhaps',
  always: 'always',
  never: 'never',
  'not-stated': 'unstated',
};

export function termsOf({ publication }: Asked): Terms {
  const publishes = PUBLISHES[publication.default];
  const wish = wishFor(publishes, publication);
  return { publishes: publishes === 'published' && wish === 'refused' ? 'always' : publishes, wish };
}

function wishFor(publishes: Publishes, publication: CallForInputs['publication']): Wish {
  switch (publishes) {
    case 'never':
      return 'needless';
    case 'always':
      return 'refused';
    // Without a word from its author a text is not published.
    case 'if-asked':
      return 'granted';
    case 'published':
    case 'perhaps':
    case 'unstated':
      if (publication['opt-out'] === 'no') return 'refused';
      if (publication['opt-out'] === 'not-stated') return 'request';
      return publication['opt-out-where'] === 'form' ? 'by-form' : 'granted';
    default:
      return publishes satisfies never;
  }
}

/** The choices of who may read it, in this order; none if the body publishes nothing. */
export function offeredBy(call: Asked, order: readonly Publication[] = PUBLICATIONS): readonly Publication[] {
  const { wish } = termsOf(call);
  if (wish === 'needless') return [];
  return wish === 'refused' ? order.filter((one) => one !== 'confidential') : order;
}

/** The use of a text before its person has chosen: the least that these terms know. */
export function leastOf(call: Asked): Publication {
  return termsOf(call).wish === 'refused' ? 'public-unnamed' : 'confidential';
}

/** Carries the mark of the choice if the body wants it in the subject. */
export function markedSubject({ publication }: Asked, subject: string, mark: string): string {
  return publication['opt-out-where'] === 'subject' && mark !== '' ? `${subject} – ${mark}` : subject;
}

/** True if single answers may stay confidential in a text that is published. */
export function isPartial(call: Asked): boolean {
  return call.publication.partial === 'yes' && termsOf(call).publishes !== 'never';
}

type Rule =
  | 'partial'
  | 'changed'
  | 'perhaps-changed'
  | 'take-out'
  | `where-${Exclude<CallForInputs['publication']['opt-out-where'], 'form' | 'not-stated'>}`;

/**
 * Other terms that matter when its author chooses who may read a text. Nothing is said of a text that is published as
 * it is received, since the body's own sentence says so.
 */
export function rulesOf(call: Asked): readonly Rule[] {
  const { 'as-received': received, 'opt-out-where': where, 'remove-personal-data': remove } = call.publication;
  const { publishes, wish } = termsOf(call);
  const counts = wish === 'granted' || wish === 'request';
  return [
    ...(publishes === 'never' || received === 'yes'
      ? []
      : ([received === 'no' ? 'changed' : 'perhaps-changed'] as const)),
    ...(remove === 'yes' ? (['take-out'] as const) : []),
    ...(isPartial(call) ? (['partial'] as const) : []),
    ...(!counts || where === 'not-stated' || where === 'form' ? [] : [`where-${where}` as const]),
  ];
}
