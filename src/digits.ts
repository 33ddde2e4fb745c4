/** The digits of Arabic and Persian as 0–9: ٣, ۳ → 3. */
export function inLatinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String(digit.charCodeAt(0) & 15));
}
