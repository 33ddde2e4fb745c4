/** Marks that show letters in another order than they are written in, stored and searched (docs/decisions/0201). */
export const OVERRIDES = /[\u202d\u202e]/gu;
