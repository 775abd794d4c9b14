import { expect, test } from 'vitest'
import { type Case, checkCase } from './testing/outcome.ts'

// Each file is made here, read as the import reads it, and has one clear outcome: the rows that are good, the rows that are not with their lines and
// reasons, or the one reason for which the whole file is refused.

const head = 'order,customer,day,amount\n'
const row = (n: number): string => `A-${n},c${n},2024-01-0${(n % 9) + 1},${n}.50\n`
const rows = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, i) => row(from + i)).join('')
const text = (content: string): Buffer => Buffer.from(content)
const withBytes = (...parts: readonly (string | Uint8Array | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))))
const utf16 = (content: string, big: boolean): Buffer => {
  const bytes = Buffer.from(`\ufeff${content}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}
// 订单号,客户,金额 and two rows in GB18030; 訂單,客戶,金額 and two rows in Big5 (this runtime has decoders for them, and no encoders).
const gb18030 = withBytes(
  [0xb6, 0xa9, 0xb5, 0xa5, 0xba, 0xc5],
  ',',
  [0xbf, 0xcd, 0xbb, 0xa7],
  ',',
  [0xbd, 0xf0, 0xb6, 0xee],
  '\nA1,',
  [0xcd, 0xf5, 0xd0, 0xa1, 0xc3, 0xf7],
  ',12.50\nA2,',
  [0xc0, 0xee, 0xc4, 0xc8],
  ',3\n',
)
const big5 = withBytes(
  [0xad, 0x71, 0xb3, 0xe6],
  ',',
  [0xab, 0xc8, 0xa4, 0xe1],
  ',',
  [0xaa, 0xf7, 0xc3, 0x42],
  '\nA1,',
  [0xa4, 0xfd, 0xa4, 0x70, 0xa9, 0xfa],
  ',12.50\nA2,',
  [0xa7, 0xf5, 0xae, 0x52],
  ',3\n',
)

const cases: readonly Case[] = [
  { name: 'empty file', file: text(''), gives: { refused: 'emptyFile' } },
  { name: 'byte order mark alone', file: text('\ufeff'), gives: { refused: 'emptyFile' } },
  { name: 'blank lines alone', file: text('\n\r\n\n'), gives: { refused: 'noHeader' } },
  { name: 'header alone', file: text(head), gives: { good: 0 } },
  { name: 'header alone without line end', file: text(head.trim()), gives: { good: 0 } },
  { name: 'last line without line end', file: text(head + row(1) + row(2).trim()), gives: { good: 2 } },
  { name: 'blank lines between', file: text(`${head}\n${row(1)}\r\n\n${row(2)}\n`), gives: { good: 2 } },
  { name: 'lines of delimiters alone', file: text(`${head}${row(1)},,,\n,,,\n${row(2)}`), gives: { good: 2 } },
  {
    name: 'CRLF',
    file: text((head + rows(1, 3)).replaceAll('\n', '\r\n')),
    gives: { good: 3, first: ['A-1', 'c1', '2024-01-02', '1.50'] },
  },
  { name: 'CR alone', file: text((head + rows(1, 3)).replaceAll('\n', '\r')), gives: { good: 3 } },
  { name: 'mixed line ends', file: text(`${head.trim()}\r\n${row(1).trim()}\r${row(2)}${row(3).trim()}\r\n`), gives: { good: 3 } },
  { name: 'too few fields', file: text(`${head}${row(1)}A-2,c2\n${row(3)}`), gives: { good: 2, bad: { 3: 'tooFewFields' } } },
  {
    name: 'too many fields',
    file: text(`${head}${row(1)}A-2,c2,2024-01-01,1,234.50\n${row(3)}`),
    gives: { good: 2, bad: { 3: 'tooManyFields' } },
  },
  {
    name: 'quote never closed at the end',
    file: text(`${head}${row(1)}A-2,"c2,2024-01-02,2.50\n${row(3)}${row(4)}`),
    gives: { good: 3, bad: { 3: 'quoteNeverClosed' } },
  },
  {
    name: 'quote never closed on the last line',
    file: text(`${head}${row(1)}A-2,c2,2024-01-02,"2.50`),
    gives: { good: 1, bad: { 3: 'quoteNeverClosed' } },
  },
  {
    name: 'stray quote that runs into a later quote',
    file: text(`${head}A-1,"c1,2024-01-02,1\nA-2,"c2",2024-01-02,2\n${row(3)}`),
    gives: { good: 2, bad: { 2: 'textAfterQuote' } },
  },
  {
    name: 'runaway quote before two MiB',
    file: text(`${head}A-1,"c1,2024-01-02,1\n${rows(2, 9).repeat(12_000)}`),
    gives: { good: 96_000, bad: { 2: 'quoteNeverClosed' } },
  },
  {
    name: 'text after a closing quote',
    file: text(`${head}A-1,"c"1,2024-01-02,1\n${row(2)}`),
    gives: { good: 1, bad: { 2: 'textAfterQuote' } },
  },
  {
    name: 'broken quote after a field with line ends',
    file: text(`${head}"A\n1","c"x,2024-01-02,1\n${row(2)}`),
    gives: { good: 1, bad: { 2: 'textAfterQuote' } },
  },
  {
    name: 'quote inside an unquoted field',
    file: text(`${head}A-1,5" pipe,2024-01-02,1\n`),
    gives: { good: 1, first: ['A-1', '5" pipe', '2024-01-02', '1'] },
  },
  {
    name: 'doubled quotes and line ends in quotes',
    file: text(`${head}"A""1","c\r\n1,x",2024-01-02,"1"\n${row(2)}`),
    gives: { good: 2, first: ['A"1', 'c\r\n1,x', '2024-01-02', '1'] },
  },
  { name: 'empty quoted fields', file: text(`${head}"","","",""\n`), gives: { good: 1, first: ['', '', '', ''] } },
  { name: 'NUL byte', file: text(`${head}${row(1)}A-2,c\0,2024-01-02,2\n${row(3)}`), gives: { good: 2, bad: { 3: 'nulByte' } } },
  { name: 'file of NUL bytes', file: Buffer.alloc(1000), gives: { refused: 'damagedHeader' } },
  {
    name: 'field over one MiB',
    file: text(`${head}A-1,${'x'.repeat((1 << 20) + 1)},2024-01-02,1\n${row(2)}`),
    gives: { good: 1, bad: { 2: 'fieldTooLong' } },
  },
  {
    name: 'quoted field over one MiB',
    file: text(`${head}A-1,"${'x'.repeat((1 << 20) + 1)}",2024-01-02,1\n${row(2)}`),
    gives: { good: 1, bad: { 2: 'fieldTooLong' } },
  },
  { name: 'field of exactly one MiB', file: text(`${head}A-1,${'x'.repeat(1 << 20)},2024-01-02,1\n${row(2)}`), gives: { good: 2 } },
  {
    name: 'row over four MiB',
    file: text(`${head}${`"${'x\n'.repeat(400_000)}",`.repeat(6)}1\n${row(2)}`),
    choice: { delimiter: ',', quote: '"', header: true, skipLines: 0 },
    gives: { good: 1, bad: {} },
  },
  { name: 'line of eight MiB without end', file: text(head + 'x'.repeat(8 << 20)), gives: { good: 0, bad: { 2: 'fieldTooLong' } } },
  {
    name: '1,000 columns',
    file: text(`${Array.from({ length: 1000 }, (_, i) => `h${i}`).join(',')}\n${'1,'.repeat(999)}1\n`),
    gives: { good: 1 },
  },
  {
    name: '1,001 columns',
    file: text(`${Array.from({ length: 1001 }, (_, i) => `h${i}`).join(',')}\n${'1,'.repeat(1000)}1\n`),
    gives: { refused: 'tooManyColumns' },
  },
  {
    name: 'one row of a million fields',
    file: text(`${head}${row(1)}${','.repeat(1_000_000)}x\n${row(3)}`),
    gives: { good: 2, bad: { 3: 'tooManyFields' } },
  },
  { name: 'duplicated headers', file: text(`id,amount,Amount,amount\n1,2,3,4\n`), gives: { good: 1, warnings: ['duplicateHeader'] } },
  { name: 'empty header', file: text('id,,amount\n1,2,3\n4,5,6\n'), gives: { good: 2, warnings: ['emptyHeader'] } },
  { name: 'broken header', file: text('id,"name"x,amount\n1,2,3\n'), gives: { refused: 'damagedHeader' } },
  { name: 'no header', file: text(rows(1, 5)), gives: { good: 5 } },
  {
    name: 'a title above the header',
    file: text(`Orders of January\n\n${head}${rows(1, 5)}`),
    gives: { good: 5, first: ['A-1', 'c1', '2024-01-02', '1.50'] },
  },
  { name: 'declared separator', file: text('sep=;\r\nid;amount\r\n1;2,5\r\n2;3,5\r\n'), gives: { good: 2, first: ['1', '2,5'] } },
  {
    name: 'decimal commas with semicolons',
    file: text('id;amount;price\n1;2,5;1,25\n2;3,5;2,25\n'),
    gives: { good: 2, first: ['1', '2,5', '1,25'] },
  },
  { name: 'byte order mark in the middle (files put together)', file: text(`\ufeff${head}${row(1)}\ufeff${row(2)}`), gives: { good: 2 } },
  {
    name: 'Latin letters that are no UTF-8 in one row of many',
    file: withBytes(head, 'A-0,é,2024-01-01,1\n'.repeat(30), 'A-1,M', [0xfc], 'ller,2024-01-01,1\n', row(2)),
    gives: { good: 31, bad: { 32: 'invalidEncoding' } },
  },
  {
    name: 'lone surrogates written as UTF-8',
    file: withBytes(head, 'A-0,é,2024-01-01,1\n'.repeat(50), 'A-1,', [0xed, 0xa0, 0x80], ',2024-01-01,1\n'),
    gives: { good: 50, bad: { 52: 'invalidEncoding' } },
  },
  {
    name: 'lone surrogates in UTF-16',
    file: utf16(`${head}A-1,\ud800x,2024-01-01,1\n${row(2)}`, false),
    gives: { good: 1, bad: { 2: 'invalidEncoding' } },
  },
  {
    name: 'UTF-16 little endian',
    file: utf16(`${head}A-1,王小明,2024-01-01,1\n`, false),
    gives: { good: 1, first: ['A-1', '王小明', '2024-01-01', '1'] },
  },
  {
    name: 'UTF-16 big endian',
    file: utf16(`${head}A-1,王小明,2024-01-01,1\n`, true),
    gives: { good: 1, first: ['A-1', '王小明', '2024-01-01', '1'] },
  },
  {
    name: 'UTF-16 cut in the middle of a character',
    file: utf16(`${head}${row(1)}`, false).subarray(0, -1),
    gives: { good: 0, bad: { 2: 'invalidEncoding' } },
  },
  { name: 'UTF-16 without mark', file: utf16(`${head}${rows(1, 3)}`, false).subarray(2), gives: { good: 3 } },
  { name: 'GB18030', file: gb18030, gives: { good: 2, first: ['A1', '王小明', '12.50'] } },
  { name: 'Big5', file: big5, gives: { good: 2, first: ['A1', '王小明', '12.50'] } },
  {
    name: 'GB18030 read as UTF-8',
    file: gb18030,
    choice: { encoding: 'utf-8' },
    gives: { refused: 'damagedHeader' },
  },
  {
    name: 'GB18030 that begins after 300 KB of ASCII',
    file: withBytes('id,name,amount\n', 'A1,x,1\n'.repeat(45_000), gb18030.subarray(17)),
    gives: { good: 45_002 },
  },
  {
    name: 'Windows-1252',
    file: withBytes('id,name,amount\n1,M', [0xfc], 'ller,2\n2,Ren', [0xe9], 'e,3\n'),
    gives: { good: 2, first: ['1', 'Müller', '2'] },
  },
]

test('there are at least fifty', () => expect(cases.length).toBeGreaterThanOrEqual(50))

test.each(cases)('$name', checkCase)
