// libsignal prints whole session objects, private keys included, with console.info and console.warn, past any logger.
// What it and Baileys print is dropped; everybody else's words go on.

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;
const TALKATIVE = /[\\/]node_modules[\\/](?:libsignal|@whiskeysockets|whatsapp-rust-bridge)[\\/]/u;

let quiet = false;

/** Before the first socket opens; doing it twice changes nothing. */
export function quietConsole(target: Console = globalThis.console): void {
  if (quiet && target === globalThis.console) return;
  if (target === globalThis.console) quiet = true;
  for (const method of METHODS) {
    const print = target[method].bind(target) as (...words: readonly unknown[]) => void;
    target[method] = (...words: readonly unknown[]) => {
      if (TALKATIVE.test(new Error().stack ?? '')) return;
      print(...words);
    };
  }
}
