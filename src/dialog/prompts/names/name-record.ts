// The record of a name: the form that was chosen, the consent to it, and its end if the message that gave it was deleted.

import { namesInMail } from '../../../calls/wishes.ts';
import type { Naming } from '../../engine/draft.ts';
import type { Turn } from '../../engine/turn.ts';
import { askReadersAgain } from '../approval/check-lines.ts';
import type { Who } from './name-to-confirm.ts';

/** `asked`: the person whose name the answered question was about. */
export function record(turn: Turn, who: Who, naming: Naming, asked: Who = who): void {
  turn.change({ built: null, [who]: naming });
  if (naming.form === 'full') askReadersAgain(turn);
  const wording = { key: formText(turn, asked), choices: turn.world.intake.choices.naming };
  turn.consent(who === 'harmed' ? 'name-harmed' : 'name-author', naming.form, wording, who);
  turn.noteChange();
}

export function formText(turn: Turn, who: Who): string {
  if (turn.session.gathers !== undefined && who === 'author') return 'gathering.name-author';
  if (who === 'harmed') return 'names.harmed';
  const key = turn.session.role === 'organisation' ? 'names.organisation' : 'names.author';
  return namesInMail(turn.world.call) ? `${key}-mail` : key;
}

export function forget(turn: Turn): void {
  const { naming: _, ...rest } = turn.session;
  turn.session = rest;
}

/**
 * The message that gave a name was deleted for everyone, so the name is removed. Returns false if the message gave
 * none. An approved text keeps the consents of its time: they change only while the text is `open`.
 */
export function takeNameBack(turn: Turn, message: string, open: boolean): boolean {
  const { namedIn = {}, naming } = turn.session;
  const gone = (['harmed', 'author'] as const).filter((who) => namedIn[who] === message);
  const isPending = naming?.message === message;
  if (isPending) forget(turn);
  for (const who of gone) {
    const { [who]: _, ...left } = namedIn;
    if (open && turn.session[who].form !== 'none') record(turn, who, { form: 'none' });
    else turn.change({ built: null, [who]: { form: 'none' } });
    turn.change({ namedIn: left });
  }
  return gone.length > 0 || isPending;
}
