/** Where an organiser's own session lies sealed. */
export function organiserContext(person: string) {
  return { table: 'organisers', column: 'sealed', owner: person, row: person };
}
