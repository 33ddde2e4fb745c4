// What a prompt is, beside what it asks: the facts by which the engine guards it. Plain data, so that Turn can be handed them
// without knowing the prompts.

export interface PromptTraits {
  /** 'interrupt': it leads back to where it began, and *back* never leads to it. */
  readonly kind: 'step' | 'interrupt';
  /** Asks for the passphrase first: true wherever the text is shown, changed, made public or sent. Never *stop*, *delete*, *withdraw*. */
  readonly guarded: boolean;
  /** The last consent without which it is not reached; 'keep' includes the age. */
  readonly consent: 'none' | 'keep' | 'publication';
  /**
   * Choices by which a person agrees to something, or makes a text more public or sends it: spoken, they need a phrase that
   * cannot be said by accident, all others a yes. Absent where nothing can be chosen: then each would need one.
   */
  readonly phrase?: readonly string[];
  /** Choices that take somebody out of danger: spoken, they count at once. */
  readonly atOnce?: readonly string[];
  /** What is read back, made public and sent holds everything that was said: recordings are settled first. */
  readonly needsRecordings?: true;
  /** Ends before anybody is asked about a recording. */
  readonly endsFirst?: true;
  /** Nothing can be added to a text here: it has left, or there is none. */
  readonly noText?: true;
  /** Nothing is told or asked here but what concerns the text that waits to leave. */
  readonly atRest?: true;
  /** Words are meant for a person here, or are an interview: taken as they are, also where they speak of danger. */
  readonly takesWords?: true;
  /** An organiser tells a text here, and may bring an earlier interview. */
  readonly takesImports?: true;
  /** A secret is never spoken: whoever is near would hear it. A link is no testimony. */
  readonly takes?: 'name' | 'secret' | 'link';
  /** Key of what is read aloud after the question, in place of its numbers and commands. */
  readonly readAfter?: string;
}

/** Of a prompt with choices: a forgotten phrase would be a consent that a misheard yes can give. */
export type ChoiceTraits = PromptTraits & Required<Pick<PromptTraits, 'phrase'>>;

/** What a person has said yes to so far. */
interface Consents {
  readonly kept: boolean;
  readonly adult: boolean;
  readonly publication: string | null;
  readonly gathers?: 'home' | 'case';
}

/**
 * The consent that the way to a prompt would pass over, to be asked instead; null if nothing is missing. Code on purpose: no
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
