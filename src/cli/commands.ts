// Every command by its words. A command's file is imported when the command runs.

import { LANGUAGES, WHOLE_LANGUAGES } from '../languages.ts';
import { STAFF_ROLES } from '../store/schema/staff-columns.ts';
import { command, type Command, FLAG, TEXT } from './command.ts';
import { QUESTION_NAMES, type QuestionName } from './setup-names.ts';

const [ONE, ANY] = [
  [1, 1],
  [0, Infinity],
] as const;

export const COMMANDS: Readonly<Record<string, Command>> = {
  chat: command({
    summary: 'the whole conversation in the terminal',
    usage: `[--call ID [--draft]] [--language ${LANGUAGES.join('|')}] [--record FILE]`,
    details: [
      '  On a pipe each line is a message, and "file: interview.docx" a Word file.',
      '  --draft: a call that is not open yet, in a trial that keeps nothing.',
    ],
    options: { call: TEXT, draft: FLAG, language: TEXT, record: TEXT },
    run: async (given, io) => (await import('./chat.ts')).chat(given, io),
  }),
  languages: command({
    summary: 'the texts that each language lacks, and whether a native reader has read the others',
    usage: '[LANGUAGE]',
    details: ['  With a language, every missing text by its key.'],
    names: [0, 1],
    run: async (given, io) => (await import('./languages.ts')).languages(given, io),
  }),
  transcript: command({
    summary: 'for staff: what was said about a submission',
    usage: 'REFERENCE',
    names: ONE,
    run: async (given, io) => (await import('./cases.ts')).transcript(given, io),
  }),
  export: command({
    summary: 'for staff: everything kept of one case, as a zip',
    usage: 'REFERENCE --out FILE',
    options: { out: TEXT },
    names: ONE,
    run: async (given, io) => (await import('./cases.ts')).exportOne(given, io),
  }),
  'open-sealed': command({
    summary: 'for staff, on their own machine: opens the export of a case that is sealed to their keys',
    usage: 'FILE --key SECRET_KEY_FILE (--out FOLDER | --test)',
    details: [
      '  FILE: of griot export. Needs no settings and no data. The secret key leaves this machine in no way.',
      '  --test: FILE is of griot closed-keys test. Prints the word that proves the key.',
    ],
    options: { key: TEXT, out: TEXT, test: FLAG },
    names: ONE,
    run: async (given, io) => (await import('./open-sealed.ts')).openSealed(given, io),
  }),
  'closed-keys test': command({
    summary: 'a file with which each holder of a key of CLOSED_KEYS proves that they have it',
    usage: '--out FILE',
    options: { out: TEXT },
    run: async (given, io) => (await import('./closed-keys.ts')).testKeys(given, io),
  }),
  'closed-keys proved': command({
    summary: 'takes the word that such a proof gave; no case is sealed before two keys are proved',
    usage: 'WORD',
    names: ONE,
    run: async (given, io) => (await import('./closed-keys.ts')).provedKey(given, io),
  }),
  purge: command({
    summary:
      'erases now what has been kept long enough, and seals closed cases to CLOSED_KEYS; the server does it every hour',
    run: async (_given, io) => (await import('./cases.ts')).purge(io),
  }),
  'mail in': command({
    summary: 'files what came back to mails: bounces, answers',
    usage: '[FILE|FOLDER|MAILDIR …] [--unmatched] [--remove ID]',
    details: [
      '  Without a file, one mail from a pipe, as a mail server hands it over; ends with 75 if the mail server must try again.',
      '  --unmatched shows what belongs to no case; --remove takes one of these away.',
    ],
    options: { unmatched: FLAG, remove: TEXT },
    names: ANY,
    run: async (given, io) => (await import('./mail-in.ts')).mailIn(given, io),
  }),
  'whatsapp link': command({
    summary: 'links a WhatsApp account, by QR code or by a code to type',
    usage: '[--code +COUNTRYANDNUMBER]',
    options: { code: TEXT },
    run: async (given, io) => (await import('./whatsapp.ts')).link(given, io),
  }),
  'whatsapp status': command({
    summary: 'is an account linked, and if it was stopped, why; ends with 1 if a person must act',
    run: async (_given, io) => (await import('./whatsapp.ts')).status(io),
  }),
  'whatsapp unlink': command({
    summary: 'ends the link and destroys its keys',
    run: async (_given, io) => (await import('./whatsapp.ts')).unlink(io),
  }),
  'call new': command({
    summary: 'a draft of a call for inputs, from the text of its page',
    usage: `FILE.docx|FILE.txt|- --id ID --language ${WHOLE_LANGUAGES.join('|')} [--url PAGE] [--part LETTER|all] [--into FOLDER]`,
    details: [
      '  Prints what was found, what was not, and what a person must check. Writes no address. Into dialogs/, or FOLDER.',
      '  --part: which call, if there are several on the page, as (a), (b) …; all: these are parts of one call',
    ],
    options: { id: TEXT, language: TEXT, url: TEXT, part: TEXT, into: TEXT },
    names: [0, 1],
    run: async (given, io) => (await import('./call-new.ts')).newCall(given, io),
  }),
  'call form': command({
    summary: 'a draft of a call from an XLSForm (Kobo, ODK), or a call as an XLSForm',
    usage: `FILE.xlsx (--id ID --language ${LANGUAGES.join('|')} [--into FOLDER] | --of CALL_ID | --texts-of CALL_ID)`,
    details: [
      '  --id: a new call with the questions of the form. Prints what a conversation cannot carry.',
      '  --of: writes the questions and texts of a call into FILE.xlsx. --texts-of: takes the texts back from it.',
    ],
    options: { id: TEXT, language: TEXT, into: TEXT, of: TEXT, 'texts-of': TEXT },
    names: ONE,
    run: async (given, io) => (await import('./call-form.ts')).callForm(given, io),
  }),
  'call check': command({
    summary: 'are the calls for inputs complete? Every problem at once',
    usage: '[CALL_ID|FOLDER|FILE.yaml …]',
    details: [
      '  Without files: all of dialogs/. Says of each call what cannot be read (file, line, what was expected), why it',
      '  cannot be served as it stands, and what a person should look at. Ends with 1 if a call cannot be used.',
    ],
    names: ANY,
    run: async (given, io) => (await import('./call-check.ts')).checkCalls(given, io),
  }),
  'call preview': command({
    summary: 'plays a call to its end in each language, and writes what is said and the file that is made',
    usage: 'CALL_ID|FOLDER|FILE.yaml',
    details: ['  As if it were open. Nothing leaves this machine. Into preview/ in the folder of the call.'],
    names: ONE,
    run: async (given, io) => (await import('./call-preview.ts')).previewCall(given, io),
  }),
  'call link': command({
    summary: 'the ways to a call for people: its link with a QR code for print, its word',
    usage: 'CALL_ID [--svg FILE] [--whatsapp +COUNTRYANDNUMBER]',
    details: [
      '  The link begins with PUBLIC_URL. --svg: the QR code as a picture that can be printed at any size.',
      '  --whatsapp: also a link that opens a chat with this number, the word already typed.',
    ],
    options: { svg: TEXT, whatsapp: TEXT },
    names: ONE,
    run: async (given, io) => (await import('./call-link.ts')).callLink(given, io),
  }),
  'call address': command({
    summary: "which address a call's submissions go to, and who verified it",
    usage: '[CALL_ID ADDRESS [ADDRESS …] --source "where it was copied from" --verified-by "who checked it" [--also]]',
    details: [
      '  Without arguments, the addresses on record are listed.',
      '  --also: these as well, not in place of those on record. Each mail goes to all of them.',
      '  CALL_ID --withdraw [ADDRESS …]: nothing is sent there any more. Without an address: to none.',
      '  --new-data: on a server that has no data yet, make its folder and master key.',
      '  Copy the address from the official page itself, and let a second person compare it letter by letter.',
    ],
    options: { source: TEXT, 'verified-by': TEXT, also: FLAG, withdraw: FLAG, 'new-data': FLAG },
    names: ANY,
    run: async (given, io) => (await import('./calls.ts')).callAddress(given, io),
  }),
  'teams package': command({
    summary: 'the app package for Microsoft Teams, from the settings of the server',
    usage: '[--out FILE]',
    options: { out: TEXT },
    run: async (given, io) => (await import('./teams-package.ts')).teamsPackage(given, io),
  }),
  'staff add': command({
    summary: 'makes an account for the review desk',
    usage: `[--name NAME] [--email ADDRESS] [--role ${STAFF_ROLES.join('|')}] [--language ${LANGUAGES.join('|')}] [--organisation [--subject SUB]]`,
    details: [
      '  What is not given is asked, in a terminal.',
      "  --organisation: they sign in with your organisation's sign-in service (OIDC_ISSUER) in place of a password here.",
      '  --subject: their subject there, if the service does not say that addresses are verified.',
    ],
    options: { name: TEXT, email: TEXT, role: TEXT, language: TEXT, subject: TEXT, organisation: FLAG },
    run: async (given, io) => (await import('./staff.ts')).add(given, io),
  }),
  'staff list': command({
    summary: 'who has an account, and how far it is',
    run: async (_given, io) => (await import('./staff.ts')).list(io),
  }),
  'staff disable': command({
    summary: 'ends an account, and its sessions at once',
    usage: 'ADDRESS',
    names: ONE,
    run: async (given, io) => (await import('./staff.ts')).disable(given, io),
  }),
  'staff recover': command({
    summary: 'a new set-up code, if there are not two administrators to agree on it',
    usage: 'ADDRESS [--nobody-else]',
    options: { 'nobody-else': FLAG },
    names: ONE,
    run: async (given, io) => (await import('./staff.ts')).recover(given, io),
  }),
  backup: command({
    summary: 'an encrypted backup while the server runs, into BACKUP_DIR; those older than seven days are removed',
    usage: '[--verify [FILE] --identity FILE [--key OLD_KEY]]',
    details: [
      '  Encrypted to the age recipients in BACKUP_KEYS. Without the master key, which is not in it, nobody reads it either.',
      '  --verify: restores FILE, or the newest, into a temporary place, and opens a sample. Best on another machine.',
      '  --key: the master key that it was made under, if that was changed since.',
    ],
    options: { verify: FLAG, identity: TEXT, key: TEXT },
    names: [0, 1],
    run: async (given, io) => (await import('./backup.ts')).backup(given, io),
  }),
  restore: command({
    summary: 'a backup into an empty place; the ledger is replayed, every mail is held',
    usage: 'FILE.age --identity FILE [--ledger griot-ledger.age] [--key OLD_KEY]',
    details: [
      '  --ledger: only if the ledger of the installation is lost.',
      '  --key: the file of the master key that it was made under, if that was changed since.',
    ],
    options: { identity: TEXT, ledger: TEXT, key: TEXT },
    names: ONE,
    run: async (given, io) => (await import('./restore.ts')).restore(given, io),
  }),
  'key rotate': command({
    summary: 'another master key for the same data, with the server stopped; goes on if it was interrupted',
    details: [
      '  Prints the files of the new and the old key. A key in MASTER_KEY needs the new one in MASTER_KEY_NEW.',
    ],
    run: async (given, io) => (await import('./key.ts')).rotateKey(given, io),
  }),
  'db copy': command({
    summary: 'the whole installation from SQLite to PostgreSQL, or back, and the proof that both hold the same',
    usage: '--to postgres://user@host/name|sqlite',
    details: [
      '  From the database of the settings, with the server stopped. PGPASSWORD gives a password that --to does not show.',
      '  Compares every row, opens every seal, replays the ledger, checks the audit log. Changes nothing in the old one.',
    ],
    options: { to: TEXT },
    run: async (given, io) => (await import('./db-copy.ts')).copyDatabase(given, io),
  }),
  setup: command({
    summary:
      'from nothing to an installation: settings, key, ledger, the first administrator, the first verified address',
    usage: `[--language ${LANGUAGES.join('|')}] [--env FILE] [--operator NAME] [--phone NUMBER] [--url ADDRESS] …`,
    details: [
      `  Asks for everything that is not given. As flags: ${QUESTION_NAMES.map((name) => `--${name}`).join(' ')}`,
      '  Passwords are better given as SMTP_URL and MAIL_IN_URL in the environment: flags can be seen by others on the machine.',
      '  --env: the file of settings that is written, for its owner only. Default: .env',
    ],
    options: {
      language: TEXT,
      env: TEXT,
      ...(Object.fromEntries(QUESTION_NAMES.map((name) => [name, TEXT])) as Record<QuestionName, typeof TEXT>),
    },
    run: async (given, io) => (await import('./setup.ts')).setup(given, io),
  }),
  doctor: command({
    summary: 'what is right with this installation, what is not, and how to mend it; for monitoring with --json',
    usage: '[--json]',
    details: [
      '  Changes nothing, and sends nothing. Ends with 0, with 1 if there is something to do, with 2 if it cannot run.',
    ],
    options: { json: FLAG },
    run: async (given, io) => (await import('./doctor.ts')).doctor(given, io),
  }),
  notices: command({
    summary: 'sends notices to STAFF_EMAIL as a test, and says what the mail server answered',
    usage: '--test [KIND …]',
    details: [
      '  Kinds: channel, mailbox, retention, backup, disk, set-aside, certificate, release-clock. Without one: disk.',
    ],
    options: { test: FLAG },
    names: ANY,
    run: async (given, io) => (await import('./notices.ts')).notices(given, io),
  }),
  'audit verify': command({
    summary: 'is the audit log of the desk what was written?',
    usage: '[--anchor FILE] [--accept WHY]',
    details: [
      '  --anchor FILE: a copy of the anchor file that was kept elsewhere, in place of the one in AUDIT_ANCHOR_FILE',
      '  --accept WHY: a short word of yours, e.g. restored-backup; it is written into the log',
    ],
    options: { anchor: TEXT, accept: TEXT },
    run: async (given, io) => (await import('./audit.ts')).verifyAudit(given, io),
  }),
};
