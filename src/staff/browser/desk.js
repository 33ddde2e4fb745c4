/* global document, window, addEventListener, setInterval, clearInterval, EventSource */
// Announces that the queue has changed. The list itself never changes while somebody reads it: an existing line shows
// the notice, and the reader reloads the list.

const news = document.getElementById('news');
/** An abandoned open page must not keep its person signed in. */
const QUIET_MS = 20 * 60_000;

if (news !== null && 'EventSource' in window) {
  const live = new EventSource(news.dataset.live ?? '');
  let lastSign = Date.now();
  for (const sign of ['pointerdown', 'keydown', 'scroll']) {
    addEventListener(sign, () => (lastSign = Date.now()), { passive: true });
  }
  live.addEventListener('changed', () => {
    if (news.classList.contains('fresh')) return;
    news.classList.add('fresh');
    news.prepend(`${news.dataset.changed ?? ''} `);
  });
  const quiet = setInterval(() => {
    if (Date.now() - lastSign < QUIET_MS) return;
    live.close();
    clearInterval(quiet);
  }, 30_000);
}
