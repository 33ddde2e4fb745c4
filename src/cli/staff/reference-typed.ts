/** As it is read aloud or copied: small letters and spaces around it do no harm. */
export function parseReference(given: string): string {
  return given.trim().toUpperCase();
}

export function nothingUnder(reference: string): string {
  return `Nothing is kept under the reference "${reference}".`;
}
