// Texts that come again and again have further wordings, which are used in turn (inTheirWords(), stages/welcome.ts), so that
// nobody reads the same words each time.
// Nothing that binds is among them: consents, SEND, names, what was withheld. docs/decisions/0177-grief-is-answered.md.

/** Text → the number of its further wordings: `again.<text>.1` and so on in bot.json. */
export const FURTHER_WORDINGS: ReadonlyMap<string, number> = new Map([
  ['saved.plain', 3],
  ['gathering.saved', 3],
  ['choice.not-among', 2],
  ['choice.two-at-once', 1],
  ['choice.out-of-range', 1],
  ['choice.stale', 1],
  ['typed-not-here', 1],
  ['skip.not-here', 1],
  ['signs.left-out', 1],
  ['doubt.question', 2],
  ['doubt.stray', 1],
  ['doubt.added', 1],
  ['doubt.left-out', 1],
  ['doubt.number', 1],
  ['doubt.first', 1],
  ['doubt.heard.unsure', 1],
  ['doubt.heard.pause', 1],
  ['doubt.heard.next', 1],
  ['doubt.heard.skip', 1],
  ['doubt.heard.help', 1],
  ['doubt.heard.words', 1],
  ['doubt.heard.progress', 1],
  ['danger.again', 1],
  ['despair.again', 1],
  ['welcome-back.answers', 1],
  ['welcome-back.plain', 1],
  ['story.short', 2],
  ['topics.more', 1],
  ['after.ask', 2],
  ['pause.done', 1],
  ['voice.taken-machine', 1],
  ['spoken.listening', 1],
]);
