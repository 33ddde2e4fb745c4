// What needs a person of the operator, and whether they were told by mail. Nothing of what anybody wrote stands in it.

export const STAFF_NEEDS = [
  'in-danger',
  'asks-for-person',
  /** Somebody under age who wants contact. */
  'under-age',
  'review',
  'bounce',
  'answer',
  /** A mail came that belongs to no case that is known, and perhaps a person wrote it. */
  'unmatched',
  /** A message could not be taken, and was set aside: a fault of the program. */
  'set-aside',
] as const;
export type StaffNeedKind = (typeof STAFF_NEEDS)[number];

export interface StaffNeed {
  /** A contribution, or a person who has none yet, or "unmatched". */
  readonly subject: string;
  readonly kind: StaffNeedKind;
  readonly person: string | null;
  readonly contribution: string | null;
  readonly case: string | null;
  readonly reference: string | null;
  /** When it was last so. */
  readonly since: string;
}

export interface StaffNeeds {
  /** New since the staff were last told of this kind of this case, and not within an hour of that. At most a day old. */
  due(now: string): Promise<readonly StaffNeed[]>;
  /** True for one process only: it tells the staff now. */
  claim(need: StaffNeed, now: string): Promise<boolean>;
  /** How it went. Not handed over: due again. Never said, because the process died: due again after an hour. */
  told(need: StaffNeed, went: boolean): Promise<void>;
}
