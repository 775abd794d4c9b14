import { pipeline, Readable } from 'node:stream'
import { createGunzip, createInflateRaw } from 'node:zlib'
import { TabularError } from './tabular-error.ts'

/** Tables compress five- to fiftyfold; what grows more than this, beyond the first bytes, was made to exhaust whoever unpacks it. */
const growthLimit = 250
const growthFreeBytes = 64 << 20

/** Unpacks a gzip stream or raw deflate data, counting what comes out; never trusts a size that stands in the file. */
export async function* inflate(source: AsyncIterable<Uint8Array>, form: 'gzip' | 'raw'): AsyncGenerator<Uint8Array> {
  const options = { chunkSize: 1 << 17 }
  const engine = form === 'gzip' ? createGunzip(options) : createInflateRaw(options)
  let packed = 0
  let unpacked = 0
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      packed += chunk.length
      yield chunk
    }
  }
  // Errors arrive through the engine, which is read below.
  pipeline(Readable.from(counted()), engine, () => undefined)
  try {
    for await (const chunk of engine as AsyncIterable<Buffer>) {
      unpacked += chunk.length
      if (unpacked > growthFreeBytes && unpacked > packed * growthLimit) throw new TabularError('compressedTooMuch', { limit: growthLimit })
      yield chunk
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'Z_BUF_ERROR') throw new TabularError('truncatedArchive')
    if (typeof code === 'string' && code.startsWith('Z_')) throw new TabularError('damagedArchive', { detail: (error as Error).message })
    throw error
  }
}
