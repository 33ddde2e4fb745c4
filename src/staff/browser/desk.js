/* global document, window, addEventListener, setInterval, clearInterval, EventSource */
// Announces that the queue has changed, and on the page of a case who else reads it. The list itself never changes while somebody reads it: an existing line shows
// the notice, and the reader reloads the list.

const news = document.getElementById('news');
/** On the page of a case: who else has it open. */
const readers = document.getElementById('readers');
/** An abandoned open page must not keep its person signed in. */
const QUIET_MS = 20 * 60_000;

const listening = news ?? readers;

if (listening !== null && 'EventSource' in window) {
  const live = new EventSource(listening.dataset.live ?? '');
  let lastSign = Date.now();
  for (const sign of ['pointerdown', 'keydown', 'scroll']) {
    addEventListener(sign, () => (lastSign = Date.now()), { passive: true });
  }
  live.addEventListener('changed', () => {
    if (news === null || news.classList.contains('fresh')) return;
    news.classList.add('fresh');
    news.prepend(`${news.dataset.changed ?? ''} `);
  });
  live.addEventListener('readers', ({ data }) => {
    if (readers !== null && readers.textContent !== data) readers.textContent = String(data);
  });
  const quiet = setInterval(() => {
    if (Date.now() - lastSign < QUIET_MS) return;
    live.close();
    clearInterval(quiet);
  }, 30_000);
}
