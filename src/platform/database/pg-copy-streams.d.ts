declare module 'pg-copy-streams' {
  import type { Readable, ReadableOptions, Writable, WritableOptions } from 'node:stream'
  import type { Submittable } from 'pg'

  /** COPY … TO STDOUT as a stream of the bytes that the server sends. */
  export type CopyTo = Readable & Submittable & { readonly rowCount: number }
  /** COPY … FROM STDIN as a stream that takes the bytes for the server. */
  export type CopyFrom = Writable & Submittable & { readonly rowCount: number }
  const copyStreams: {
    to(text: string, options?: ReadableOptions): CopyTo
    from(text: string, options?: WritableOptions): CopyFrom
  }
  export default copyStreams
}
