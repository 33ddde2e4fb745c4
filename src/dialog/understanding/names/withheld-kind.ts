// The kind of withheld words, which the document says in their place.

export const WITHHELD_KINDS = ['name', 'phone', 'email', 'address', 'place', 'link', 'age', 'number', 'words'] as const;
export type WithheldKind = (typeof WITHHELD_KINDS)[number];

/** By the words as they were withheld; only kinds that their form does not say. */
export type WithheldAs = Readonly<Record<string, WithheldKind>>;

/** Digits of a phone number, at least. */
const PHONE = 7;
/** 123.456.789-00: the number of a Brazilian taxpayer, which is as long as a phone number. */
const TAXPAYER = /^\p{Nd}{3}\.\p{Nd}{3}\.\p{Nd}{3}-\p{Nd}{2}$/u;
const DATE = /^\p{Nd}{1,4}\s?[./\-–]\s?\p{Nd}{1,2}\s?[./\-–]\s?\p{Nd}{1,4}$/u;

/** 2021/118: the number of a file. */
const FILE = /^\p{Nd}{1,8}\/\p{Nd}{1,8}$/u;

/** The kind that the form alone says: a number, an address of the internet, a name on it. Null if it says nothing. */
export function kindByForm(words: string): WithheldKind | null {
  const text = words.trim();
  if (/^[#@][\p{L}\p{M}\p{N}_]+$/u.test(text)) return 'name';
  if (/^[^\s@]+@[^\s@.][^\s@]*$/u.test(text) && text.includes('.', text.indexOf('@'))) return 'email';
  if (/^(?:https?:\/\/|www\.)\S+$/iu.test(text)) return 'link';
  const digits = text.replace(/\P{Nd}/gu, '').length;
  if (digits === 0 || (/\p{L}/u.test(text) && /\s/u.test(text))) return null;
  const isPhone = digits >= PHONE && !/\p{L}/u.test(text) && ![TAXPAYER, DATE, FILE].some((form) => form.test(text));
  return isPhone ? 'phone' : 'number';
}
