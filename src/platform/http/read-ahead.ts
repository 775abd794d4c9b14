import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface AheadLimits {
  /** How long nobody may take anything, in milliseconds. */
  readonly pause: number
  /** How long the source may be read, however long the content is then taken. */
  readonly whole: number
}

export interface Ahead {
  readonly content: AsyncIterableIterator<Uint8Array>
  /** The source is no longer read: at its end, given up, failed, or out of time. */
  readonly read: Promise<void>
  /** Nobody reads and nobody takes any more. */
  readonly done: Promise<void>
}

const pieceBytes = 1 << 16

/**
 * The same content, read from its source as fast as that gives it and kept in a private file until it is taken: what the source needs is free again long before a slow
 * connection has taken everything. Reading begins when the first piece is asked for.
 */
export function readAhead(source: AsyncIterable<Uint8Array>, { pause, whole }: AheadLimits): Ahead {
  const read = Promise.withResolvers<void>()
  const taken = Promise.withResolvers<void>()
  let stored: Promise<{ readonly file: FileHandle; readonly folder: string }> | undefined
  let written = 0
  let at = 0
  let ended = false
  let failure: unknown
  let changed = Promise.withResolvers<void>()
  const tell = () => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  const end = (because?: unknown) => {
    if (ended) return
    ended = true
    failure = because
    read.resolve()
    tell()
  }
  const giveUp = (because?: unknown) => {
    end(because)
    taken.resolve()
  }
  let asking = false
  const pauseTimer = setTimeout(() => (asking ? pauseTimer.refresh() : giveUp(tooLong())), pause)
  const wholeTimer = setTimeout(() => end(tooLong()), whole)
  void read.promise.then(() => clearTimeout(wholeTimer))
  void taken.promise.then(() => clearTimeout(pauseTimer))

  const reading = async () => {
    try {
      const { file } = await stored!
      for await (const piece of source) {
        if (ended) break
        await file.write(piece, 0, piece.length, written)
        written += piece.length
        tell()
      }
      end()
    } catch (error) {
      end(error)
    }
  }
  let reader: Promise<void> | undefined
  const content: AsyncIterableIterator<Uint8Array> = {
    [Symbol.asyncIterator]: () => content,
    async next() {
      asking = true
      stored ??= privateFile()
      reader ??= reading()
      while (at === written && !ended) await changed.promise
      asking = false
      pauseTimer.refresh()
      if (at < written) {
        const { bytesRead, buffer } = await (await stored).file.read(Buffer.alloc(Math.min(pieceBytes, written - at)), 0, undefined, at)
        at += bytesRead
        return { done: false, value: buffer.subarray(0, bytesRead) }
      }
      taken.resolve()
      if (failure !== undefined) throw failure
      return { done: true, value: undefined }
    },
    async return() {
      giveUp()
      return { done: true, value: undefined }
    },
  }
  const done = Promise.all([read.promise, taken.promise])
  void done.then(async () => {
    await reader
    // Where there was no room for the file, whoever takes the content has been told.
    const kept = await stored?.catch(() => undefined)
    await kept?.file.close()
    if (kept) await rm(kept.folder, { recursive: true, force: true })
  })
  return { content, read: read.promise, done: done.then(() => {}) }
}

const tooLong = () => new Error('The download took too long and was broken off')

async function privateFile() {
  const folder = await mkdtemp(join(tmpdir(), 'patron-download-'))
  return { file: await open(join(folder, 'content'), 'wx+', 0o600), folder }
}
