/* global document, window, sessionStorage, crypto, atob, CustomEvent, TextEncoder, TextDecoder */
// Restores the draft on a reloaded page. Meanwhile it is in the browser's storage, sealed with a key that only pages of
// this web session get: nobody can read it later. If a browser cannot seal, nothing is stored.

const NAME = 'typed';
const form = /** @type {HTMLFormElement | null} */ (document.getElementById('say'));
const given = form?.dataset.key ?? '';
if (form !== null && given !== '' && window.isSecureContext) void keepTyped(form, given);

/** @param {HTMLFormElement} form @param {string} given */
async function keepTyped(form, given) {
  const text = /** @type {HTMLTextAreaElement} */ (document.getElementById('text'));
  const { subtle } = crypto;
  const bytes = Uint8Array.from(atob(given), (sign) => sign.charCodeAt(0));
  let isLeaving = false;
  /** The plain text of `sealed`. */
  let typed = '';
  /** @type {Uint8Array} */
  let sealed = new Uint8Array();

  document.getElementById('leave')?.addEventListener('submit', () => (isLeaving = true));
  window.addEventListener('pagehide', () => {
    if (isLeaving) return;
    // An empty field also counts: the server's draft is then older.
    if (text.value === '') sessionStorage.setItem(NAME, '');
    else if (text.value === typed) sessionStorage.setItem(NAME, sealed.join());
  });

  const kept = sessionStorage.getItem(NAME);
  sessionStorage.removeItem(NAME);
  if (kept === '') text.value = '';
  const key = await subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);

  async function seal() {
    const now = text.value;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const made = await subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(now));
    if (text.value !== now) return;
    typed = now;
    sealed = new Uint8Array([...iv, ...new Uint8Array(made)]);
  }
  text.addEventListener('input', () => void seal());

  const found = new Uint8Array((kept ?? '').split(',').map(Number));
  const open = { name: 'AES-GCM', iv: found.slice(0, 12) };
  const plain = kept === null || kept === '' ? null : subtle.decrypt(open, key, found.slice(12));
  const before = await plain?.catch(() => null);
  if (before instanceof ArrayBuffer) {
    form.dispatchEvent(new CustomEvent('typed', { detail: new TextDecoder().decode(before) }));
  }
  if (text.value !== '') await seal();
}
