// The types of openpgp name two of this package, which it does not bring; we hand over bytes, never streams.
declare module '@openpgp/web-stream-tools' {
  export type WebStream<T> = ReadableStream<T>;
  export type NodeWebStream<T> = ReadableStream<T>;
}
