// The files that take longest begin first, so that none of them runs at the end while the other processors have nothing to do.

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Below test/. Those that wait for a line and those that compute take turns. */
const LONGEST = [
  'channels/whatsapp/waiting',
  'conversation/every-property',
  'channels/whatsapp/voice-alone',
  'store/store-on-postgres',
  'conversation/every-call',
  'delivery/mail-lease',
  'web/chromium',
  'faults/kill',
  'channels/whatsapp/late',
  'web/whole-conversation',
  'web/voice-alone',
  'conversation/set-aside',
  'channels/whatsapp/voice',
  'dialog/properties',
  'calls/call-preview',
  'channels/teams/hanging-app',
  'staff/desk-in-chromium',
  'channels/read-docx/read-docx',
  'cli/personas',
  'cli/commands',
  'channels/whatsapp/killed',
  'dialog/answers-understood',
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
