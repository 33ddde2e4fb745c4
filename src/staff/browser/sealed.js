/* global document, isSecureContext, addEventListener, crypto, URL, Blob, setTimeout, clearTimeout, TextEncoder, atob, btoa */
// Opens a case that is sealed to the keys of staff, in this page only: the secret key is read from a file or a field, kept in
// memory, and sent nowhere. The page has everything that it needs, also without a network.

import { Decrypter, identityToRecipient } from 'age-encryption';
import { OVERRIDES } from '../../overrides.ts';
import { openedCase, transcriptText } from '../sealed/opened-case.ts';

/**
 * @typedef {import('../../store/sealed/sealed-case.ts').SealedContribution} Sealed
 * @typedef {import('../sealed/opened-case.ts').OpenedCase} Opened
 * @typedef {{ contribution: string, dataKey: Uint8Array<ArrayBuffer>, opened: Opened }} Found
 */

/** Milliseconds without a sign of anybody, after which the words are taken from the page. */
const QUIET_MS = 20 * 60_000;
/** Of a sealed value: version, nonce, tag, ciphertext (src/vault/seal.ts). */
const [VERSION, NONCE, TAG] = [1, 12, 16];

/** @param {string} id */
const by = (id) => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}.`);
  return found;
};

const words = by('sealed').dataset;
const said = by('sealed-said');
const form = /** @type {HTMLFormElement} */ (by('sealed-form'));
const file = /** @type {HTMLInputElement} */ (by('key-file'));
const pasted = /** @type {HTMLInputElement} */ (by('key-text'));
const shown = by('sealed-opened');
/** @type {unknown} */
const given = JSON.parse(words.cases ?? '[]');
const sealed = /** @type {readonly Sealed[]} */ (given);

/** @param {string} text @param {'problem' | 'note'} kind */
function say(text, kind) {
  said.className = kind;
  said.textContent = text;
  said.hidden = text === '';
}

/** A problem whose words are on the page. */
class Told extends Error {}

/** @param {string} given */
function identitiesIn(given) {
  const lines = given.split(/\s+/u).filter((one) => one !== '');
  const secret = lines.filter((one) => /^AGE-SECRET-KEY-/iu.test(one)).map((one) => one.toUpperCase());
  if (secret.length > 0) return secret;
  if (/age-encryption\.org|BEGIN AGE ENCRYPTED/u.test(given)) throw new Told(words.locked);
  throw new Told(
    lines.some((one) => one.startsWith('age1')) ? words.public : lines.length === 0 ? words.none : words.noKey,
  );
}

/** @param {string} text */
function bytesOf(text) {
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
}

/** @param {Sealed} one @param {string[]} identities */
async function open(one, identities) {
  const decrypter = new Decrypter();
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
  } catch {
    throw new Told(words.noKey);
  }
  /** @type {Uint8Array<ArrayBuffer>} */
  let dataKey;
  try {
    dataKey = new Uint8Array(await decrypter.decrypt(bytesOf(one.age)));
  } catch {
    const yours = await Promise.all(identities.map((identity) => identityToRecipient(identity)));
    const short = (/** @type {readonly string[]} */ keys) => keys.map((key) => `…${key.slice(-8)}`).join(', ');
    throw new Told((words.other ?? '').replace('{{keys}}', short(one.recipients)).replace('{{yours}}', short(yours)));
  }
  const key = await crypto.subtle.importKey('raw', dataKey, 'AES-GCM', false, ['decrypt']);
  const cells = [];
  for (const { sealed: value, ...cell } of one.cells) {
    const plain = await openCell(key, one.contribution, cell, bytesOf(value));
    cells.push({ ...cell, plain });
  }
  return { contribution: one.contribution, dataKey, opened: openedCase(cells) };
}

/**
 * @param {CryptoKey} key
 * @param {string} owner
 * @param {{ table: string, column: string, row: string }} place
 * @param {Uint8Array<ArrayBuffer>} value
 */
async function openCell(key, owner, { table, column, row }, value) {
  const additionalData = new TextEncoder().encode(JSON.stringify([VERSION, table, column, owner, row]));
  const iv = value.subarray(1, 1 + NONCE);
  const [tag, body] = [value.subarray(1 + NONCE, 1 + NONCE + TAG), value.subarray(1 + NONCE + TAG)];
  const joined = new Uint8Array(body.length + TAG);
  joined.set(body);
  joined.set(tag, body.length);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, joined));
  } catch {
    throw new Told(words.damaged);
  }
}

/**
 * @param {string} name
 * @param {string | null} text
 * @param {Readonly<Record<string, string>>} [attributes]
 * @param {readonly Node[]} [inside]
 */
function make(name, text, attributes = {}, inside = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== null) made.textContent = text.replace(OVERRIDES, '');
  made.append(...inside);
  return made;
}

/** Of what was made for downloads; let go with the words. */
/** @type {string[]} */
let addresses = [];

/** @param {string} name @param {BlobPart} content */
function download(name, content) {
  const href = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  addresses.push(href);
  const shownName = make('bdi', name);
  return make('li', null, {}, [make('a', null, { href, download: name.replaceAll('/', '-') }, [shownName])]);
}

const HEADINGS = /** @type {Readonly<Record<string, string>>} */ ({
  title: 'h3',
  heading1: 'h4',
  heading2: 'h5',
  heading3: 'h6',
});
const WHO = /** @type {Readonly<Record<string, string | undefined>>} */ ({
  person: words.person,
  bot: words.bot,
  staff: words.staff,
});

/** @param {Opened} opened @param {string} number */
function show({ blocks, language, transcript, files, everything }, number) {
  const text = blocks.map(({ kind, text: one }) => make(HEADINGS[kind] ?? 'p', one, { class: 'words', dir: 'auto' }));
  const lines = transcript.map(({ at, from, text: one }) =>
    make('li', null, { class: from }, [
      make('p', `${at.slice(0, 10)} ${at.slice(11, 16)} UTC · ${WHO[from] ?? from}`, { class: 'quiet' }),
      make('p', one, { class: 'said', dir: 'auto' }),
    ]),
  );
  shown.append(
    make('h2', `${words.text ?? ''}${number}`),
    make('article', null, { class: 'sheet', ...(language !== null && { lang: language }) }, text),
    make('h2', `${words.files ?? ''}${number}`),
    make('ul', null, { class: 'links' }, [
      ...files.map(({ name, bytes }) => download(name, bytes)),
      download('transcript.txt', transcriptText(transcript)),
      download('everything.json', everything),
    ]),
    make('h2', `${words.transcript ?? ''}${number}`),
    make('ol', null, { class: 'transcript opened-lines' }, lines),
  );
}

/** @type {readonly Found[]} */
let found = [];
/** The keys of the words go to the server with this form, and only if somebody sends it. */
const again = document.getElementById('open-again');

function forget() {
  for (const one of found) one.dataKey.fill(0);
  found = [];
  for (const one of addresses) URL.revokeObjectURL(one);
  addresses = [];
  shown.replaceChildren();
  by('sealed-after').hidden = true;
  form.hidden = false;
  form.reset();
  again?.querySelector('input[name="keys"]')?.setAttribute('value', '');
}

/** @param {SubmitEvent} event */
async function tryKey(event) {
  event.preventDefault();
  say(words.opening ?? '', 'note');
  try {
    const chosen = file.files?.item(0) ?? null;
    const identities = identitiesIn(`${pasted.value}\n${chosen === null ? '' : await chosen.text()}`);
    /** @type {Found[]} */
    const all = [];
    for (const one of sealed) all.push(await open(one, identities));
    found = all;
    form.reset();
    form.hidden = true;
    by('sealed-ready').hidden = true;
    for (const [index, { opened }] of all.entries()) show(opened, all.length === 1 ? '' : ` (${index + 1})`);
    by('sealed-after').hidden = false;
    say(words.done ?? '', 'note');
    said.focus();
  } catch (error) {
    say(error instanceof Told ? error.message : `${words.damaged ?? ''} (${String(error)})`, 'problem');
    said.focus();
  }
}

again?.addEventListener('submit', () => {
  const keys = found.map(({ contribution, dataKey }) => [contribution, btoa(String.fromCharCode(...dataKey))]);
  const hidden = again.querySelector('input[name="keys"]');
  if (hidden !== null) hidden.setAttribute('value', JSON.stringify(Object.fromEntries(keys)));
});

if (!isSecureContext) say(words.insecure ?? '', 'problem');
else {
  form.hidden = false;
  by('sealed-ready').hidden = false;
  form.addEventListener('submit', (event) => void tryKey(event));
  const close = () => {
    const wasOpen = found.length > 0;
    forget();
    if (wasOpen) say(words.closed ?? '', 'note');
  };
  by('sealed-close').addEventListener('click', () => {
    close();
    said.focus();
  });
  addEventListener('pagehide', forget);
  let quiet = setTimeout(close, QUIET_MS);
  for (const sign of ['pointerdown', 'keydown', 'scroll'])
    addEventListener(
      sign,
      () => {
        clearTimeout(quiet);
        quiet = setTimeout(close, QUIET_MS);
      },
      { passive: true },
    );
}
