// The questions of `griot setup`, and its flags.

export const QUESTION_NAMES = [
  'operator',
  'phone',
  'url',
  'code',
  'zone',
  'support',
  'smtp',
  'from',
  'inbox',
  'staff',
  'release',
  'keys',
  'ledger',
  'admin',
  'email',
  'address',
  'source',
  'verified',
] as const;
export type QuestionName = (typeof QUESTION_NAMES)[number];
