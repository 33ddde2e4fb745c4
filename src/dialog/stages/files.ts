// The text of a file: shown, and used only after a yes; an organiser puts it where it belongs, paragraph by paragraph.

import { countWords } from '../../words.ts';
import type { Event } from '../engine/event.ts';
import type { Turn } from '../engine/turn.ts';
import { beginImport, takesImports } from '../organiser/import.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { clean } from '../understanding/fold.ts';
import { sayAlarm } from './answer-alarm.ts';
import { welcomeBack } from './welcome.ts';

export function handleFile(turn: Turn, event: Extract<Event, { kind: 'file-read' }>): void {
  welcomeBack(turn);
  const slot = PROMPT[turn.session.at.prompt].slot?.(turn);
  const text = clean(event.text);
  if (text !== '' && takesImports(turn)) return beginImport(turn, event.id, text);
  // An interview that an organiser brings was held at another time; what its author writes here may be of now.
  sayAlarm(turn, text);
  if (!turn.session.kept || slot === undefined || text === '') {
    turn.effects.push({ kind: 'redact', message: event.id });
    turn.say(text === '' ? 'unusable.file' : 'file.not-here');
    return turn.again('short');
  }
  // What else is held and was left out must not come in with it.
  turn.forgetUndo();
  const words = countWords(text);
  turn.effects.push({ kind: 'hold', part: { id: event.id, slot, text, words } });
  turn.change({ held: { parts: 1, words, ids: { [event.id]: words } } });
  turn.say('file.shown', { text });
  turn.aside({ prompt: 'held', of: slot });
}

/** A sticker, a picture, a file that cannot be read: what can be sent instead is said. */
export function handleUnusable(turn: Turn, { what }: Extract<Event, { kind: 'unusable' }>): void {
  welcomeBack(turn);
  turn.say(what === 'file' && turn.facts.channel.takesFiles ? 'unread.file' : `unusable.${what}`);
  turn.again('short');
}
