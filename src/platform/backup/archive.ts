import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { zstdCompress, zstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { refuse } from '../refusal.ts'
import { type ByteReader, byteReader } from './byte-reader.ts'
import { damaged } from './damaged.ts'
import { decrypted, Encryption, encrypted, newEncryption } from './encryption.ts'

/**
 * An archive is a file of its own simple format (docs/backup-format.md): two lines that say what it is, then frames of type, length and content. Each part — the rows of one table as COPY
 * writes them, or a file — is compressed in pieces and carries its count, length and SHA-256; the last frame carries the SHA-256 of everything before it. Nothing in it is a statement.
 */
const firstLine = 'PATRON BACKUP 1'
const types = { manifest: 77, part: 80, data: 68, end: 69, last: 90 } as const
const pieceBytes = 1 << 20
const largestFrame = 8 << 20

const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/)
const tableName = z.string().regex(/^[a-z_][a-z0-9_]{0,62}\.[a-z_][a-z0-9_]{0,62}$/)

export const Manifest = z.object({
  product: z.string().max(100),
  madeAt: z.iso.datetime(),
  postgres: z.string().max(200),
  schemaVersion: z.int().min(1).max(100_000),
  migrations: z.array(z.object({ number: z.int(), name: z.string().max(200), checksum: z.string().max(64) })).max(100_000),
  sequences: z.array(z.object({ table: tableName, column: identifier, value: z.int().min(1), used: z.boolean() })).max(10_000),
  /** Tables whose rows are left out on purpose. */
  leftOut: z.array(tableName).max(10_000),
  /** The ends of the audit trail, to be compared with what was noted elsewhere. */
  trail: z.array(z.object({ trail: z.string().max(20), number: z.int(), hash: z.string().max(64) })).max(10),
})
export type Manifest = z.output<typeof Manifest>

export const PartHead = z.union([
  z.object({ table: tableName, columns: z.array(identifier).min(1).max(2000) }),
  z.object({ file: z.string().regex(/^[a-z][a-z0-9.-]{0,60}$/) }),
])
export type PartHead = z.output<typeof PartHead>
const PartEnd = z.object({ rows: z.int().min(0), bytes: z.int().min(0), sha256: z.string() })
const Last = z.object({ parts: z.int(), sha256: z.string() })

export interface Part {
  readonly head: PartHead
  readonly content: AsyncIterable<Uint8Array>
}

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

/** The bytes of an archive, made only as fast as they are taken. */
export async function* writeArchive(manifest: Manifest, parts: AsyncIterable<Part>, passphrase: string | null): AsyncGenerator<Buffer> {
  const encryption = passphrase === null ? null : newEncryption()
  const header = JSON.stringify({ encryption })
  yield Buffer.from(`${firstLine}\n${header}\n`)
  const body = writeBody(manifest, parts)
  yield* encryption === null || passphrase === null ? body : encrypted(body, passphrase, encryption, header)
}

async function* writeBody(manifest: Manifest, parts: AsyncIterable<Part>): AsyncGenerator<Buffer> {
  const whole = createHash('sha256')
  const frame = (type: number, content: Uint8Array | string): Buffer => {
    const bytes = Buffer.from(content)
    const head = Buffer.alloc(5)
    head.writeUInt8(type)
    head.writeUInt32BE(bytes.length, 1)
    const all = Buffer.concat([head, bytes])
    whole.update(all)
    return all
  }
  yield frame(types.manifest, JSON.stringify(manifest))
  let count = 0
  for await (const { head, content } of parts) {
    count++
    yield frame(types.part, JSON.stringify(head))
    const hash = createHash('sha256')
    let [rows, bytes] = [0, 0]
    for await (const piece of pieces(content)) {
      hash.update(piece)
      bytes += piece.length
      rows += linesIn(piece)
      yield frame(types.data, await compress(piece))
    }
    yield frame(types.end, JSON.stringify({ rows: 'table' in head ? rows : 0, bytes, sha256: hash.digest('hex') }))
  }
  yield frame(types.last, JSON.stringify({ parts: count, sha256: whole.copy().digest('hex') }))
}

/** COPY ends each row with a line end, and writes those within a row otherwise. */
function linesIn(piece: Uint8Array): number {
  let lines = 0
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines++
  return lines
}

async function* pieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let bytes = 0
  for await (const piece of content) {
    held.push(piece)
    bytes += piece.length
    if (bytes < pieceBytes) continue
    let rest = Buffer.concat(held, bytes)
    for (; rest.length >= pieceBytes; rest = rest.subarray(pieceBytes)) yield rest.subarray(0, pieceBytes)
    held = [rest]
    bytes = rest.length
  }
  if (bytes > 0) yield Buffer.concat(held, bytes)
}

export type ArchiveEvent =
  | { readonly kind: 'manifest'; readonly manifest: Manifest; readonly encrypted: boolean }
  | { readonly kind: 'part'; readonly head: PartHead }
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly head: PartHead; readonly rows: number }

/**
 * What an archive holds, piece by piece, each part checked at its end and everything at the end of all: whoever acts on it before must be able to take that back. `passphrase` is asked for only where it
 * is needed.
 */
export async function* readArchive(
  source: AsyncIterable<Uint8Array>,
  passphrase: () => Promise<string | null>,
): AsyncGenerator<ArchiveEvent> {
  const file = byteReader(source)
  const first = await file.line(64)
  if (first === null || !first.startsWith('PATRON BACKUP ')) throw refuse('invalid', 'not-a-backup', 'This file is not a backup of Patron')
  if (first !== firstLine) throw refuse('conflict', 'newer-archive', 'This backup was written by a newer program; restore it with that one')
  const header = (await file.line(4096)) ?? ''
  const about = z.object({ encryption: Encryption.nullable() }).safeParse(jsonOf(header))
  if (!about.success) throw damaged('the beginning of the file', 'cannot be read')
  const { encryption } = about.data
  if (encryption === null) return yield* readBody(file, false)
  const words = await passphrase()
  if (words === null)
    throw refuse('conflict', 'passphrase-needed', 'This backup is encrypted; name the file with its passphrase: --passphrase-file FILE')
  yield* readBody(byteReader(decrypted(file, words, encryption, header)), true)
}

async function* readBody(body: ByteReader, isEncrypted: boolean): AsyncGenerator<ArchiveEvent> {
  const whole = createHash('sha256')
  let part: { head: PartHead; hash: ReturnType<typeof createHash>; rows: number; bytes: number } | null = null
  let parts = 0
  let place = 'its beginning'
  for (let first = true; ; first = false) {
    const head = await body.take(5)
    if (head.length < 5) throw damaged(place, 'ends too early')
    const [type, length] = [head.readUInt8(), head.readUInt32BE(1)]
    if (length > largestFrame) throw damaged(place, 'holds a piece that is too large')
    const content = await body.take(length)
    if (content.length < length) throw damaged(place, 'ends too early')
    const sofar = whole.copy()
    whole.update(head).update(content)
    if ((type === types.manifest) !== first) throw damaged(place, 'is out of order')
    if (type === types.manifest) {
      yield { kind: 'manifest', manifest: parsed(Manifest, content, place), encrypted: isEncrypted }
    } else if (type === types.part && part === null) {
      part = { head: parsed(PartHead, content, place), hash: createHash('sha256'), rows: 0, bytes: 0 }
      place = nameOf(part.head)
      yield { kind: 'part', head: part.head }
    } else if (type === types.data && part !== null) {
      const bytes = await decompress(content, { maxOutputLength: pieceBytes }).catch(() => {
        throw damaged(place, 'cannot be unpacked')
      })
      part.hash.update(bytes)
      part.bytes += bytes.length
      part.rows += linesIn(bytes)
      yield { kind: 'data', bytes }
    } else if (type === types.end && part !== null) {
      const said = parsed(PartEnd, content, place)
      const rows = 'table' in part.head ? part.rows : 0
      if (said.sha256 !== part.hash.digest('hex') || said.bytes !== part.bytes || said.rows !== rows)
        throw damaged(place, 'does not have its checksum')
      parts++
      yield { kind: 'end', head: part.head, rows }
      part = null
    } else if (type === types.last && part === null) {
      const said = parsed(Last, content, 'its end')
      if (said.parts !== parts || said.sha256 !== sofar.digest('hex')) throw damaged('the whole', 'does not have its checksum')
      if ((await body.take(1)).length > 0) throw damaged('its end', 'is followed by something else')
      return
    } else throw damaged(place, 'is out of order')
  }
}

export const nameOf = (head: PartHead): string => ('table' in head ? `the table ${head.table}` : `the file ${head.file}`)

function parsed<S extends z.ZodType>(schema: S, content: Buffer, place: string): z.output<S> {
  const result = schema.safeParse(jsonOf(content.toString('utf8')))
  if (!result.success) throw damaged(place, 'cannot be read')
  return result.data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
