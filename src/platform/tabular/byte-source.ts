import { open, stat } from 'node:fs/promises'

/** Bytes that can be read from any place, several times: a file on disk, a stored upload, a buffer. */
export type ByteSource = {
  readonly size: number
  /** The bytes from `start` up to, not including, `end`. Chunks may be of any size and must not be changed after they were yielded. */
  readonly read: (start: number, end: number) => AsyncIterable<Uint8Array>
}

export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path)
  return { size, read: (start, end) => readFileRange(path, start, end) }
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async function* (start, end) {
      yield bytes.subarray(start, end)
    },
  }
}

/** At most `length` bytes from `start`, in one buffer. */
export async function readBytes(source: ByteSource, start: number, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source.read(start, Math.min(source.size, start + length))) parts.push(part)
  return Buffer.concat(parts)
}

const chunkBytes = 1 << 18

async function* readFileRange(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    for (let at = start; at < end; ) {
      const chunk = Buffer.allocUnsafeSlow(Math.min(chunkBytes, end - at))
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at)
      if (bytesRead === 0) return
      yield chunk.subarray(0, bytesRead)
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}
