/** A person's message, ready to be understood. */
export interface Said {
  readonly id: string;
  readonly text: string;
  /** The choice that was tapped, already found to belong to this prompt. */
  readonly tapped: string | null;
}
