/* global document, navigator, window, MediaRecorder, Blob, FormData, CustomEvent, fetch, setInterval, clearInterval, DOMParser */
// Records in the page if the browser can; else the form still sends a file.

const speak = /** @type {HTMLFormElement | null} */ (document.getElementById('speak'));
if (speak !== null) voice(speak);

/** @param {HTMLFormElement} form */
function voice(form) {
  const recorderLine = /** @type {HTMLElement} */ (document.getElementById('recorder'));
  const fileLine = /** @type {HTMLElement} */ (document.getElementById('file'));
  const file = /** @type {HTMLInputElement} */ (document.getElementById('sound'));
  const record = /** @type {HTMLButtonElement} */ (document.getElementById('record'));
  const stop = /** @type {HTMLButtonElement} */ (document.getElementById('stop'));
  const discard = /** @type {HTMLButtonElement} */ (document.getElementById('discard'));
  const time = /** @type {HTMLElement} */ (document.getElementById('time'));
  const status = /** @type {HTMLElement} */ (document.getElementById('heard'));
  const formId = /** @type {HTMLInputElement} */ (form.elements.namedItem('id'));
  const mostSeconds = Number(form.dataset.seconds);
  /** A recording that could not be sent: it is sent again unchanged. @type {Blob | null} */
  let unsent = null;

  const canRecord = 'MediaRecorder' in window && 'mediaDevices' in navigator;
  recorderLine.hidden = !canRecord;
  fileLine.hidden = canRecord;

  /** @param {boolean} isRecording */
  function show(isRecording) {
    record.hidden = isRecording;
    stop.hidden = !isRecording;
    discard.hidden = !isRecording && unsent === null;
  }

  record.addEventListener('click', () => void (unsent === null ? start() : send(unsent)));
  discard.addEventListener('click', () => {
    unsent = null;
    status.textContent = '';
    time.textContent = '';
    show(false);
  });

  async function start() {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (stream === null) {
      // No microphone, or no permission: a file can still be sent.
      status.textContent = status.dataset.refused ?? '';
      recorderLine.hidden = true;
      fileLine.hidden = false;
      return;
    }
    const type = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'].find((one) =>
      MediaRecorder.isTypeSupported(one),
    );
    const recorder = new MediaRecorder(stream, {
      audioBitsPerSecond: 32_000,
      ...(type === undefined ? {} : { mimeType: type }),
    });
    /** @type {Blob[]} */
    const pieces = [];
    let keeps = true;
    const begun = Date.now();
    const clock = setInterval(() => {
      const seconds = Math.floor((Date.now() - begun) / 1000);
      time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
      if (seconds >= mostSeconds) end(true);
    }, 500);
    /** @param {boolean} keep */
    const end = (keep) => {
      keeps = keep;
      if (recorder.state !== 'inactive') recorder.stop();
    };
    const onStop = () => end(true);
    const onDiscard = () => end(false);
    stop.addEventListener('click', onStop);
    discard.addEventListener('click', onDiscard);
    recorder.addEventListener('dataavailable', ({ data }) => void pieces.push(data));
    recorder.addEventListener('stop', () => {
      clearInterval(clock);
      stop.removeEventListener('click', onStop);
      discard.removeEventListener('click', onDiscard);
      for (const track of stream.getTracks()) track.stop();
      show(false);
      status.textContent = '';
      if (keeps) void send(new Blob(pieces, { type: recorder.mimeType }));
    });
    recorder.start();
    status.textContent = status.dataset.recording ?? '';
    show(true);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const chosen = file.files?.[0];
    if (chosen !== undefined) void send(chosen);
  });

  /** @param {Blob} sound */
  async function send(sound) {
    unsent = sound;
    record.disabled = true;
    status.textContent = status.dataset.sending ?? '';
    const lines = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('#log .line'));
    const fields = new FormData();
    fields.append('id', formId.value);
    fields.append('after', [...lines].at(-1)?.dataset.id ?? '');
    fields.append('sound', sound, 'recording');
    try {
      const answer = await fetch('/speak', { method: 'POST', body: fields, headers: { 'x-part': 'lines' } });
      const text = await answer.text();
      const part = new DOMParser().parseFromString(text, 'text/html');
      status.textContent = answer.ok ? '' : (part.querySelector('.message')?.textContent ?? '');
      if (answer.ok || answer.status === 413) {
        unsent = null;
        file.value = '';
        time.textContent = '';
      }
      if (answer.ok) {
        formId.value = part.body.dataset.id ?? formId.value;
        document.getElementById('say')?.dispatchEvent(new CustomEvent('answered', { detail: text }));
      }
    } catch {
      // The recording is kept: the same button sends it again.
      status.textContent = status.dataset.offline ?? '';
    } finally {
      record.disabled = false;
      show(false);
    }
  }
}
