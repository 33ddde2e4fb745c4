// The rows of the audit log; audit-rows.ts keeps them. Rows are added and read, nothing else: the database refuses the rest.

/** What is said of one act: ids, references and words of ours. Never what a person wrote or is. */
export interface AuditEntry {
  /** An account's id; null where nobody is known, e.g. at a failed sign-in. */
  readonly staff: string | null;
  /** "subject.verb", e.g. "case.view". */
  readonly action: string;
  readonly reference: string | null;
  readonly case: string | null;
  /** A short word or figure of ours. */
  readonly detail: string | null;
}

export interface AuditRow extends AuditEntry {
  /** From 1, without gaps. */
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The hash of the row before; "" for the first. */
  readonly previous: string;
  /** HMAC-SHA-256 over the row and `previous`, under a key derived of the master key. */
  readonly hash: string;
}

export interface AuditFilter {
  readonly reference?: string;
  readonly case?: string;
  readonly staff?: string;
  readonly action?: string;
  /** Rows before this number only. */
  readonly before?: number;
}

export interface AuditRows {
  /** Committed before it resolves. */
  append(entry: AuditEntry): Promise<AuditRow>;
  row(number: number): Promise<AuditRow | null>;
  last(): Promise<AuditRow | null>;
  /** Newest first. */
  find(filter: AuditFilter, limit: number): Promise<readonly AuditRow[]>;
  /** Oldest first, from `after` on (not included). */
  following(after: number, limit: number): Promise<readonly AuditRow[]>;
  /** Whether a row is what was written, by its own hash. */
  isWhole(row: AuditRow): boolean;
}
