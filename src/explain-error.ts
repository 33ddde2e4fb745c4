// Errors for operators: the problem, its place, and how to fix it.

/** The codes of a system in words, and how to mend each; `at`: a path, or host and port. */
const SYSTEM: Readonly<Record<string, (at: string) => string>> = {
  ENOENT: (at) => `${at} is not there. Look at its path: is it spelled right, and was it made?`,
  EEXIST: (at) => `${at} exists already, and is not what is needed there. Move it away, or name another place.`,
  ENOTDIR: (at) => `${at} leads through a file where a folder is needed. Name another place.`,
  EISDIR: (at) => `${at} is a folder; a file is needed.`,
  ENOTEMPTY: (at) => `${at} is a folder that is not empty. Name another place, or empty it.`,
  EACCES: (at) => `${at} may not be used by this user. Give the user that runs Griot access to it.`,
  EPERM: (at) => `${at} may not be changed by this user. Give the user that runs Griot access to it.`,
  EROFS: (at) => `${at} is on a disk that can only be read. Name a place that can be written.`,
  ENOSPC: (at) => `${at}: the disk is full. Make room, and try again; nothing that was stored is lost.`,
  EDQUOT: (at) => `${at}: the space of this user is used up. Make room, and try again.`,
  EMFILE: (at) => `${at}: too many files are open. Raise the limit of open files (ulimit -n).`,
  EADDRINUSE: (at) => `${at} is taken by another program, perhaps Griot itself. Stop that one, or choose another PORT.`,
  EADDRNOTAVAIL: (at) => `${at} is no address of this machine. Look at HOST.`,
  ECONNREFUSED: (at) => `${at}: nothing answers there. Is the service running, and are host and port right?`,
  ECONNRESET: (at) => `${at}: the connection was broken off. Try again; if it stays so, look at the other side.`,
  ETIMEDOUT: (at) => `${at} did not answer in time. Is it running, and does a firewall stand between?`,
  EHOSTUNREACH: (at) => `${at} cannot be reached from this machine. Look at the network.`,
  ENOTFOUND: (at) => `${at}: there is no such name. Is the host spelled right, and does DNS work here?`,
  EAI_AGAIN: (at) => `${at}: names cannot be looked up now. Does DNS work on this machine?`,
};

/**
 * With a stack only if the fault is in the program. An error of the system is told in words, with its code at the end, and never
 * as the library says it.
 */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const system = systemError(error);
  if (system !== null) return system;
  const plain = error.name === 'Error' && !('code' in error);
  const ours = plain || error instanceof TypeError || error instanceof RangeError;
  return ours ? (error.stack ?? error.message) : error.message;
}

/** Null if it is no error of the system, such as an OperatorError, which says more. */
function systemError(error: Error): string | null {
  const { code, errno, path, dest, address, port, hostname, syscall } = error as Error & Record<string, unknown>;
  const words = typeof code === 'string' && typeof errno === 'number' ? SYSTEM[code] : undefined;
  if (words === undefined) return null;
  const host = typeof address === 'string' ? address : hostname;
  const peer = typeof host === 'string' ? `${host}${typeof port === 'number' ? `:${port}` : ''}` : null;
  const place = [path, dest].find((one) => typeof one === 'string') ?? peer;
  const at = typeof place === 'string' ? place : syscall === 'write' ? 'What was to be written' : 'Something';
  return `${words(at)} (${String(code)})`;
}
