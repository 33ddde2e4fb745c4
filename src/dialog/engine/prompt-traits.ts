// The properties by which the engine guards a prompt. Plain data, so that Turn can use them without importing the
// prompts.

export interface PromptTraits {
  /** 'interrupt': it returns to the prompt that it interrupted, and *back* never leads to it. */
  readonly kind: 'step' | 'interrupt';
  /**
   * Asks for the passphrase first. True for every prompt that shows, changes, publishes or sends the text; never for
   * *stop*, *delete*, *withdraw*.
   */
  readonly guarded: boolean;
  /** The last consent that is needed to reach it; 'keep' includes the age. */
  readonly consent: 'none' | 'keep' | 'publication';
  /**
   * Choices that agree to something, or publish or send a text: by voice they need a fixed phrase, all others a yes.
   * Absent for prompts without choices.
   */
  readonly phrase?: readonly string[];
  /** Choices for a person in danger: by voice they count without confirmation. */
  readonly atOnce?: readonly string[];
  /** Recordings must be transcribed and accepted first: the text must be complete. */
  readonly needsRecordings?: true;
  /** Must end before the person is asked about a recording. */
  readonly endsFirst?: true;
  /** No text can be added to here: it has left, or there is none. */
  readonly noText?: true;
  /** Only the approved text that waits to leave is spoken of here. */
  readonly atRest?: true;
  /** The words are for staff, or an interview: taken as they are, even if they speak of danger. */
  readonly takesWords?: true;
  /** Shows a transcription: what is typed here corrects it. */
  readonly takesCorrections?: true;
  /** Asks whether a recording was meant so: nothing else is read from an answer. */
  readonly confirmsSpeech?: true;
  /** An organiser tells a text here, and may send an earlier interview. */
  readonly takesImports?: true;
  /** 'secret': never by voice, since people nearby would hear it. 'link': not testimony. */
  readonly takes?: 'name' | 'secret' | 'link';
  /** Key of the text that is read aloud after the question, instead of its numbers and commands. */
  readonly readAfter?: string;
}

/** For prompts with choices `phrase` is required: without it a misheard yes could give a consent. */
export type ChoiceTraits = PromptTraits & Required<Pick<PromptTraits, 'phrase'>>;

/** The consents that a person has given so far. */
interface Consents {
  readonly kept: boolean;
  readonly adult: boolean;
  readonly publication: string | null;
  readonly gathers?: 'home' | 'case';
}

/**
 * Returns the prompt of the consent that is still missing before this prompt; null if none is. In code on purpose: no
 * edit of a data file can skip a consent.
 */
export function missingConsent(
  { consent }: PromptTraits,
  { kept, adult, publication, gathers }: Consents,
): 'keep' | 'teller-consent' | 'publication' | null {
  if (consent === 'none') return null;
  if (!kept || !adult) return gathers === undefined ? 'keep' : 'teller-consent';
  return consent === 'publication' && publication === null ? 'publication' : null;
}
