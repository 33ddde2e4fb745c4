// The features that can be taken out, each with its files and entries. Those that cannot yet are in
// docs/architecture.md.

export interface Feature {
  /** Files and folders of the feature. */
  readonly files: readonly string[];
  /** Its entry in each list: the file, and a text that only this entry has. */
  readonly entries: readonly { readonly list: string; readonly marker: string }[];
  /** Tests of the feature itself. */
  readonly tests: readonly string[];
  /** Tests of its neighbours, which must pass without it. */
  readonly stillPass: readonly string[];
}

export const FEATURES: Readonly<Record<string, Feature>> = {
  'listening at the desk': {
    files: ['src/staff/voice'],
    entries: [
      { list: 'src/staff/open-desk.ts', marker: 'buildVoiceRoutes' },
      { list: 'src/staff/layout.ts', marker: "'/desk/voice'" },
    ],
    tests: [
      'test/staff/voice.test.ts',
      'test/staff/voice-browser.test.ts',
      'test/staff/every-page-in-chromium.test.ts',
    ],
    stillPass: ['test/staff/attackers.test.ts', 'test/staff/audit-page.test.ts', 'test/staff/case-pages.test.ts'],
  },
  'staff review': {
    files: ['src/dialog/staff-review'],
    entries: [
      { list: 'src/dialog/prompts/prompt-ids.ts', marker: "'staff-question'" },
      { list: 'src/dialog/prompts/prompt-ids.ts', marker: "'staff-proposal'" },
      { list: 'src/dialog/prompts/prompts.ts', marker: 'staffPrompts' },
      { list: 'src/dialog/take-turn.ts', marker: 'staffReview.words' },
      { list: 'src/dialog/take-turn.ts', marker: 'staffReview.answer' },
      { list: 'src/dialog/take-turn.ts', marker: 'staffReview.question' },
      { list: 'src/dialog/take-turn.ts', marker: '  staffReview,' },
      { list: 'src/dialog/take-turn.ts', marker: 'staffReview.events' },
    ],
    tests: [
      // It lists the prompts.
      'test/dialog/prompt-traits.test.ts',
      'test/conversation/gathered-release.test.ts',
      'test/conversation/gathered-words.test.ts',
      'test/conversation/joint-release.test.ts',
      'test/conversation/release.test.ts',
    ],
    stillPass: [
      'test/dialog/own-word.test.ts',
      'test/dialog/properties.test.ts',
      'test/dialog/voice.test.ts',
      'test/dialog/withdraw.test.ts',
      'test/conversation/hand-over.test.ts',
      'test/conversation/undo.test.ts',
      'test/conversation/publication.test.ts',
      'test/conversation/stop-and-delete.test.ts',
    ],
  },
  voice: {
    files: ['src/dialog/voice'],
    entries: [
      { list: 'src/dialog/prompts/prompt-ids.ts', marker: "'voice-check'" },
      { list: 'src/dialog/prompts/prompt-ids.ts', marker: "'voice-consent'" },
      { list: 'src/dialog/prompts/prompt-ids.ts', marker: "'voice-left'" },
      { list: 'src/dialog/prompts/prompt-ids.ts', marker: "'heard'" },
      { list: 'src/dialog/prompts/prompts.ts', marker: 'voiceCheck' },
      { list: 'src/dialog/prompts/prompts.ts', marker: 'voiceConsent' },
      { list: 'src/dialog/prompts/prompts.ts', marker: 'voiceLeft' },
      { list: 'src/dialog/prompts/prompts.ts', marker: '  heard,' },
      { list: 'src/dialog/take-turn.ts', marker: 'voice.noTranscription' },
      { list: 'src/dialog/take-turn.ts', marker: 'voice.noteHowTheySpeak' },
      { list: 'src/dialog/take-turn.ts', marker: 'voice.present)' },
      { list: 'src/dialog/take-turn.ts', marker: '  voice,' },
      { list: 'src/dialog/take-turn.ts', marker: 'voice.events' },
    ],
    tests: [
      // It lists the prompts.
      'test/dialog/prompt-traits.test.ts',
      'test/dialog/spoken',
      'test/dialog/voice.test.ts',
    ],
    stillPass: [
      'test/dialog/own-word.test.ts',
      'test/dialog/undo.test.ts',
      'test/dialog/withdraw.test.ts',
      'test/conversation/hand-over.test.ts',
      'test/conversation/publication.test.ts',
      'test/conversation/release.test.ts',
    ],
  },
  'the terminal': {
    // A preview of a call is played through the terminal's channel.
    files: ['src/cli/chat.ts', 'src/cli/call-preview.ts', 'src/channels/console.ts'],
    entries: [
      { list: 'src/cli/commands.ts', marker: '  chat: command({' },
      { list: 'src/cli/commands.ts', marker: "'call preview': command({" },
    ],
    // It starts every command, this one as well.
    tests: ['test/cli/commands.test.ts', 'test/calls/call-preview.test.ts'],
    stillPass: ['test/transcripts.test.ts', 'test/cli/staff-commands.test.ts', 'test/cli/mail-in.test.ts'],
  },
};
