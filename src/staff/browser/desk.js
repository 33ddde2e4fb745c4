/* global document, window, addEventListener, setInterval, clearInterval, EventSource */
// The queue says by itself that something has changed. It never changes under the reader's hands: a line that was there
// all along says so, and showing the list anew stays the reader's to do.

const news = document.getElementById('news');
/** Who has left the page open and gone does not stay signed in because of it. */
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
