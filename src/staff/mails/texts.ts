import { z } from 'zod';

const text = z.string().min(1);

/** `mails` of staff.json: what came by mail, of a case or of none. */
export const mailsTexts = z.strictObject({
  heading: text,
  what: text,
  none: text,
  /** {{count}} */
  waiting: text,
  headingOne: text,
  /** {{reference}} */
  headingCase: text,
  back: text,
  backCase: text,
  from: text,
  noSender: text,
  subject: text,
  noSubject: text,
  date: text,
  read: text,
  kind: text,
  cut: text,
  broken: text,
  noText: text,
  /** {{count}} */
  withFiles: text,
  filesHeading: text,
  filesWhat: text,
  columns: z.strictObject({ name: text, type: text, size: text }),
  noName: text,
  save: text,
  /** {{count}} */
  moreFiles: text,
  whole: text,
  assignHeading: text,
  assignWhat: text,
  reference: text,
  show: text,
  /** {{reference}} */
  unknown: text,
  /** {{reference}} */
  shownBack: text,
  call: text,
  language: text,
  state: text,
  sent: text,
  recipient: text,
  named: text,
  notNamed: text,
  sameSender: text,
  otherSender: text,
  signsWhat: text,
  sure: text,
  another: text,
  /** {{reference}} */
  assign: text,
  tellsNobody: text,
  /** {{name}} */
  byHand: text,
  undoHeading: text,
  undoWhat: text,
  undo: text,
  removeHeading: text,
  removeWhat: text,
  removeSure: text,
  remove: text,
  said: z.strictObject({
    assigned: text,
    undone: text,
    removed: text,
    gone: text,
    unsure: text,
    'not-allowed': text,
    unknown: text,
  }),
});

export type MailsTexts = z.infer<typeof mailsTexts>;
export type MailSaid = keyof MailsTexts['said'];
