/** What an earlier turn said under this prompt id. The keys are those of whatever case it was said in. */
export interface Unsaid {
  readonly promptId: string;
  /** Rendered; stands in its place. */
  readonly mark: unknown;
}
