// The files that take longest begin first, so that none of them runs at the end while the other processors have nothing to do.

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Below test/. Those that wait for a line and those that compute take turns. */
const LONGEST = [
  'channels/whatsapp/waiting',
  'conversation/every-property',
  'delivery/mail-lease',
  'staff/desk-in-chromium',
  'channels/whatsapp/voice-alone',
  'store/store-on-postgres',
  'web/chromium',
  'calls/call-preview',
  'faults/many-processes',
  'web/voice-alone',
  'cli/staff-commands',
  'web/whole-conversation',
  'faults/kill',
  'submission/make-files',
  'web/small-screen-chromium',
  'dialog/answers-understood',
  'bench/bench',
  'conversation/closed-cases',
  'channels/read-docx/read-docx',
  'cli/backup',
  'conversation/set-aside',
  'cli/commands',
  'conversation/publication',
  'channels/two-drafts',
  'conversation/every-call',
  'web/whole-organiser-chromium',
  'dialog/properties',
  'channels/teams/hanging-app',
  'channels/whatsapp/fair',
  'delivery/mail-in/take-mail',
  'delivery/mail-in/imap-mailbox',
  'staff/every-page-in-chromium',
  'channels/whatsapp/late',
  'cli/personas',
  'channels/whatsapp/voice',
  'staff/whole-desk',
  'channels/whatsapp/killed',
  'conversation/whose-call',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

/** Files with a process of their own come first: the others pass one on only to the next of their kind. */
function rankOf({ project, moduleId }: TestSpecification): number {
  if (project.config.isolate) return -1;
  const found = LONGEST.findIndex((path) => moduleId.endsWith(`/test/${path}.test.ts`));
  return found === -1 ? LONGEST.length : found;
}
