import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundaryOf, partsOf } from './multipart.ts'

interface Read {
  readonly name: string
  readonly fileName: string | null
  readonly content: string
}

/** The form cut into pieces of these lengths, over and over. */
async function* inPieces(bytes: Uint8Array, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = lengths[i % lengths.length]!
    yield bytes.subarray(at, at + length)
    at += length
  }
}

async function readAll(bytes: Uint8Array, boundary: string, lengths: readonly number[] = [1 << 16]): Promise<Read[]> {
  const found: Read[] = []
  for await (const { name, fileName, content } of partsOf(inPieces(bytes, lengths), boundary)) {
    const pieces: Uint8Array[] = []
    for await (const piece of content) pieces.push(piece)
    found.push({ name, fileName, content: Buffer.concat(pieces).toString('latin1') })
  }
  return found
}

/** As the platform itself writes a form, which is another implementation than ours. */
async function written(form: FormData): Promise<{ bytes: Uint8Array; boundary: string }> {
  const response = new Response(form)
  return { bytes: new Uint8Array(await response.arrayBuffer()), boundary: boundaryOf(response.headers.get('content-type') ?? '')! }
}

const latin = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

test('whatever a browser puts into a form comes out of it, wherever the connection cuts it', async () => {
  const name = fc.constantFrom('text', 'a b', 'quo"te', 'li\r\nne', '名字', 'x;filename="y"')
  // Content that looks like a boundary is what a reader stumbles over.
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom('', '\r\n', '--', '\r\n--', '\r\n------formdata', '\r\n--x\r\n').map((text) => new Uint8Array(Buffer.from(text))),
  )
  const part = fc.record({ name, content, isFile: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
      async (parts, lengths) => {
        const form = new FormData()
        for (const one of parts) {
          if (one.isFile) form.append(one.name, new Blob([one.content as Uint8Array<ArrayBuffer>]), 'photo "1".png')
          else form.append(one.name, Buffer.from(one.content).toString('utf8'))
        }
        const { bytes, boundary } = await written(form)
        // The platform reads it back itself, with what it makes of breaks in names and fields.
        const expected: Read[] = []
        const back = await new Response(bytes as Uint8Array<ArrayBuffer>, {
          headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
        }).formData()
        for (const [key, value] of back)
          expected.push(
            typeof value === 'string'
              ? { name: key, fileName: null, content: latin(value) }
              : { name: key, fileName: value.name, content: Buffer.from(await value.arrayBuffer()).toString('latin1') },
          )
        expect(await readAll(bytes, boundary, lengths)).toEqual(expected)
      },
    ),
    { numRuns: 150 },
  )
})

describe('forms by hand', () => {
  const form = (...lines: string[]) => Buffer.from(lines.join('\r\n'))
  const head = 'Content-Disposition: form-data; name="a"'
  test('what stands before the first boundary and behind the last is passed over, and blanks behind one too', async () => {
    const bytes = form('before', '--B  ', head, '', 'one', '--B', head, '', 'two', '--B--', 'behind', '--B', head, '', 'three')
    expect((await readAll(bytes, 'B', [3])).map(({ content }) => content)).toEqual(['one', 'two'])
  })
  test('what nobody reads is passed over, also where somebody stops in the middle', async () => {
    const names: string[] = []
    for await (const part of partsOf(
      inPieces(form('--B', head, '', 'x'.repeat(500), '--B', head.replace('"a"', '"b"'), '', 'y', '--B--'), [7]),
      'B',
    )) {
      names.push(part.name)
      if (part.name === 'a') for await (const _ of part.content) break
    }
    expect(names).toEqual(['a', 'b'])
  })
  test.each([
    ['breaks off in a part', form('--B', head, '', 'one')],
    ['breaks off in a head', form('--B', head)],
    ['has a part without a name', form('--B', 'Content-Type: text/plain', '', 'x', '--B--')],
    ['has a part of another kind', form('--B', 'Content-Disposition: attachment; name="a"', '', 'x', '--B--')],
    ['has an endless head', form('--B', `X: ${'x'.repeat(9000)}`, '', 'x', '--B--')],
    ['is empty', form('')],
    ['has no boundary', form('nothing')],
    ['has too many parts', form(...Array.from({ length: 600 }, () => ['--B', head, '', 'x']).flat(), '--B--')],
  ])('one that %s is refused', async (_, bytes) => {
    await expect(readAll(bytes, 'B', [11])).rejects.toMatchObject({ reason: 'bad-form' })
  })
  test.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['multipart/form-data;boundary="a b"', 'a b'],
    ['Multipart/Form-Data; charset=utf-8; boundary=abc', 'abc'],
    ['multipart/mixed; boundary=abc', null],
    ['application/x-www-form-urlencoded', null],
    [`multipart/form-data; boundary=${'x'.repeat(71)}`, null],
  ])('%s', (type, boundary) => expect(boundaryOf(type)).toBe(boundary))
})
