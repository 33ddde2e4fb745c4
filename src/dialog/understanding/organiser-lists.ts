// The words of organisers in words.json.

/** The lists of `organiser` in words.json: how people speak of somebody whose testimony they gather. */
export const organiserLists = <P>(phrases: P) => ({
  /** "Person", before the number that a list shows. */
  ...{ person: phrases, /** "The second". */ first: phrases, second: phrases, third: phrases, fourth: phrases },
  /** "Two", after "person"; or at the end after "number" or an article. */
  ...{ one: phrases, two: phrases, three: phrases, four: phrases, numbered: phrases },
  /** "I want to open the one of", around a name. */
  opens: phrases,
  /** "She is done"; and after it "the next one". */
  ...{ finished: phrases, nextOne: phrases },
  /** "Says yes", reported of somebody. */
  yes: phrases,
  /** "Agreed", "wants to". */
  agrees: phrases,
  /** "Wants it to be", "chose": before one of the choices. */
  chooses: phrases,
  no: phrases,
  /** "18 or older". */
  adult: phrases,
  minor: phrases,
  /** Without meaning in such a report: "she", "I read it to her". */
  around: phrases,
});
export type OrganiserList = keyof ReturnType<typeof organiserLists>;
