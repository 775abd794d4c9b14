import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv } from './csv-reader.ts'
import type { Position, RowBatch } from './row-batch.ts'

const form = { delimiter: ',', quote: '"', encoding: 'utf-8', header: true } as const

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const cellsOf = (batch: RowBatch, row: number): string[] =>
  Array.from({ length: batch.fieldCount(row) }, (_, column) => batch.text(row, column))

async function readAll(
  content: string,
  pieces = 1 << 16,
): Promise<{ rows: string[][]; lines: number[]; problems: (string | undefined)[] }> {
  const seen = { rows: [] as string[][], lines: [] as number[], problems: [] as (string | undefined)[] }
  await readCsv(inPieces(Buffer.from(content), pieces), form, (batch) => {
    for (let row = 0; row < batch.count; row++) {
      seen.rows.push(cellsOf(batch, row))
      seen.lines.push(batch.line(row))
      seen.problems.push(batch.problem(row)?.code)
    }
  })
  return seen
}

describe('readCsv', () => {
  test('however the bytes are cut, the rows, their lines and their problems are the same', async () => {
    const piece = fc.constantFrom('a', '王', '😀', ',', ',', '"', '""', '\n', '\r\n', '\r', ' ', '12.5', '\ufeff')
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), async (pieces, size) => {
        const content = `a,b,c\n${pieces.join('')}`
        expect(await readAll(content, size)).toEqual(await readAll(content))
      }),
      { numRuns: 300 },
    )
  })

  test('lines are physical lines, also after quoted line ends', async () => {
    const { lines } = await readAll('a,b\n1,"x\ny\r\nz"\n\n2,3\n')
    expect(lines).toEqual([2, 6])
  })

  test('the line of an unclosed quote is the line in which it opens', async () => {
    await readCsv(inPieces(Buffer.from('a,b\n"x\ny","z\n1,2\n'), 4), form, (batch) => {
      expect(batch.problem(0)).toEqual({ code: 'quoteNeverClosed', values: { field: 2, line: 3 } })
      expect(batch.line(0)).toBe(2)
      expect(batch.text(1, 1)).toBe('2')
    })
  })

  test('figures and days are read from the bytes, and what is not plain is left to the slow road', async () => {
    const cells = [
      '12.50',
      '-0.05',
      '7',
      '1.234',
      '1,5',
      '',
      '99999999999999999',
      '1e5',
      '.5',
      '5.',
      '2024-02-29',
      '2023-02-29',
      '2010-12-01 08:26:00',
      '2010-12-01T08:26',
      '2010-12-01 24:00:00',
    ]
    const content = `x\n${cells.map((cell) => `"${cell}"`).join('\n')}\n`
    await readCsv(inPieces(Buffer.from(content), 1000), form, (batch) => {
      const each = <T>(read: (row: number) => T): T[] => Array.from({ length: batch.count }, (_, row) => read(row))
      const no = Number.NaN
      expect(each((row) => batch.units(row, 0, 2)).slice(0, 10)).toEqual([1250, -5, 700, no, no, no, no, no, no, no])
      expect(each((row) => batch.int(row, 0)).slice(0, 4)).toEqual([no, no, 7, no])
      expect(each((row) => batch.wallClock(row, 0)).slice(10)).toEqual([
        Date.UTC(2024, 1, 29),
        no,
        Date.UTC(2010, 11, 1, 8, 26),
        Date.UTC(2010, 11, 1, 8, 26),
        no,
      ])
    })
  })

  test('fast figures agree with plain arithmetic', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }), async (units, scale) => {
        const text = (units / 10 ** scale).toFixed(scale)
        await readCsv(inPieces(Buffer.from(`x\n${text}\n`), 100), form, (batch) => {
          expect(batch.units(0, 0, scale)).toBe(units === 0 ? 0 : units)
          expect(batch.units(0, 0, scale + 2)).toBe(units * 100 + 0)
        })
      }),
    ))

  test('a reading can be taken up after any batch', async () => {
    const bytes = Buffer.from(`id,text\n${Array.from({ length: 90_000 }, (_, i) => `${i},"line\nof ${i}"\n`).join('')}`)
    const ids: number[] = []
    const places: { readonly at: Position; readonly rows: number }[] = []
    await readCsv(inPieces(bytes, 1 << 16), form, (batch) => {
      for (let row = 0; row < batch.count; row++) ids.push(batch.int(row, 0))
      places.push({ at: batch.next, rows: ids.length })
    })
    expect(places.length).toBeGreaterThan(2)
    for (const { at, rows } of places.slice(0, 3)) {
      const rest: number[] = []
      let firstLine = 0
      await readCsv(inPieces(bytes, 1 << 16), { ...form, resume: { from: at, columns: 2 } }, (batch) => {
        firstLine ||= batch.line(0)
        for (let row = 0; row < batch.count; row++) rest.push(batch.int(row, 0))
      })
      expect(rest).toEqual(ids.slice(rows))
      expect(firstLine).toBe(2 + rows * 2)
      expect(at.row).toBe(rows)
    }
  })

  test('a slow callback holds the source back', async () => {
    let given = 0
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b\n')
      for (let i = 0; i < 100; i++) {
        given++
        yield Buffer.from('1,2\n'.repeat(1 << 14))
      }
    }
    let batches = 0
    await readCsv(source(), form, async () => {
      batches++
      const before = given
      await new Promise((resolve) => setTimeout(resolve, 1))
      expect(given).toBe(before)
    })
    expect(batches).toBeGreaterThan(5)
  })

  test('stops when told, and closes its source', async () => {
    let closed = false
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('a,b\n')
        for (;;) yield Buffer.from('1,2\n'.repeat(1 << 16))
      } finally {
        closed = true
      }
    }
    const stop = new AbortController()
    await expect(readCsv(source(), { ...form, signal: stop.signal }, () => stop.abort(new Error('enough')))).rejects.toThrow('enough')
    expect(closed).toBe(true)
  })
})
