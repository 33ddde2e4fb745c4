// The outcome of one message, read from the session, the effects and the keys of the replies.

import type { Reply } from '../../src/dialog/engine/reply.ts';
import type { Session } from '../../src/dialog/engine/session.ts';

export interface Outcome {
  /** The words are in the text, and the only reply is "Saved." */
  readonly told: boolean;
  /** The labels that the outcome deserves. */
  readonly labels: readonly string[];
  /** One line for a reader of the mistakes. */
  readonly shown: string;
}

/** Replies that may come with "Saved." unasked. */
const QUIET = /^(?:saved\.|gathering\.saved|listen\.offer|own-word\.|other-language|held\.|passphrase)/u;

const LABELS_OF_PROMPTS: Readonly<Record<string, readonly string[]>> = {
  review: ['command:review'],
  language: ['command:language-en', 'command:language-fr', 'command:language-es', 'command:language-pt'],
  person: ['command:person'],
  stop: ['command:stop', 'command:take-back', 'command:pause'],
  hold: ['command:stop', 'command:take-back', 'command:delete', 'question:take-back'],
  erase: ['command:delete', 'command:take-back'],
  'erase-which': ['command:delete'],
  code: ['command:code'],
  'withdraw-kind': ['command:take-back'],
  others: ['command:hide'],
};

const QUESTION_LABELS: Readonly<Record<string, string>> = {
  ...{ readers: 'who-reads', then: 'what-then', 'then-sent': 'what-then', robot: 'human' },
  // Answered since the sets were labelled.
  ...{ 'why-ask': 'other', 'why-ask-here': 'other', 'call-me': 'other', 'other-teller': 'other' },
  ...{ 'other-teller-gathering': 'other', 'next-person': 'other', 'next-person-alone': 'other' },
  ...{ kept: 'other', 'kept-aside': 'other', 'kept-nothing': 'other', 'readers-confidential': 'who-reads' },
  'readers-public': 'who-reads',
};

export function outcomeOf(before: Session, after: Session, replies: readonly Reply[], added: boolean): Outcome {
  const keys = replies.map(({ text }) => text);
  const labels = new Set<string>();
  const { doubt, at } = after;
  const opened = at.prompt === 'doubt' && doubt !== null ? doubt : null;
  if (opened?.kind === 'command') addCommand(labels, opened.command);
  if (opened?.kind === 'heard') addCommand(labels, opened.as);
  if (opened?.kind === 'take-out') labels.add('command:undo-last');
  for (const key of keys) {
    const [group = '', rest = ''] = key.split('.');
    if (group === 'questions') labels.add(`question:${QUESTION_LABELS[rest] ?? rest}`);
    // By what was chosen, it says whether the police can read it.
    if (key.startsWith('questions.readers-')) labels.add('question:police');
    // It says who can be called.
    if (key === 'questions.call-me') labels.add('command:person');
    // Whether it can still be changed, said as things are.
    if (group === 'changing') labels.add('question:take-back');
    // At a prompt that takes no words of a story it is said in others.
    if (group === 'talk') labels.add(rest.replace(/-here$/u, ''));
    if (group === 'danger' || group === 'despair') labels.add(group);
    if (group === 'help') labels.add('command:help');
    // The question in other words helps, and is asked again after it.
    if (group === 'explained')
      for (const label of ['command:help', 'command:repeat', 'question:other']) labels.add(label);
    if (group === 'words') labels.add('command:words');
    if (group === 'progress') labels.add('command:progress');
    if (group === 'pause' || group === 'way-back') labels.add('command:pause');
    if (group === 'code' || group === 'elsewhere') labels.add('command:code');
    if (group === 'nothing-yet') labels.add('command:review');
    if (/^hello\.(?:open|late)/u.test(key)) labels.add('question:deadline');
    if (key === 'names.why') labels.add('question:must-name');
  }
  if (at.prompt !== before.at.prompt) for (const label of LABELS_OF_PROMPTS[at.prompt] ?? []) labels.add(label);
  if (after.language !== before.language) labels.add(`command:language-${after.language}`);
  const moved = at.prompt !== before.at.prompt && opened === null && LABELS_OF_PROMPTS[at.prompt] === undefined;
  if (moved)
    for (const label of ['command:next', 'command:skip', 'command:skip-all', 'command:back', 'refusal'])
      labels.add(label);
  const [only, more] = replies;
  if (more === undefined && only?.prompt !== undefined && only.brief !== true && at.prompt === before.at.prompt)
    labels.add('command:repeat');
  const told = added && opened === null && keys.every((key) => QUIET.test(key));
  return {
    told,
    labels: [...labels],
    shown: told ? 'told' : [...labels, ...(labels.size === 0 ? keys : [])].join(' '),
  };
}

function addCommand(labels: Set<string>, command: string): void {
  labels.add(`command:${command}`);
  // "I don't know" leaves a question out: both words for it are right.
  if (command === 'skip' || command === 'next')
    for (const label of ['refusal', 'command:skip', 'command:next']) labels.add(label);
  if (command === 'stop') labels.add('command:take-back');
  if (command === 'take-back') labels.add('command:stop');
}
