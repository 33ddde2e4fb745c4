/* global document, window, navigator, PublicKeyCredential, atob, btoa */
// The passkey of a form: asks the browser, and sends its answer as text with the form. The button contains the server's
// request; nothing is fetched.

/** @param {string} text Base64url. */
function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function textOf(buffer) {
  const text = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The server's request, as the button contains it: bytes as base64url.
 * @typedef {{ id: string, type: 'public-key' }} Named
 * @typedef {Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> &
 *   { challenge: string, user: PublicKeyCredentialUserEntityJSON, excludeCredentials: Named[] }} ToMake
 * @typedef {Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> &
 *   { challenge: string, allowCredentials: Named[] }} ToUse
 */

/** @param {Named[]} some */
function withBytes(some) {
  return some.map((one) => ({ ...one, id: bytesOf(one.id) }));
}

/** @param {ToMake} asked */
function make({ challenge, user, excludeCredentials, ...rest }) {
  return navigator.credentials.create({
    publicKey: {
      ...rest,
      challenge: bytesOf(challenge),
      user: { ...user, id: bytesOf(user.id) },
      excludeCredentials: withBytes(excludeCredentials),
    },
  });
}

/** @param {ToUse} asked */
function use({ challenge, allowCredentials, ...rest }) {
  return navigator.credentials.get({
    publicKey: { ...rest, challenge: bytesOf(challenge), allowCredentials: withBytes(allowCredentials) },
  });
}

/** @param {DOMStringMap} button */
function ask({ passkey, options = '' }) {
  /** @type {unknown} */
  const asked = JSON.parse(options);
  return passkey === 'add' ? make(/** @type {ToMake} */ (asked)) : use(/** @type {ToUse} */ (asked));
}

/** @param {Credential | null} given */
function answerOf(given) {
  if (!(given instanceof PublicKeyCredential)) throw new TypeError('The browser gave something else.');
  const { id, response } = given;
  const clientDataJSON = textOf(response.clientDataJSON);
  if (response instanceof window.AuthenticatorAttestationResponse) {
    const transports = 'getTransports' in response ? response.getTransports() : [];
    const attestationObject = textOf(response.attestationObject);
    return JSON.stringify({ id, response: { clientDataJSON, attestationObject, transports } });
  }
  if (!(response instanceof window.AuthenticatorAssertionResponse)) throw new TypeError('Neither made nor used.');
  const authenticatorData = textOf(response.authenticatorData);
  return JSON.stringify({ id, response: { clientDataJSON, authenticatorData, signature: textOf(response.signature) } });
}

/** The passkey replaces the code; every other field must be filled in. */
function isFilledIn(/** @type {HTMLFormElement} */ form) {
  return [...form.querySelectorAll('input')].every((field) => field.name === 'code' || field.reportValidity());
}

const button = document.querySelector('button[data-passkey]');
const form = button?.closest('form');

if (button instanceof HTMLButtonElement && form && 'PublicKeyCredential' in window) {
  const field = form.querySelector('input[name="passkey"]');
  const problem = button.parentElement?.querySelector('.problem');
  for (const one of document.querySelectorAll('.with-passkey')) one.toggleAttribute('hidden', false);
  for (const one of document.querySelectorAll('.without-passkey')) one.toggleAttribute('hidden', true);
  // Enter in the name field: nothing can be sent before the browser has made a passkey.
  if (button.dataset.passkey === 'add') {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      button.click();
    });
  }
  const answer = async () => {
    if (!(field instanceof HTMLInputElement) || !isFilledIn(form)) return;
    problem?.toggleAttribute('hidden', true);
    button.disabled = true;
    try {
      field.value = answerOf(await ask(button.dataset));
      form.submit();
    } catch {
      // Stopped, not there, too late: browsers do not say which.
      if (problem) problem.textContent = button.dataset.failed ?? '';
      problem?.toggleAttribute('hidden', false);
      button.disabled = false;
    }
  };
  button.addEventListener('click', () => void answer());
}
