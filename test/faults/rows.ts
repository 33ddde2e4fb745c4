// The faults that Griot must survive, by number. A test shows one if its title, or that of a group around it, says "fault 12" or
// "faults 5–8". `npm run -s faults` runs them and prints this table with what came of it.

export interface Row {
  /** "12", or "5–8". */
  readonly row: string;
  readonly fault: string;
  /** What must be true afterwards. */
  readonly holds: string;
}

const AS_ABOVE = 'the same bytes again, or the person and the staff are told';

/** Numbers stay as they are; 27 went. */
export const ROWS: readonly Row[] = [
  ['1', 'kill -9 at each write, at random, around recordings', 'each message kept once, one approval, one mail'],
  ['2', 'kill -9 between the 250 of a mail server and our commit', 'the same bytes again, the person told once'],
  ['3', 'full disk', 'no "Saved", and it goes on when there is room'],
  ['4', 'read-only files, no file handles', 'nothing is said to be saved, /health says so, nothing is lost'],
  ['5–8', 'SMTP 421, 450, 451, 452, 5xx, greylisting, silence', AS_ABOVE],
  ['9', 'connection dropped at DATA, after the dot, after the 250', 'uncertain, uncertain, sent'],
  ['10', 'certificate expired, foreign, self-made; STARTTLS taken out', 'nothing in the clear'],
  ['11', 'bounce after the 250; too big for the server', 'filed under its case, and its person told'],
  ['12', 'database restarted, or silent in the middle', 'no half step; goes on by itself'],
  ['13', 'lock of another process', 'waits, drops nothing'],
  ['14', 'one message delivered 2 to 50 times', 'one effect'],
  ['15', 'the same words under a new id', 'one effect for one question'],
  ['16', 'edited, deleted, out of order, late', 'changed, taken out, in the order of arrival'],
  ['17', 'two processes on one conversation or one mail; one asleep', 'the stale one changes nothing'],
  ['18', 'two sockets on one WhatsApp account', 'the second stops, nothing is lost'],
  ['19', 'WhatsApp keys cut short, logged out', 'noticed; no new identity; drafts as they were'],
  ['20', 'daylight saving, midnight, zones, clock set back', 'one decision at a deadline'],
  ['21', '64 KB, 10 MB, MESSAGES messages, a line of 100,000 characters', 'bounded; told; nothing cut'],
  ['22', 'words by hyphens, dashes, CJK, Thai, Arabic', 'our count is never below a word processor’s'],
  ['23', 'lone surrogates, control characters, 1,000 marks', 'the files open and hold what was approved'],
  ['24', 'marks of direction', 'out of names and file names; the text as it was'],
  ['25', 'look-alikes in command words', 'folded for commands only'],
  ['26', 'line ends, commas, encoded words in names', 'headers and recipients as they were'],
  ['28', 'Word file: bomb, a million entries, false sizes, ../', 'refused within time and memory'],
  ['29', 'Word file: picture elsewhere, template, DTD, macro', 'no network, no file read'],
  ['30', 'authors and dates in files', 'none arrives, none leaves'],
  ['31–33', 'markup, formulas, paths in any field', 'text only; prefixed; refused'],
  ['34', 'flood by one sender, and by MESSAGES strangers', 'others go on; stop and delete work'],
  ['35', 'somebody else holds the phone', 'no old answer is shown without the own word'],
  ['36', 'yesterday’s backup restored', 'erased again, every mail held'],
  ['37', 'a word in every field of every channel, logs at trace', 'in no file, journal, backup, log or crash'],
  ['38', 'uncaught fault, out of memory, port taken', 'ends, starts again, everything is there'],
  ['39', 'stop or delete while a mail leaves', 'taken back, or told that it left'],
  ['40', 'wrong, unverified or trial address', 'nothing is sent'],
].map(([row = '', fault = '', holds = '']) => ({ row, fault, holds }));

/** "5–8" and "24, 26" are several. */
export function numbersIn(list: string): readonly number[] {
  return list.split(', ').flatMap((part) => {
    const [first = 0, last = first] = part.split('–').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** The faults that a title says it shows. */
export function faultsIn(title: string): ReadonlySet<number> {
  const found = title.matchAll(/\bfaults? (\d+(?:(?:–|, )\d+)*)/gu);
  return new Set([...found].flatMap(([, list = '']) => numbersIn(list)));
}
