import type { Context as HttpContext } from 'hono'
import type { PageRules } from '../contract.ts'
import { boundedBytes } from '../http/body.ts'
import { type FieldProblem, Refusal, refuse } from '../refusal.ts'
import { boundaryOf, partsOf } from './multipart.ts'

/** A form as it was sent: every field is text, and may come several times. */
export interface SentForm {
  readonly fields: ReadonlyMap<string, readonly string[]>
  readonly files: readonly SentFile[]
  /** Files that were not taken in, such as one that is too large; the rest of the form was read all the same. */
  readonly problems: readonly FieldProblem[]
  /** What the sentences about them need. */
  readonly values: Readonly<Record<string, string | number>>
}

export interface SentFile {
  readonly id: string
  readonly name: string
  readonly bytes: number
}

export interface FileDoor {
  /** Whether files are taken in; asked before the first, with the fields that have come so far. */
  before(fields: SentForm['fields']): Promise<boolean>
  store(name: string, content: AsyncIterable<Uint8Array>, limit: number): Promise<SentFile>
}

interface Reading {
  readonly fields: Map<string, string[]>
  readonly files: SentFile[]
  readonly problems: FieldProblem[]
  values: Record<string, string | number>
}

const mostFields = 300
const longestFields = 256 << 10

/** Reads the form of a request within the limits of its contract. Files go into the file store while they come in. */
export async function readForm(c: HttpContext, rules: PageRules['files'], door: FileDoor): Promise<SentForm> {
  const type = c.req.header('content-type') ?? ''
  const boundary = boundaryOf(type)
  const reading: Reading = { fields: new Map(), files: [], problems: [], values: {} }
  if (boundary !== null) await readParts(c, boundary, rules, door, reading)
  else if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    const text = (await boundedBytes(c, longestFields)).toString('utf8')
    for (const [name, value] of new URLSearchParams(text)) add(reading, name, value)
  } else throw refuse('invalid', 'bad-form', 'Send an ordinary form')
  return reading
}

async function readParts(c: HttpContext, boundary: string, rules: PageRules['files'], door: FileDoor, reading: Reading): Promise<void> {
  // What stands around the parts is counted, too.
  const longest = longestFields * 2 + (rules ? rules.most * rules.bytes : 0)
  if (Number(c.req.header('content-length') ?? 0) > longest) throw tooMuch(longest)
  let length = 0
  let isOpen: boolean | null = null
  for await (const part of partsOf(bounded((c.req.raw.body ?? []) as AsyncIterable<Uint8Array>, longest), boundary)) {
    if (part.fileName === null) {
      const pieces: Uint8Array[] = []
      for await (const piece of part.content) {
        length += piece.length
        if (length > longestFields) throw tooMuch(longestFields)
        pieces.push(piece)
      }
      add(reading, part.name, Buffer.concat(pieces).toString('utf8'))
    } else if (part.fileName !== '' && part.name === rules?.field) {
      isOpen ??= await door.before(reading.fields)
      if (isOpen) await take(part.fileName, part.content, rules, door, reading)
    }
  }
}

async function* bounded(body: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const piece of body) {
    length += piece.length
    if (length > longest) throw tooMuch(longest)
    yield piece
  }
}

async function take(
  name: string,
  content: AsyncIterable<Uint8Array>,
  { field, most, bytes, endings }: NonNullable<PageRules['files']>,
  door: FileDoor,
  reading: Reading,
): Promise<void> {
  try {
    if (reading.files.length + (reading.fields.get(field)?.length ?? 0) >= most)
      throw refuse('invalid', 'too-many-files', `No more than ${most} files can be sent`, { values: { count: most } })
    if (endings && !endings.some((ending) => name.toLowerCase().endsWith(ending)))
      throw refuse('invalid', 'file-kind', 'Files of this kind cannot be sent')
    reading.files.push(await door.store(name, content, bytes))
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason === 'body-too-large') throw error
    reading.problems.push({ field, reason: error.reason, detail: error.message })
    reading.values = { ...reading.values, ...error.values }
  }
}

function add({ fields }: Reading, name: string, value: string): void {
  const values = fields.get(name) ?? []
  if (fields.size > mostFields || values.length >= mostFields) throw refuse('invalid', 'bad-form', 'The form has too many fields')
  // Browsers send breaks as CR LF whatever was typed.
  fields.set(name, [...values, value.replace(/\r\n?/g, '\n')])
}

const tooMuch = (bytes: number) => {
  const kilobytes = Math.floor(bytes / 1024)
  return refuse('too large', 'body-too-large', `The form is larger than ${kilobytes} kB`, { values: { kilobytes } })
}
