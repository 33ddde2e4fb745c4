// Hosts of this machine, as in a URL or as an address to listen on.

export const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;
