/* global document, location, history, sessionStorage, window, fetch, Event, setInterval, DOMParser, EventSource, FormData, URLSearchParams, matchMedia */
// Improves the page if the browser supports it. Without this file everything still works.

const page = document.documentElement;

/** Leaving comes first: this page is replaced at once, and the server clears its data afterwards. */
const leave = /** @type {HTMLFormElement} */ (document.getElementById('leave'));
leave.addEventListener('submit', (event) => {
  event.preventDefault();
  page.hidden = true;
  sessionStorage.clear();
  fetch('/leave', { method: 'POST', keepalive: true }).catch(() => undefined);
  location.replace(leave.dataset.to ?? '/');
});

// A page from the browser's cache may be old, and another person may see it.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

// The list of an organiser's texts is hidden on time, also if this browser had put its tab to sleep.
const cases = document.getElementById('cases');
if (cases !== null) {
  const until = Date.now() + Number(cases.dataset.seconds) * 1000;
  const hide = () => {
    if (Date.now() < until) return;
    page.hidden = true;
    location.replace('/cases');
  };
  setInterval(hide, 5_000);
  document.addEventListener('visibilitychange', hide);
}

const say = /** @type {HTMLFormElement | null} */ (document.getElementById('say'));
if (say !== null) chat(say);

/** @param {HTMLFormElement} form */
function chat(form) {
  const header = /** @type {HTMLElement} */ (document.querySelector('header'));
  const log = /** @type {HTMLElement} */ (document.getElementById('log'));
  const text = /** @type {HTMLTextAreaElement} */ (document.getElementById('text'));
  const status = /** @type {HTMLElement} */ (document.getElementById('status'));
  const keys = /** @type {HTMLElement} */ (document.getElementById('keys'));
  const quiet = /** @type {HTMLElement} */ (document.getElementById('quiet'));
  const formId = /** @type {HTMLInputElement} */ (form.elements.namedItem('id'));
  let sending = false;
  let sendings = 0;
  let missed = false;
  let lastSign = Date.now();
  /** The draft at the time when the lines were hidden. */
  let unsent = '';

  if (location.search !== '') history.replaceState(null, '', '/');
  const answer = document.getElementById('answer');
  // At once: whoever looks on must not see the whole story pass by.
  if (answer !== null && log.querySelector('.you') !== null) show(answer, 'instant');

  form.addEventListener('submit', (event) => {
    // A link, or another language: the whole page is loaded, with the draft.
    if (event.submitter?.matches('[name=go], #languages *') === true) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    if (!sending) void send(button);
  });

  // A touch on the button would close a phone's keyboard.
  const sendButton = /** @type {HTMLButtonElement} */ (form.querySelector('button.send'));
  sendButton.addEventListener('mousedown', (event) => {
    if (document.activeElement === text) event.preventDefault();
  });

  /** @param {HTMLButtonElement | null} button */
  async function send(button) {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
    if (button !== null && button.name !== '') fields.append(button.name, button.value);
    else if (text.value.trim() === '') return;
    const takesText = button === null || button.name === '' || /^(next|pause)\|/.test(button.value);
    const typed = text.value;
    fields.append('after', lastId());
    sending = true;
    sendings += 1;
    form.setAttribute('aria-busy', 'true');
    status.textContent = status.dataset.sending ?? '';
    try {
      const answer = await fetch('/say', { method: 'POST', body: fields, headers: { 'x-part': 'lines' } });
      const part = parse(await answer.text());
      status.textContent = '';
      if (answer.headers.get('x-part') === 'page') {
        document.body.replaceWith(part.body);
        document.getElementById('main')?.focus();
        window.scrollTo(0, 0);
        return;
      }
      if (answer.ok) {
        if (takesText && text.value === typed) text.value = '';
        fit();
        quiet.hidden = true;
        add(part);
        // Only now: while a message may not have arrived, another try must send the same form.
        formId.value = part.body.dataset.id ?? formId.value;
      } else {
        status.textContent = part.querySelector('.message')?.textContent ?? '';
      }
    } catch {
      // The form keeps its id, so that another try cannot send the message twice.
      status.textContent = status.dataset.offline ?? '';
    } finally {
      sending = false;
      form.removeAttribute('aria-busy');
      if (missed) void look();
    }
  }

  // A recording was sent (voice.js): the answer is drawn like any other.
  form.addEventListener('answered', (event) => {
    const part = parse(/** @type {CustomEvent<string>} */ (event).detail);
    sendings += 1;
    add(part);
    formId.value = part.body.dataset.id ?? formId.value;
  });

  /** Fetches the new lines that the server has announced. */
  async function look() {
    missed = sending;
    if (sending) return;
    const before = sendings;
    const answer = await fetch('/lines?after=' + encodeURIComponent(lastId())).catch(() => null);
    if (answer?.headers.get('x-part') !== 'lines') return;
    const part = parse(await answer.text());
    // Something was sent meanwhile: this response is older than the page, and its buttons belong to an answered
    // question.
    if (before !== sendings) {
      void look();
      return;
    }
    const isWriting = document.activeElement === text && text.value !== '';
    const at = text.getBoundingClientRect().top;
    add(part, !isWriting);
    // The field must not move while the person types.
    if (isWriting) window.scrollBy(0, text.getBoundingClientRect().top - at);
  }

  /** @param {Document} part @param {boolean} shows */
  function add(part, shows = true) {
    if (part.documentElement.lang !== page.lang) {
      location.replace('/');
      return;
    }
    const state = part.getElementById('log')?.dataset ?? {};
    log.dataset.quiet = state.quiet ?? log.dataset.quiet;
    log.dataset.locked = state.locked ?? log.dataset.locked;
    /** @type {HTMLElement | null} */
    let first = null;
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll('.line'))) {
      if (document.querySelector(`[data-id="${line.dataset.id ?? ''}"]`) !== null) continue;
      if (line.matches('.ack')) dropAcknowledgements();
      line.removeAttribute('id');
      log.append(line);
      if (first === null && !line.matches('.you')) first = line;
    }
    for (const id of ['choices', 'commands', 'papers']) {
      const fresh = part.getElementById(id);
      const old = document.getElementById(id);
      // Equal elements stay, so that the keyboard focus is kept.
      if (fresh !== null && old?.isEqualNode(fresh) === false) old.replaceWith(fresh);
    }
    if (log.querySelector('.you') !== null) document.getElementById('languages')?.remove();
    giveBack();
    if (first === null || !shows) return;
    if (document.activeElement === null || document.activeElement === document.body) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
    // "Saved." refers to the line above it.
    const said = /** @type {HTMLElement | null} */ (first.previousElementSibling);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    show(first.matches('.ack') && said !== null ? said : first, calm ? 'instant' : 'smooth');
  }

  /**
   * Down to the end of the form, but never past the first new line.
   * @param {HTMLElement} first @param {ScrollBehavior} behavior
   */
  function show(first, behavior) {
    const above = first.getBoundingClientRect().top - header.offsetHeight - 12;
    const below = form.getBoundingClientRect().bottom - (window.visualViewport?.height ?? window.innerHeight);
    window.scrollBy({ top: Math.min(above, Math.max(below, 0)), behavior });
  }

  /** Keeps only the last "Saved." of a row. */
  function dropAcknowledgements() {
    for (let line = log.lastElementChild; line !== null && !line.matches('.bot');) {
      const before = line.previousElementSibling;
      if (line.matches('.ack')) line.remove();
      line = before;
    }
  }

  function lastId() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (log.querySelectorAll('.line'))].at(-1)?.dataset.id ?? '';
  }

  // With a real keyboard Enter sends; on a phone it remains the only way to begin a new line.
  const hasKeyboard = matchMedia('(hover: hover) and (pointer: fine)').matches;
  keys.hidden = !hasKeyboard;
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || (hasKeyboard && !event.shiftKey)) {
      event.preventDefault();
      if (!sending) void send(null);
    }
  });

  function fit() {
    text.style.height = '';
    if (text.scrollHeight > text.clientHeight)
      text.style.height = `${Math.min(text.scrollHeight + 4, window.innerHeight / 2)}px`;
  }
  text.addEventListener('input', fit);

  // A reloaded page restores the draft (typed.js).
  form.addEventListener('typed', (event) => {
    unsent = /** @type {CustomEvent<string>} */ (event).detail;
    text.value = '';
    giveBack();
  });

  // After a quiet time the lines are hidden: another person may hold the phone.
  for (const sign of ['keydown', 'pointerdown', 'submit']) {
    document.addEventListener(sign, () => (lastSign = Date.now()));
  }
  function hideWhenQuiet() {
    const isQuiet = Date.now() - lastSign >= Number(log.dataset.quiet) * 60_000;
    if (!isQuiet || (log.childElementCount === 0 && text.value === '')) return;
    log.replaceChildren();
    document.getElementById('choices')?.replaceChildren();
    unsent = [unsent, text.value].filter((one) => one.trim() !== '').join('\n');
    text.value = '';
    fit();
    quiet.hidden = false;
    quiet.scrollIntoView({ block: 'center' });
  }
  setInterval(hideWhenQuiet, 20_000);
  document.addEventListener('visibilitychange', hideWhenQuiet);

  /** Restores the draft once no passphrase is asked for. Text that is being typed stays. */
  function giveBack() {
    if (unsent === '' || log.dataset.locked === 'yes' || text.value !== '' || !quiet.hidden) return;
    text.value = unsent;
    unsent = '';
    text.dispatchEvent(new Event('input'));
  }

  // Continues without loading a page, so that the draft is not lost; if that fails, the page is opened again.
  quiet.querySelector('a')?.addEventListener('click', (event) => {
    if (unsent === '') return;
    event.preventDefault();
    void goOn();
  });
  async function goOn() {
    const answer = await fetch('/', { headers: { 'x-part': 'whole' } }).catch(() => null);
    if (answer?.ok !== true) {
      status.textContent = status.dataset.offline ?? '';
      return;
    }
    const part = parse(await answer.text());
    const id = /** @type {HTMLInputElement | null} */ (part.querySelector('#say input[name=id]'))?.value;
    if (id === undefined) {
      location.replace('/');
      return;
    }
    quiet.hidden = true;
    lastSign = Date.now();
    formId.value = id;
    add(part);
  }

  if ('EventSource' in window) {
    const live = new EventSource('/live');
    let lost = false;
    live.addEventListener('new', () => void look());
    live.addEventListener('error', () => (lost = true));
    live.addEventListener('open', () => {
      if (lost) void look();
      lost = false;
    });
  }
}

/** Parses a separate document: nothing in it runs or loads. @param {string} source */
function parse(source) {
  return new DOMParser().parseFromString(source, 'text/html');
}
