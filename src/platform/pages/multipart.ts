import { refuse } from '../refusal.ts'

/** One part of a form as a browser sends it (RFC 7578). Its content is read before the next part is asked for; what nobody reads is passed over. */
export interface Part {
  readonly name: string
  /** Null for a field; empty where a choice of files was left empty. */
  readonly fileName: string | null
  readonly content: AsyncIterable<Uint8Array>
}

const longestHead = 8192
const mostParts = 500

/** The boundary that a Content-Type names, or null where it is no form with files. */
export function boundaryOf(contentType: string): string | null {
  const found = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))(?=[\s;]|$)/i.exec(contentType)
  return found?.[1] ?? found?.[2] ?? null
}

/** Reads a form part by part while it comes in: never more of it is held than one piece of the connection and the length of a boundary. */
export async function* partsOf(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const source = body[Symbol.asyncIterator]()
  let held = Buffer.alloc(0)

  async function more(): Promise<void> {
    const { done, value } = await source.next()
    if (done) throw malformed('The form breaks off')
    held = Buffer.concat([held, value])
  }
  /** What stands before a mark; the mark itself is passed over. */
  async function* until(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = held.indexOf(mark)
      const end = at >= 0 ? at : held.length - mark.length + 1
      if (end > 0) yield held.subarray(0, end)
      held = held.subarray(at >= 0 ? at + mark.length : Math.max(0, end))
      if (at >= 0) return
      await more()
    }
  }
  async function short(mark: string, most: number): Promise<string> {
    const bytes: Uint8Array[] = []
    let length = 0
    for await (const piece of until(Buffer.from(mark))) {
      length += piece.length
      if (length > most) throw malformed('The head of a part is too long')
      bytes.push(piece)
    }
    return Buffer.concat(bytes).toString('utf8')
  }

  for await (const _ of until(Buffer.from(`--${boundary}`)));
  const mark = Buffer.from(`\r\n--${boundary}`)
  for (let count = 0; ; count++) {
    while (held.length < 2) await more()
    if (held.toString('latin1', 0, 2) === '--') return
    if (count === mostParts) throw malformed('The form has too many parts')
    await short('\r\n', 200)
    const head = headOf(await short('\r\n\r\n', longestHead))
    const content = until(mark)
    // Whoever stops reading in the middle must not end it: the rest has to be passed over.
    yield { ...head, content: { [Symbol.asyncIterator]: () => ({ next: () => content.next() }) } }
    for await (const _ of content);
  }
}

/** Browsers write quotes and breaks in names as %22, %0D and %0A, and everything else as it is. */
function headOf(head: string): Pick<Part, 'name' | 'fileName'> {
  const line = head.split('\r\n').find((one) => /^content-disposition:/i.test(one)) ?? ''
  // One after the other: a name may hold what looks like another parameter.
  const values = new Map(
    [...line.matchAll(/;\s*([\w*]+)=(?:"([^"]*)"|([^\s;]*))/g)].map(([, key = '', quoted, plain]) => [
      key.toLowerCase(),
      quoted ?? plain ?? '',
    ]),
  )
  const value = (of: string): string | null =>
    values.get(of)?.replace(/%(22|0D|0A)/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) ?? null
  const name = value('name')
  if (!/^content-disposition:\s*form-data\b/i.test(line) || name === null) throw malformed('A part of the form has no name')
  return { name, fileName: value('filename') }
}

const malformed = (detail: string) => refuse('invalid', 'bad-form', detail)
