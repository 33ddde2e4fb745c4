// The types of openpgp refer to two types of this package, which is not a dependency; we pass bytes, never streams.
declare module '@openpgp/web-stream-tools' {
  export type WebStream<T> = ReadableStream<T>;
  export type NodeWebStream<T> = ReadableStream<T>;
}
