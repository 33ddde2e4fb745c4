// The language of a passage by its writing, so that a screen reader changes its voice. The writing does not always tell
// it: Arabic letters may be Persian. Then it is the language that most people write with it.

const WRITINGS: readonly (readonly [RegExp, string])[] = [
  [/\p{sc=Arabic}/u, 'ar'],
  [/\p{sc=Hebrew}/u, 'he'],
  [/\p{sc=Ethiopic}/u, 'am'],
  [/\p{sc=Devanagari}/u, 'hi'],
  [/\p{sc=Bengali}/u, 'bn'],
  [/\p{sc=Gurmukhi}/u, 'pa'],
  [/\p{sc=Gujarati}/u, 'gu'],
  [/\p{sc=Oriya}/u, 'or'],
  [/\p{sc=Tamil}/u, 'ta'],
  [/\p{sc=Telugu}/u, 'te'],
  [/\p{sc=Kannada}/u, 'kn'],
  [/\p{sc=Malayalam}/u, 'ml'],
  [/\p{sc=Sinhala}/u, 'si'],
  [/\p{sc=Thai}/u, 'th'],
  [/\p{sc=Lao}/u, 'lo'],
  [/\p{sc=Khmer}/u, 'km'],
  [/\p{sc=Myanmar}/u, 'my'],
  [/\p{sc=Tibetan}/u, 'bo'],
  [/\p{sc=Georgian}/u, 'ka'],
  [/\p{sc=Armenian}/u, 'hy'],
  [/\p{sc=Greek}/u, 'el'],
  [/\p{sc=Cyrillic}/u, 'ru'],
  [/[\p{sc=Hiragana}\p{sc=Katakana}]/u, 'ja'],
  [/\p{sc=Hangul}/u, 'ko'],
  [/\p{sc=Syriac}/u, 'syr'],
  [/\p{sc=Thaana}/u, 'dv'],
  [/\p{sc=Nko}/u, 'nqo'],
  [/\p{sc=Adlam}/u, 'ff'],
  [/\p{sc=Tifinagh}/u, 'zgh'],
  [/\p{sc=Vai}/u, 'vai'],
  [/\p{sc=Mongolian}/u, 'mn'],
  [/\p{sc=Javanese}/u, 'jv'],
  [/\p{sc=Cherokee}/u, 'chr'],
  [/\p{sc=Canadian_Aboriginal}/u, 'iu'],
  [/\p{sc=Ol_Chiki}/u, 'sat'],
  [/\p{sc=Yi}/u, 'ii'],
  [/[\p{sc=Han}\p{sc=Bopomofo}]/u, 'zh'],
];

/** Null for the writing of the document's own language, and for signs that every language has. */
function languageOf(character: string): string | null {
  if (character < '\u0370') return null;
  return WRITINGS.find(([writing]) => writing.test(character))?.[1] ?? null;
}

export interface Passage {
  readonly start: number;
  readonly end: number;
  readonly language: string;
}

/** Stretches in another writing, with the spaces and signs inside them. */
export function passagesOf(text: string): readonly Passage[] {
  const passages: { start: number; end: number; language: string }[] = [];
  let goesOn = false;
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const language = languageOf(character);
    const last = passages.at(-1);
    if (language !== null) {
      if (goesOn && last?.language === language) last.end = end;
      else passages.push({ start: at, end, language });
      goesOn = true;
    } else if (/\p{L}|\n/u.test(character)) goesOn = false;
    at = end;
  }
  return passages;
}
