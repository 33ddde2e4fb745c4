import { pino, type Logger } from 'pino';

/**
 * JSON lines on standard error. People's words, names, numbers and addresses are never logged; errors are logged by
 * name and place, because their messages may quote the data.
 */
export function openLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
