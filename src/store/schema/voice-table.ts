import type { Generated } from 'kysely';
import type { Language } from '../../languages.ts';

/** A recording until its words are accepted or refused. */
export interface VoiceNotes {
  position: Generated<number>;
  person: string;
  /** Null before a case; then the sound is sealed for the person. */
  contribution: string | null;
  mark: string;
  /** The message's id, the kind of sound. */
  about: Uint8Array;
  sound: Uint8Array;
  /** `machine`, `person`: who may write it down now; `done`: its words wait for their speaker. */
  state: 'held' | 'machine' | 'person' | 'done';
  language: Language | null;
  attempts: Generated<number>;
  due_at: string | null;
  lease: string | null;
  lease_until: string | null;
  arrived_at: string;
}
