import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import type { ByteSource } from './byte-source.ts'
import { inflate } from './inflate.ts'
import { TabularError } from './tabular-error.ts'

/** The parts of an archive by name. Names are only keys of this map: nothing is ever written to or read from a path of theirs. */
export type ZipParts = {
  readonly names: readonly string[]
  readonly has: (name: string) => boolean
  readonly read: (name: string) => AsyncIterable<Uint8Array>
}

const entryLimit = 2000
const unpackedLimit = 4096 * (1 << 20)

/**
 * Reads the directory of a zip archive. yauzl reads it (it checks the directory's consistency and handles zip64); unpacking is ours, with limits on entries, growth and
 * the sum of unpacked bytes, because sizes in the directory may be lies.
 */
export async function openZip(source: ByteSource): Promise<ZipParts> {
  const entries = new Map<string, yauzl.Entry>()
  let unpacked = 0
  const zip = await readDirectory(source, entries)

  async function* read(name: string): AsyncGenerator<Uint8Array> {
    const entry = entries.get(name)
    if (!entry) throw new TabularError('damagedWorkbook', { part: name, detail: 'the part is missing' })
    if (entry.isEncrypted()) throw new TabularError('encryptedWorkbook')
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
      throw new TabularError('damagedArchive', { detail: 'unknown compression' })
    const start = await dataStart(zip, entry)
    if (start + entry.compressedSize > source.size) throw new TabularError('truncatedArchive')
    const raw = source.read(start, start + entry.compressedSize)
    let sum = 0
    for await (const chunk of entry.compressionMethod === 8 ? inflate(raw, 'raw') : raw) {
      unpacked += chunk.length
      if (unpacked > unpackedLimit) throw new TabularError('unpackedTooLarge', { limit: unpackedLimit >> 20 })
      sum = crc32(chunk, sum)
      yield chunk
    }
    if (sum !== entry.crc32) throw new TabularError('damagedArchive', { detail: `the checksum of ${name} is wrong` })
  }

  return { names: [...entries.keys()], has: (name) => entries.has(name), read }
}

async function readDirectory(source: ByteSource, entries: Map<string, yauzl.Entry>): Promise<yauzl.ZipFile> {
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(new SourceReader(source), source.size, { autoClose: false, lazyEntries: true })
    if (zip.entryCount > entryLimit) throw new TabularError('tooManyEntries', { entries: zip.entryCount, limit: entryLimit })
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
    return zip
  } catch (error) {
    if (error instanceof TabularError) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw /signature not found|truncated|unexpected EOF/i.test(detail)
      ? new TabularError('truncatedArchive')
      : new TabularError('damagedArchive', { detail })
  }
}

async function dataStart(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<number> {
  try {
    return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart
  } catch (error) {
    throw new TabularError('damagedArchive', { detail: error instanceof Error ? error.message : String(error) })
  }
}

class SourceReader extends yauzl.RandomAccessReader {
  readonly source: ByteSource

  constructor(source: ByteSource) {
    super()
    this.source = source
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.source.read(start, end))
  }
}
