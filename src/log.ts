import { pino, type Logger } from 'pino';

/**
 * JSON lines on standard error. Nothing that a person wrote, no name, number or address is ever handed to it; errors are
 * logged by their name and place, because their messages may quote what they failed on.
 */
export function openLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
