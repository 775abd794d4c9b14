import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileSource } from './byte-source.ts'
import { detectContainer, detectForm, firstTableRow, hasHeader } from './detect.ts'
import { detectEncoding } from './detect-encoding.ts'
import { inspectTable, readTable } from './read-table.ts'

const bytes = (text: string): Buffer => Buffer.from(text)

describe('encoding', () => {
  // 客户姓名 and 王小明 in GB18030; 客戶姓名 and 王小明 in Big5.
  const gb = Buffer.from([0xbf, 0xcd, 0xbb, 0xa7, 0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0xcd, 0xf5, 0xd0, 0xa1, 0xc3, 0xf7])
  const big5 = Buffer.from([0xab, 0xc8, 0xa4, 0xe1, 0xa9, 0x6d, 0xa6, 0x57, 0x0a, 0xa4, 0xfd, 0xa4, 0x70, 0xa9, 0xfa])

  test.each([
    ['ASCII', bytes('id,name'), 'utf-8'],
    ['UTF-8', bytes('客户姓名'), 'utf-8'],
    ['UTF-8 cut in a character', bytes('客户姓名').subarray(0, -1), 'utf-8'],
    ['UTF-8 with mark', bytes('\ufeffid'), 'utf-8'],
    ['GB18030', gb, 'gb18030'],
    ['GB18030 cut in a character', gb.subarray(0, -1), 'gb18030'],
    ['Big5', big5, 'big5'],
    ['Big5 cut in a character', big5.subarray(0, -1), 'big5'],
    ['Western', Buffer.from('Ren\xe9e, M\xfcller, 5 \x80', 'latin1'), 'windows-1252'],
    ['UTF-16', Buffer.from('\ufeff客户', 'utf16le'), 'utf-16le'],
  ] as const)('%s', (_, sample, encoding) => expect(detectEncoding(sample).encoding).toBe(encoding))

  test('says how sure it is', () => {
    expect(detectEncoding(bytes('id,name'))).toEqual({ encoding: 'utf-8', confidence: 0.5, asciiOnly: true })
    expect(detectEncoding(gb).confidence).toBeGreaterThan(0.7)
  })
})

describe('form', () => {
  test.each([
    ['a,b,c\n1,2,3\n', { delimiter: ',', columns: 3, header: true }],
    ['a;b;c\n1,5;2,5;3,5\n', { delimiter: ';', columns: 3, header: true }],
    ['a\tb\n1,2\t3\n', { delimiter: '\t', columns: 2, header: true }],
    ['a|b\n1|2\n', { delimiter: '|', columns: 2, header: true }],
    ['id,tags\n1,a;b\n2,c;d\n', { delimiter: ',', columns: 2 }],
    ['id,"a;b;c"\n1,"x;y;z"\n2,"x;y;z"\n', { delimiter: ',', columns: 2 }],
    ['name\nann\nbob\n', { delimiter: ',', columns: 1, header: true }],
    ["id,name\n'1','a,b'\n'2','c,d'\n", { delimiter: ',', quote: "'", columns: 2 }],
    ['1,2024-01-01,5\n2,2024-01-02,6\n', { header: false }],
    ['sep=|\na|b\n1|2\n', { delimiter: '|', skipLines: 1, columns: 2 }],
    ['Report,,\n,,\nid,day,amount\n1,2024-01-01,5\n2,2024-01-02,6\n', { skipLines: 2, header: true }],
  ])('%j', (text, expected) => expect(detectForm(bytes(text), true)).toMatchObject(expected))

  test('a header is words above figures', () => {
    expect(
      hasHeader([
        ['id', 'amount'],
        ['1', '2'],
      ]),
    ).toBe(true)
    expect(
      hasHeader([
        ['ann@x.com', '2'],
        ['bob@x.com', '3'],
      ]),
    ).toBe(false)
    expect(
      hasHeader([
        ['red', 'big'],
        ['red', 'small'],
        ['red', 'big'],
      ]),
    ).toBe(false)
    expect(hasHeader([['客户', '金额']])).toBe(true)
    expect(firstTableRow([['Sales'], ['a', 'b', 'c'], ['1', '2', '3']])).toBe(1)
  })
})

test('containers', () => {
  expect(detectContainer(Buffer.from([0x1f, 0x8b, 8, 0]))).toBe('gzip')
  expect(detectContainer(bytes('PK\x03\x04'))).toBe('zip')
  expect(detectContainer(bytes('id,<html>'))).toBe('text')
  expect(detectContainer(bytes('\ufeff <!DOCTYPE html>'))).toBe('html')
})

// Counts from data/README.md of the fixtures: every line counts.
const fixtures = join(process.env.PATRON_FIXTURES ?? '../shared', 'data')
describe.skipIf(!existsSync(fixtures))('real files (skipped where the fixtures folder is missing)', () => {
  test.each([
    ['online_retail_2010_2011.csv.gz', 541_909, 8],
    ['cdnow_sample.csv', 6919, 5],
    ['named_orders.csv', 4906, 6],
  ])('%s', async (name, rows, columns) => {
    const source = await fileSource(join(fixtures, name))
    const { layout, headers, warnings } = await inspectTable(source)
    expect(headers.length).toBe(columns)
    expect(warnings).toEqual([])
    const seen = { anonymous: 0, cancelled: 0, negative: 0, free: 0 }
    const summary = await readTable(source, layout, (batch) => {
      if (columns !== 8) return
      for (let row = 0; row < batch.count; row++) {
        if (batch.isEmpty(row, 6)) seen.anonymous++
        if (batch.text(row, 0).startsWith('C')) seen.cancelled++
        if (batch.int(row, 3) < 0) seen.negative++
        if (batch.units(row, 5, 6) === 0) seen.free++
      }
    })
    expect(summary).toMatchObject({ rows, problems: 0, columns })
    if (columns === 8) expect(seen).toEqual({ anonymous: 135_080, cancelled: 9288, negative: 10_624, free: 2515 })
  })
})
