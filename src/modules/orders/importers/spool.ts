import { closeSync, fstatSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fieldsOfRecord, type Line, type Memory, memory, recordSize, writeRecord } from './line-record.ts'

/** The records of one part, in the order in which they came: `at[i]` is where record i begins. */
export interface SpooledPart extends Memory {
  readonly count: number
  readonly at: Uint32Array
  /** The fields that any of the records has; see `fieldsOfRecord`. */
  readonly fields: number
}

/**
 * Rows cut into parts by the first bits of their group, so that the parts follow each other as the groups do and each fits into memory. The parts are private files of one
 * process: nothing of their form outlives it. Writing is synchronous, since the files are a few blocks ahead of the disk at most and turns of the event loop would cost more.
 */
export interface Spool {
  readonly parts: number
  readonly lines: number
  write(line: Line): void
  /** The part as it is now; the next look at it sees the same. */
  look(part: number): SpooledPart
  /** Each part can be read once; that ends the writing of it. It lies in the memory given, where that is large enough. */
  read(part: number, room?: Memory): SpooledPart
  remove(): void
}

export function openSpool(folder: string, name: string, parts: number): Spool {
  const directory = join(folder, name)
  mkdirSync(directory, { recursive: true })
  const bits = Math.log2(parts)
  const bufferBytes = Math.min(1 << 16, Math.max(1 << 13, (16 << 20) / parts))
  const buffers: (Memory | undefined)[] = new Array(parts)
  const used = new Uint32Array(parts)
  const files: (number | undefined)[] = new Array(parts)
  let lines = 0
  const append = (part: number, bytes: Uint8Array, length: number) => {
    files[part] ??= openSync(join(directory, String(part)), 'a+')
    for (let at = 0; at < length; ) at += writeSync(files[part], bytes, at, length - at)
  }
  const flush = (part: number) => {
    const buffer = buffers[part]
    if (buffer && used[part]! > 0) append(part, buffer.bytes, used[part]!)
    used[part] = 0
  }
  return {
    parts,
    get lines() {
      return lines
    },
    write(line) {
      const size = recordSize(line)
      const part = ((line.group[0]! << 8) | line.group[1]!) >>> (16 - bits)
      lines++
      if (size > bufferBytes) {
        flush(part)
        const alone = memory(size)
        writeRecord(alone, 0, size, line)
        append(part, alone.bytes, size)
        return
      }
      if (used[part]! + size > bufferBytes) flush(part)
      buffers[part] ??= memory(bufferBytes)
      writeRecord(buffers[part], used[part]!, size, line)
      used[part] = used[part]! + size
    },
    look: (part) => wholeOf(part),
    read(part, room) {
      const whole = wholeOf(part, room)
      const file = files[part]
      if (file !== undefined) {
        closeSync(file)
        rmSync(join(directory, String(part)))
        files[part] = undefined
      }
      buffers[part] = undefined
      used[part] = 0
      return whole
    },
    remove() {
      for (const file of files) if (file !== undefined) closeSync(file)
      rmSync(directory, { recursive: true, force: true })
    },
  }

  function wholeOf(part: number, room?: Memory): SpooledPart {
    const file = files[part]
    const stored = file === undefined ? 0 : fstatSync(file).size
    const size = stored + used[part]!
    // An eighth more than needed: the next part is a little larger or smaller.
    const whole = room && room.bytes.length >= size ? room : memory(size + (size >> 3))
    if (file !== undefined) for (let at = 0; at < stored; ) at += readSync(file, whole.bytes, at, stored - at, at)
    if (used[part]! > 0) whole.bytes.set(buffers[part]!.bytes.subarray(0, used[part]), stored)
    return { ...whole, ...placesOf(whole, size) }
  }
}

function placesOf(memory: Memory, size: number): { count: number; at: Uint32Array; fields: number } {
  const { words } = memory
  let count = 0
  let fields = 0
  for (let at = 0; at < size; at += words[at >> 2]!) {
    count++
    fields |= fieldsOfRecord(memory, at)
  }
  const places = new Uint32Array(count)
  for (let at = 0, i = 0; at < size; at += words[at >> 2]!) places[i++] = at
  return { count, at: places, fields }
}
