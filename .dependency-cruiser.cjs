// Who may import whom: the rooms of src/, one rule for each. Run by `npm run check:layers`; CONTRIBUTING.md has the picture.
// A rule that stops you is a question about the design, not about this file: see docs/decisions/ before changing it.

/** What a room may import of our own files; libraries and Node's modules have rules of their own below. */
const room = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...to] },
});

/** A library, or a module of Node, that is known in one room only. */
const library = (name, module, home) => ({
  name,
  comment: `Only ${home} knows this library; others are handed what they need.`,
  severity: 'error',
  from: { path: '^src/', pathNot: home },
  to: { path: module },
});

const PORT = '^src/channels/channel\\.ts$';
/** What a channel asks the store to keep, in the shape in which it asks. */
const KEPT = '^src/channels/web-chat/kept-sessions\\.ts$';
/** Counting words, digits, codes that are written down, and marks of direction: pure, and known to all. */
const WORDS = '^src/(words|crockford|digits|overrides)\\.ts$';
const DEADLINES = '^src/deadlines\\.ts$';
const APART = '^src/apart\\.ts$';
const EVENT_LOOP = '^src/event-loop\\.ts$';
const READ_UP_TO = '^src/read-up-to\\.ts$';
/** The one loop, and the one lease. */
const WORKER = '^src/(worker|lease)\\.ts$';
const LANGUAGES = '^src/languages\\.ts$';
/** The dialog and the calls as data. What loads calls and keeps their revisions is not pure and stands beside them. */
const DIALOG = '^src/(dialog/|calls/(?!load-calls|call-registry)|languages\\.ts)';
const TEXTS = '^src/texts/';
/** What every part that answers HTTP uses. */
const TOOLKIT = '^src/web/toolkit/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or share a third. Types count too.',
      severity: 'error',
      from: { path: '^(src|test|tools)/' },
      to: { circular: true },
    },
    {
      name: 'no-unused-files',
      comment: 'Reached neither from main.ts nor from a command: dead. Take it out.',
      severity: 'error',
      from: { path: '^src/(main|cli/griot|submission/document-worker)\\.ts$' },
      // Where reading begins; what is sent to browsers as it is; types only.
      to: {
        path: '^src/',
        pathNot: [
          '^src/(main|cli/griot)\\.ts$',
          '^src/(channels/web-chat|staff)/browser/',
          // Started as Workers, by their address.
          '^src/(channels/media/docx-worker|mail/inbound/mail-worker|submission/document-worker)\\.ts$',
          '\\.d\\.ts$',
        ],
        reachable: false,
      },
    },
    {
      name: 'no-unresolved',
      comment: 'Nothing stands there.',
      severity: 'error',
      from: { path: '^(src|test|tools)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-test-in-src',
      comment: 'The program runs without its tests and the tools of its developers.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|tools)/' },
    },
    {
      name: 'no-dev-dependency-in-src',
      comment: 'Not there after `npm ci --omit=dev`.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-package',
      comment: 'package.json does not name it, so nothing says that it stays.',
      severity: 'error',
      from: { path: '^(src|test|tools)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'deprecated'] },
    },
    {
      name: 'no-anonymous-names',
      comment: 'A file is named after what it holds. No barrels, no drawers for everything.',
      severity: 'error',
      from: {},
      to: {
        path: '/(index|utils|util|helpers|helper|manager|service|common|misc)\\.ts$',
        pathNot: 'node_modules',
      },
    },

    room(
      'main-opens-the-app',
      '^src/main\\.ts$',
      ['^src/(app|config/config|end-with-npm|explain-error|log|mail/safe-error)\\.ts$'],
      'The newcomer’s first file stays short.',
    ),
    {
      name: 'app-is-the-root',
      comment: 'What needs the app is the app: only main, the commands and tests open it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main\\.ts$|cli/)' },
      to: { path: '^src/(app\\.ts$|main\\.ts$|cli/)' },
    },
    {
      name: 'parts-of-the-app',
      comment: 'Where its parts are put together; the rooms know nothing of it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(app\\.ts$|app/|cli/)' },
      to: { path: '^src/app/' },
    },
    {
      name: 'environment-is-read-once',
      comment: 'Rooms are handed values, not the configuration.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(main|app)\\.ts$|^src/(app|cli|config)/',
      },
      to: { path: '^src/config/' },
    },
    {
      name: 'words-is-a-leaf',
      comment: 'Counting words is pure, and so are codes.',
      severity: 'error',
      from: { path: WORDS },
      to: { path: '.', pathNot: '^src/digits\\.ts$' },
    },
    {
      name: 'dialog-is-pure',
      comment: 'No I/O, no clock, no randomness, no channel, no texts: zod, words and itself (docs/decisions/0004).',
      severity: 'error',
      from: { path: DIALOG },
      to: { path: '.', pathNot: [DIALOG, WORDS, '(^|/)node_modules/zod/'] },
    },
    room(
      'conversation',
      '^src/conversation/',
      [
        DIALOG,
        WORDS,
        '^src/submission/',
        '^src/store/',
        '^src/vault/',
        '^src/channels/(channel|render)\\.ts$',
        TEXTS,
        '^src/calls/',
        WORKER,
        DEADLINES,
      ],
      'It knows the port of the channels and nothing of how mail leaves; what writes the mail is handed in.',
    ),
    room(
      'channels',
      '^src/channels/',
      [APART, DIALOG, WORDS, TEXTS, TOOLKIT, DEADLINES, EVENT_LOOP, READ_UP_TO],
      'What a channel must keep comes to it as a port.',
    ),
    {
      name: 'channels-know-types-only',
      comment: 'A channel carries what the dialog says; it decides nothing.',
      severity: 'error',
      from: { path: '^src/channels/' },
      to: { path: DIALOG, pathNot: LANGUAGES, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'channels-do-not-meet',
      comment: 'One channel knows nothing of another.',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      // A reader of files that people send is no channel.
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/($1|media)/' },
    },
    room(
      'submission',
      '^src/submission/',
      [APART, DIALOG, WORDS, TEXTS],
      'From what was said to the files; it knows neither mail nor database.',
    ),
    room(
      'mail',
      '^src/mail/',
      [APART, DIALOG, TEXTS, DEADLINES, WORKER, '^src/submission/', '^src/store/', '^src/vault/'],
      'Outcomes go back as events in the inbox.',
    ),
    room(
      'voice',
      '^src/voice/',
      [DIALOG, DEADLINES, READ_UP_TO, WORKER, '^src/store/'],
      'What was said goes back to its speaker as an event in the inbox.',
    ),
    {
      name: 'voice-knows-types-only',
      comment: 'Whose words they are, and what becomes of them, is for the dialog to say.',
      severity: 'error',
      from: { path: '^src/voice/' },
      to: { path: [DIALOG, '^src/store/'], pathNot: LANGUAGES, dependencyTypesNot: ['type-only'] },
    },
    room(
      'store',
      '^src/store/',
      [DIALOG, DEADLINES, EVENT_LOOP, WORKER, '^src/vault/', PORT, KEPT],
      'Rows in, rows out; it knows the shapes of others, not their work.',
    ),
    {
      name: 'store-knows-types-only',
      comment: 'The store keeps what the dialog says; it does not run it.',
      severity: 'error',
      from: { path: '^src/store/' },
      to: {
        path: [DIALOG, PORT, KEPT],
        pathNot: '^src/(languages|dialog/engine/session)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    room('vault', '^src/vault/', [], 'Keys know nothing of what they lock.'),
    room(
      'staff',
      '^src/staff/',
      [DIALOG, '^src/store/', '^src/submission/', '^src/mail/', '^src/vault/', WORDS, TOOLKIT, TEXTS, DEADLINES],
      'The desk reads what is kept and says what staff decided; it knows neither conversation nor channels.',
    ),
    {
      name: 'staff-knows-types-only',
      comment:
        'What staff decide goes to the engine as an event. It reads calls and sessions, and offers what is a closed list there.',
      severity: 'error',
      from: { path: '^src/staff/' },
      to: {
        path: DIALOG,
        pathNot: '^src/(languages|calls/(call|instant|publication|stated)|dialog/engine/(draft|event|session))\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    room(
      'web',
      '^src/web/[^/]+$',
      ['^src/channels/web-chat/', TOOLKIT],
      'Rooms are handed to the server; it opens none itself.',
    ),
    room(
      'web-toolkit',
      TOOLKIT,
      [LANGUAGES, WORDS],
      'Forms, assets, pages and event streams; it knows none of those who use it.',
    ),
    room(
      'text-files',
      '^src/(calls/load-calls|texts/)',
      [DIALOG, WORDS, '^src/calls/load-calls-'],
      'They read files and check them; nothing else.',
    ),
    room(
      'open-store',
      '^src/app/open-store\\.ts$',
      ['^src/config/config\\.ts$', DEADLINES, '^src/(store|vault)/'],
      'The key and the store, from a configuration.',
    ),
    room('config', '^src/config/', [LANGUAGES], 'Read before anything else.'),
    room(
      'leaves',
      '^src/(apart|counted|deadlines|end-with-npm|event-loop|log|read-up-to|reference|worker)\\.ts$',
      [],
      'They stand alone.',
    ),

    library('whatsapp-only', '(^|/)node_modules/(@whiskeysockets/baileys|baileys)/', '^src/channels/whatsapp/'),
    library(
      'teams-only',
      '(^|/)node_modules/(jose|botbuilder|botframework-[^/]+|@microsoft/[^/]+)/',
      '^src/channels/teams/',
    ),
    library('database-only', '(^|/)node_modules/(kysely|pg)/|^(node:)?sqlite$', '^src/store/'),
    library('passkeys-only', '(^|/)node_modules/@simplewebauthn/', '^src/staff/passkey/'),
    library('mail-only', '(^|/)node_modules/(nodemailer|postal-mime|imapflow)/', '^src/mail/'),
    library(
      'documents-only',
      '(^|/)node_modules/(docx|pdfkit|harfbuzzjs|bidi-js|linebreak|woff2-encoder)/',
      '^src/submission/',
    ),
    library('http-only', '(^|/)node_modules/(hono|@hono/[^/]+)/', '^src/(web|channels|staff)/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fixtures/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
