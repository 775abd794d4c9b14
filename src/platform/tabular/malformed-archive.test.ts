import { gzipSync } from 'node:zlib'
import { test } from 'vitest'
import { compoundFile, sheetOf, workbook, zipOf } from './testing/archives.ts'
import { type Case, checkCase } from './testing/outcome.ts'

const head = 'order,customer,day,amount\n'
const row = (n: number): string => `A-${n},c${n},2024-01-0${(n % 9) + 1},${n}.50\n`
const rows = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, i) => row(from + i)).join('')
const text = (content: string): Buffer => Buffer.from(content)

const cases: readonly Case[] = [
  { name: 'gzip', file: gzipSync(head + rows(1, 5)), gives: { good: 5 } },
  { name: 'gzip cut off', file: gzipSync(head + rows(1, 9).repeat(50)).subarray(0, -12), gives: { refused: 'truncatedArchive' } },
  {
    name: 'gzip with flipped bits',
    file: flipped(gzipSync(Buffer.concat([text(head), noise(4000)])), 60),
    gives: { refused: 'damagedArchive' },
  },
  {
    name: 'gzip bomb',
    file: () => Promise.resolve(gzipSync(Buffer.alloc(200 << 20, 'a,b,c,d\n'), { level: 9 })),
    gives: { refused: 'compressedTooMuch' },
  },
  { name: 'zip with one CSV', file: zipOf([['orders.csv', head + rows(1, 4)]]), gives: { good: 4 } },
  {
    name: 'zip with two CSVs',
    file: zipOf([
      ['a.csv', head],
      ['b.csv', head],
    ]),
    gives: { refused: 'notAWorkbook' },
  },
  { name: 'zip with a path out of its folder', file: zipOf([['../../etc/orders.csv', head]]), gives: { refused: 'damagedArchive' } },
  { name: 'zip with a wrong checksum', file: zipOf([['orders.csv', head + rows(1, 4)]], { crc: 1 }), gives: { refused: 'damagedArchive' } },
  {
    name: 'zip that lies about its size (60 MB said, 300 MB inside)',
    file: () => Promise.resolve(zipOf([['orders.csv', Buffer.alloc(300 << 20, head)]], { size: 60 << 20 })),
    gives: { refused: 'compressedTooMuch' },
  },
  { name: 'zip cut off', file: zipOf([['orders.csv', head + rows(1, 4)]]).subarray(0, -30), gives: { refused: 'truncatedArchive' } },
  {
    name: 'zip of 3,000 parts',
    file: zipOf(Array.from({ length: 3000 }, (_, i) => [`p${i}`, ''] as const)),
    gives: { refused: 'tooManyEntries' },
  },
  {
    name: 'workbook',
    file: () =>
      workbook([
        ['id', 'day', 'amount'],
        ['A1', { date: '2024-01-02' }, { decimal: '12.5' }],
      ]),
    gives: { good: 1, first: ['A1', '2024-01-02', '12.5'] },
  },
  {
    name: 'workbook with a document type (entities)',
    file: () => sheetOf('<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'),
    gives: { refused: 'damagedWorkbook' },
  },
  {
    name: 'workbook whose XML ends too early',
    file: () => sheetOf('<worksheet><sheetData><row><c t="inlineStr"><is><t>id</t></is></c></row>'),
    gives: { refused: 'damagedWorkbook' },
  },
  { name: 'workbook nested without end', file: () => sheetOf(`<worksheet>${'<a>'.repeat(10_000)}`), gives: { refused: 'damagedWorkbook' } },
  {
    name: 'workbook with one endless text',
    file: () => sheetOf(`<worksheet><sheetData><row><c t="str"><v>${'x'.repeat(20 << 20)}</v></c></row></sheetData></worksheet>`),
    gives: { refused: 'damagedWorkbook' },
  },
  {
    name: 'workbook that names a text that does not exist',
    file: () => sheetOf('<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>'),
    gives: { refused: 'damagedWorkbook' },
  },
  { name: 'workbook with an empty sheet', file: () => sheetOf('<worksheet><sheetData/></worksheet>'), gives: { refused: 'emptyFile' } },
  {
    name: 'workbook with gaps, and a value beyond the header',
    file: () =>
      sheetOf(
        '<worksheet><sheetData><row r="3"><c r="A3" t="str"><v>id</v></c><c r="C3" t="str"><v>amount</v></c></row><row r="5"><c r="C5"><v>2.5499999999999998</v></c></row><row r="6"><c r="A6"><v>1</v></c><c r="ZZ6"><v>1</v></c></row></sheetData></worksheet>',
      ),
    gives: { good: 1, bad: { 6: 'tooManyFields' }, first: ['', '', '2.55'], warnings: ['emptyHeader'] },
  },
  { name: 'workbook with a password', file: compoundFile('EncryptedPackage'), gives: { refused: 'encryptedWorkbook' } },
  { name: 'workbook of the old kind', file: compoundFile('Workbook'), gives: { refused: 'legacyWorkbook' } },
  { name: 'binary workbook', file: zipOf([['xl/workbook.bin', 'x']]), gives: { refused: 'binaryWorkbook' } },
  {
    name: 'OpenDocument',
    file: zipOf([
      ['mimetype', 'application/vnd.oasis.opendocument.spreadsheet'],
      ['content.xml', '<a/>'],
    ]),
    gives: { refused: 'openDocument' },
  },
  { name: 'no such sheet', file: () => workbook([['id'], ['1']]), choice: { sheet: 'nowhere' }, gives: { refused: 'noSuchSheet' } },
  { name: 'PDF', file: text('%PDF-1.7\n...'), gives: { refused: 'binaryFile' } },
  { name: 'web page called .xls', file: text('<html><body><table><tr><td>1</td></tr></table>'), gives: { refused: 'binaryFile' } },
]

test.each(cases)('$name', checkCase)

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  for (let i = at; i < at + 8; i++) copy[i] = copy[i]! ^ 0xff
  return copy
}

/** Printable bytes without pattern that are the same in every run. */
function noise(length: number): Buffer {
  let state = 7
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return 48 + (state % 60)
  }
  return Buffer.from(Array.from({ length }, next))
}
