/** Capitals, width and how an accent is put together do not make it another address: for the mark, and for the throttle. */
export function foldEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}
