// A transcript to be read by people: who, when, what; what was edited or deleted leaves its mark.

export interface ShownLine {
  readonly at: string;
  readonly from: 'person' | 'staff' | 'bot';
  readonly channel: string | null;
  readonly edited: boolean;
  /** Null where it was deleted. */
  readonly text: string | null;
}

export function transcriptText(lines: readonly ShownLine[]): string {
  return lines.map(shown).join('\n');
}

/** "2026-11-23 12:01:30 UTC  person, whatsapp (edited)", and the text below it, set in. */
function shown({ at, from, channel, edited, text }: ShownLine): string {
  const when = `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
  const who = channel === null || from !== 'person' ? from : `${from}, ${channel}`;
  const said = (text ?? '(erased)').split('\n').map((line) => `    ${line}`.trimEnd());
  return [`${when}  ${who}${edited && text !== null ? ' (edited)' : ''}`, ...said, ''].join('\n');
}
