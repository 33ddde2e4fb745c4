// A reply's id is where it stands: person, turn, place in the turn.

export interface ReplyPlace {
  readonly person: string;
  readonly turn: number;
  readonly place: number;
}

export function replyId({ person, turn, place }: ReplyPlace): string {
  return `${person}.${turn}.${place}`;
}

/** Null for what is no such id. */
export function parseReplyId(id: string): ReplyPlace | null {
  const found = /^(.+)\.(\d{1,9})\.(\d{1,9})$/.exec(id);
  const [, person, turn, place] = found ?? [];
  if (person === undefined) return null;
  return { person, turn: Number(turn), place: Number(place) };
}
