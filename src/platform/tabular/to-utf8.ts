import { isAscii } from 'node:buffer'
import { detectEncoding } from './detect-encoding.ts'

/** Encodings that are read; `windows-1252` stands for Western files that are neither of the others. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/** `undecided`: so far only ASCII was seen, and the first bytes beyond it decide. */
export type ReadEncoding = Encoding | 'undecided'

/**
 * The text as UTF-8 bytes, without a byte order mark at its beginning. UTF-8 passes through unchanged (and unchecked: the reader checks its rows);
 * what is not valid in another encoding becomes U+FFFD. The decoders are those of the runtime: they hold a character that is cut between two chunks.
 */
export async function* toUtf8(source: AsyncIterable<Uint8Array>, encoding: ReadEncoding): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') yield* withoutMark(source)
  else if (encoding === 'undecided') yield* decidedLate(source)
  else {
    const decoder = new TextDecoder(encoding)
    for await (const chunk of source) {
      if (encoding !== 'utf-16le' && encoding !== 'utf-16be' && isAscii(chunk) && chunk.length > 0) {
        // A chunk of ASCII alone needs no second look, except for the first byte, which may end a character.
        const first = decoder.decode(chunk.subarray(0, 1), { stream: true })
        if (first.length === 1 && first.charCodeAt(0) === chunk[0]) yield chunk
        else yield Buffer.from(first + decoder.decode(chunk.subarray(1), { stream: true }))
      } else yield Buffer.from(decoder.decode(chunk, { stream: true }))
    }
    const rest = decoder.decode()
    if (rest.length > 0) yield Buffer.from(rest)
  }
}

/** The same bytes without the first `count`. */
export async function* withoutFirst(source: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const chunk of source) {
    if (left >= chunk.length) left -= chunk.length
    else {
      yield left > 0 ? chunk.subarray(left) : chunk
      left = 0
    }
  }
}

async function* decidedLate(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  try {
    for (let chunk = await chunks.next(); !chunk.done; chunk = await chunks.next()) {
      if (isAscii(chunk.value)) yield chunk.value
      else {
        yield* toUtf8(joined(chunk.value, chunks), detectEncoding(chunk.value).encoding)
        return
      }
    }
  } finally {
    await chunks.return?.()
  }
}

async function* joined(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let chunk = await rest.next(); !chunk.done; chunk = await rest.next()) yield chunk.value
}

async function* withoutMark(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of source) {
    if (held === undefined) {
      yield chunk
      continue
    }
    held = Buffer.concat([held, chunk])
    if (held.length < 3) continue
    yield held[0] === 0xef && held[1] === 0xbb && held[2] === 0xbf ? held.subarray(3) : held
    held = undefined
  }
  if (held !== undefined && held.length > 0) yield held
}
