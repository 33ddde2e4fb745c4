// Recordings until their words are accepted or refused: the sound, who may write it down, and what came of it.

import type { Event } from '../../dialog/engine/event.ts';
import type { Language } from '../../languages.ts';

/** A recording as a channel got it. */
export interface Sound {
  readonly bytes: Uint8Array;
  /** As its bytes say, e.g. "audio/ogg". */
  readonly type: string;
}

/** One recording, for whoever has its lease. */
export interface VoiceJob {
  readonly person: string;
  readonly mark: string;
  readonly lease: string;
  /** The message that it came as. */
  readonly note: string;
  readonly sound: Sound;
  /** Null where the machine has to find out. */
  readonly language: Language | null;
  /** Tries that ended without a result. */
  readonly attempts: number;
}

/** One recording that waits for a person who listens. */
export interface VoiceToType {
  readonly position: number;
  readonly contribution: string;
  readonly reference: string | null;
  readonly language: Language;
  readonly arrivedAt: string;
}

/** Recordings that are no answers yet. */
export interface VoiceRows {
  /** The oldest that is due, leased until `until`; of one person never two at a time. Null where there is none. */
  take(now: string, lease: string, until: string): Promise<VoiceJob | null>;
  /** The lease goes on until `until`; false where it is gone. */
  renew(job: VoiceJob, until: string): Promise<boolean>;
  /** What was heard, into its speaker's inbox; false where the recording or the lease is gone. */
  finish(job: VoiceJob, event: Event): Promise<boolean>;
  /** Tried again from `dueAt` on. */
  retry(job: VoiceJob, dueAt: string): Promise<void>;

  /** Oldest first. */
  toType(): Promise<readonly VoiceToType[]>;
  /** Null where it has gone meanwhile. */
  soundToType(position: number): Promise<Sound | null>;
  /** A person's words for it, once; the person they are for, or null where it has gone or somebody was faster. */
  typed(position: number, text: string, at: string): Promise<string | null>;
  /** What is kept of a person, in bytes and how many; `saidYes`: a text of theirs may be kept; and in bytes, what is kept of all without one. */
  keptOf(person: string): Promise<{
    readonly bytes: number;
    readonly count: number;
    readonly saidYes: boolean;
    readonly beforeYesOfAll: number;
  }>;
  /** True while the sound is kept (tests, and the page that plays it). */
  count(): Promise<number>;
}
