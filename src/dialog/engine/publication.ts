/** What may be done with the document. A closed list: mail, document, header and file name use the same one. */
export const PUBLICATIONS = ['public-named', 'public-unnamed', 'confidential'] as const;
export type Publication = (typeof PUBLICATIONS)[number];
