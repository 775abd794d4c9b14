import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesSource } from './byte-source.ts'
import { type Cell, writeCsv } from './csv-writer.ts'
import { guardText, needsGuard, unguardText } from './guard-text.ts'
import { readTable, type TableLayout } from './read-table.ts'
import { writeXlsx } from './xlsx-writer.ts'

const csv: TableLayout = { kind: 'csv', packed: 'no', encoding: 'utf-8', delimiter: ',', quote: '"', header: true, skipLines: 0 }
const xlsx: TableLayout = { kind: 'xlsx', sheet: 'Sheet1', header: true, skipRows: 0 }

async function bytesOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}

async function readBack(bytes: Buffer, layout: TableLayout): Promise<{ cells: string[][]; kinds: string[][]; problems: number }> {
  const cells: string[][] = []
  const kinds: string[][] = []
  const { problems } = await readTable(bytesSource(bytes), layout, (batch) => {
    for (let row = 0; row < batch.count; row++) {
      cells.push(Array.from({ length: batch.columns }, (_, column) => batch.text(row, column)))
      kinds.push(Array.from({ length: batch.columns }, (_, column) => batch.kind(row, column)))
    }
  })
  return { cells, kinds, problems }
}

// Every character but NUL, which no table can carry: the writers put U+FFFD in its place.
const anyText = fc
  .string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom(',', '"', '\n', '\r', '\t', ';', "'", '=', '+', '＝', ' ', '_x000D_', '\ufeff', '王', '😀', '<', '&', ']]>'),
    ),
  })
  .map((text) => text.replaceAll('\0', ''))
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((columns) => fc.array(fc.array(anyText, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 }))

const attacks = [
  "=cmd|'/C calc'!A0",
  '=1+1',
  '+1+1',
  '-2+3+cmd|x',
  '@SUM(1+1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '\u3000=1+1',
  '\u200b=1+1',
  '\u0001=1+1',
  '\ufeff=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  "'=1+1",
  "''=1+1",
  '=HYPERLINK("http://x","y")',
  '\t',
  '\r\n',
  '-',
  '+86 138 0013 8000',
]
const harmless = ['王小明', 'a=b', '1-2', 'x@y.z', "O'Brien", "'quoted'", '', '12.50', ' plain', 'E=mc²']

describe('writing and reading give the same cells', () => {
  test('CSV', () =>
    fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const header = rows[0]!.map((_, i) => `h${i}`)
        const { cells, problems } = await readBack(await bytesOf(writeCsv([header, ...rows])), csv)
        expect(problems).toBe(0)
        expect(cells.map((row) => row.map(unguardText))).toEqual(rows)
      }),
      { numRuns: 500 },
    ))

  test('workbook', () =>
    fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const header = rows[0]!.map((_, i) => `h${i}`)
        const { cells, problems } = await readBack(await bytesOf(writeXlsx([header, ...rows])), xlsx)
        expect(problems).toBe(0)
        expect(cells).toEqual(rows.filter((row) => row.some((cell) => cell !== '')))
      }),
      { numRuns: 150 },
    ))

  test('workbook cells keep their types', async () => {
    const row: readonly Cell[] = [
      '0012',
      12.5,
      { decimal: '-0.10' },
      10n ** 20n,
      true,
      { date: '2024-02-29' },
      { date: '2024-02-29 23:59:59' },
      { date: '1899-01-01' },
      null,
      Number.NaN,
      'end',
    ]
    const { cells, kinds } = await readBack(await bytesOf(writeXlsx([row.map((_, i) => `h${i}`), row])), xlsx)
    expect(cells).toEqual([
      ['0012', '12.5', '-0.1', '100000000000000000000', 'TRUE', '2024-02-29', '2024-02-29 23:59:59', '1899-01-01', '', '', 'end'],
    ])
    expect(kinds).toEqual([['text', 'number', 'number', 'text', 'boolean', 'date', 'date', 'text', 'text', 'text', 'text']])
  })

  test('CSV keeps numbers as numbers, begins with a mark, and writes nothing for what is not finite', async () => {
    const bytes = await bytesOf(
      writeCsv([
        ['a', 'b', 'c', 'd'],
        [-12.5, { decimal: '-0.10' }, Number.POSITIVE_INFINITY, '-1'],
      ]),
    )
    expect(bytes.toString()).toBe("\ufeffa,b,c,d\r\n-12.5,-0.10,,'-1\r\n")
  })

  test('thousands of rows go through in pieces', async () => {
    function* rows(): Generator<readonly Cell[]> {
      yield ['id', 'name']
      for (let i = 0; i < 60_000; i++) yield [i, `王小明 ${i}`]
    }
    for (const [pieces, layout] of [
      [writeCsv(rows()), csv],
      [writeXlsx(rows()), xlsx],
    ] as const) {
      const { cells } = await readBack(await bytesOf(pieces), layout)
      expect(cells.length).toBe(60_000)
      expect(cells.at(-1)).toEqual(['59999', '王小明 59999'])
    }
  })

  test('a failing source fails the workbook rather than hanging it', async () => {
    async function* rows(): AsyncGenerator<readonly Cell[]> {
      yield ['a']
      throw new Error('the source broke')
    }
    await expect(bytesOf(writeXlsx(rows()))).rejects.toThrow('the source broke')
  })
})

describe('guardText', () => {
  test.each(attacks)('%j is not run as a formula', (attack) => {
    const guarded = guardText(attack)
    expect(guarded).toBe(`'${attack}`)
    expect(unguardText(guarded)).toBe(attack)
  })

  test.each(harmless)('%j stays as it is', (text) => {
    expect(guardText(text)).toBe(text)
    expect(unguardText(text)).toBe(text)
  })

  test('is undone exactly, for every text', () =>
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unguardText(guardText(text))).toBe(text)
        expect(needsGuard(guardText(text))).toBe(needsGuard(text))
        expect(guardText(text)).not.toMatch(/^[\s\p{C}]*[=+\-@＝＋－＠]/u)
      }),
      { numRuns: 1000 },
    ))
})
