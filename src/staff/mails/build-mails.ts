// Everything under /desk/mails: what came by mail and belongs to no case. Each view is recorded before it is shown.

import { Hono } from 'hono';
import type { Desk } from '../desk.ts';
import { freshly, needs } from '../sign-in/guard.ts';
import type { StaffEnv } from '../signed-in.ts';
import { assignMail, removeMail } from './assign.ts';
import { showMails } from './mails-list.ts';
import { sendUnmatchedFile, showUnmatched } from './unmatched-mail.ts';

export function buildMails(desk: Desk): Hono<StaffEnv> {
  const room = new Hono<StaffEnv>();
  const decide = needs(desk, 'reviewer');
  room.get('/mails', decide, (c) => showMails(c, desk));
  room.get('/mails/:mail', decide, (c) => showUnmatched(c, desk));
  room.get('/mails/:mail/file/:file', decide, (c) => sendUnmatchedFile(c, desk));
  room.post('/mails/:mail/assign', decide, (c) => assignMail(c, desk));
  room.post('/mails/:mail/remove', decide, freshly(desk, '/desk/mails'), (c) => removeMail(c, desk));
  return room;
}
