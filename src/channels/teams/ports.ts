// The ports of the Teams channel, which imports neither the store nor the conversation; both match these ports.

import type { DocxText } from '../media/read-docx.ts';
import type { Address, Incoming } from '../channel.ts';

export const TEAMS = 'teams';

/** Teams is answered as soon as a message is stored; its turn is taken afterwards. */
export interface TeamsInbox {
  receive(incoming: Incoming): Promise<{ readonly person: string; readonly new: boolean }>;
  /** Takes all waiting turns of this person. */
  settle(person: string): Promise<unknown>;
}

export type DocumentKind = 'preview' | 'final' | 'copy';

export interface KeptDocument {
  readonly files: readonly { readonly format: 'docx' | 'pdf'; readonly bytes: Uint8Array }[];
}

export interface TeamsPeople {
  /** Unparsed; null before the first turn. */
  session(person: string): Promise<unknown>;
  personAt(address: Address): Promise<{ readonly person: string } | null>;
  /** `contribution`: of this text; without it the newest of all. */
  document(person: string, kind: DocumentKind, contribution?: string): Promise<KeptDocument | null>;
}

/** The text of an untrusted Word file, within limits of size, memory and time. */
export type ReadDocx = (bytes: Uint8Array) => Promise<DocxText>;

/** Our messages as Teams knows them. */
export interface TeamsSent {
  /** The parts of a reply that were sent. */
  partsSent(reply: string): Promise<ReadonlySet<number>>;
  noteSent(messageId: string, reply: string, part: number): Promise<void>;
  /** The prompt that our message asked; null if it asked nothing, or is not ours. */
  askedIn(messageId: string): Promise<string | null>;
}

/** The id of a message among those of all conversations: Teams counts in each of them. */
export function sentId(conversation: string, id: string): string {
  return JSON.stringify([TEAMS, conversation, id]);
}
