// The text of a file: shown, and used only after a yes; an organiser sorts it paragraph by paragraph.

import { countWords } from '../../words.ts';
import type { Event } from '../engine/event.ts';
import type { Turn } from '../engine/turn.ts';
import { beginImport, takesImports } from '../organiser/import.ts';
import { PROMPT } from '../prompts/prompts.ts';
import { clean } from '../understanding/fold.ts';
import { sayAlarm } from './answer-alarm.ts';
import { goOnTelling } from './end-of-turn.ts';
import { type FileRead, sayLeft } from './file-left.ts';
import { welcomeBack } from './welcome.ts';

export function handleFile(turn: Turn, event: FileRead): void {
  welcomeBack(turn);
  goOnTelling(turn);
  const slot = PROMPT[turn.session.at.prompt].slot?.(turn);
  const text = clean(event.text);
  if (text !== '' && takesImports(turn)) return beginImport(turn, event.id, text, event);
  // An imported interview was held at another time; other files may speak of present danger.
  sayAlarm(turn, text);
  if (!turn.session.kept || slot === undefined || text === '') {
    turn.effects.push({ kind: 'redact', message: event.id });
    turn.say(text === '' ? 'unusable.file' : 'file.not-here');
    return turn.again('short');
  }
  // Other pending messages that were left out must not be used together with it.
  turn.forgetUndo();
  const words = countWords(text);
  turn.effects.push({ kind: 'hold', part: { id: event.id, slot, text, words } });
  turn.change({ held: { parts: 1, words, ids: { [event.id]: words } } });
  turn.say('file.shown', { text });
  sayLeft(turn, event);
  turn.aside({ prompt: 'held', of: slot });
}

/** Says what can be sent instead of a sticker, a picture or an unreadable file; greets who has said nothing else yet. */
export function handleUnusable(turn: Turn, { what }: Extract<Event, { kind: 'unusable' }>): void {
  // Often the first message after an advertisement: it has content for the phone alone.
  if (what === 'unopened' && turn.session.version === 0) return turn.again('full');
  welcomeBack(turn);
  turn.say(what === 'file' && turn.facts.channel.takesFiles ? 'unread.file' : `unusable.${what}`);
  turn.again('short');
}
