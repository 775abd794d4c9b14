/** Takes exact numbers of bytes from a stream, whatever its pieces. */
export interface ByteReader {
  /** So many bytes, or fewer where the stream ends before. */
  take(count: number): Promise<Buffer>
  /** The bytes up to and with the next line end, which must come within the limit; null where it does not. */
  line(limit: number): Promise<string | null>
}

export function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const pieces = source[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let bytes = 0

  async function fill(count: number): Promise<void> {
    while (bytes < count) {
      const next = await pieces.next()
      if (next.done) return
      held.push(Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength))
      bytes += next.value.byteLength
    }
  }

  async function take(count: number): Promise<Buffer> {
    await fill(count)
    const all = held.length === 1 ? held[0]! : Buffer.concat(held, bytes)
    const taken = all.subarray(0, count)
    const rest = all.subarray(taken.length)
    held = rest.length > 0 ? [rest] : []
    bytes = rest.length
    return taken
  }

  return {
    take,
    async line(limit) {
      for (let length = 64; ; length = Math.min(limit, length * 2)) {
        await fill(length)
        const all = Buffer.concat(held, bytes)
        held = [all]
        const end = all.subarray(0, limit).indexOf(10)
        if (end >= 0) return (await take(end + 1)).toString('utf8').slice(0, -1)
        if (length === limit || bytes < length) return null
      }
    },
  }
}
