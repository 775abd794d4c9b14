import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operator } from '#platform/context.ts'
import { withTransaction } from '#platform/database/connection.ts'
import { type TestDatabase, testDatabase } from '#platform/database/testing.ts'
import { type ImportResult, importRun, readable } from '#platform/imports/import-run.ts'
import { inspectFile } from '#platform/imports/inspect.ts'
import { Refusal } from '#platform/refusal.ts'
import type { RunHandle } from '#platform/runs/run-kind.ts'
import { fileSource } from '#platform/tabular/byte-source.ts'
import { modules } from '../../modules.ts'
import { contextMaker } from '../../product.ts'
import { ordersImporter } from './importers/orders.ts'

let scratch: TestDatabase
let folder: string
beforeAll(async () => {
  scratch = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'patron-malformed-'))
})
afterAll(async () => {
  await scratch.close()
  await rm(folder, { recursive: true, force: true })
})

/** A dry run without queue and HTTP. */
async function dryRun(content: string | Uint8Array): Promise<ImportResult> {
  const path = join(folder, `${randomUUID()}.csv`)
  await writeFile(path, content)
  const source = await fileSource(path)
  const { suggested } = await readable(() => inspectFile(source, ordersImporter, []))
  const contextOf = contextMaker(modules)
  const now = () => new Date('2026-03-01T00:00:00Z')
  const run: RunHandle = {
    id: randomUUID(),
    input: { importer: 'orders', file: { kind: 'path', path, name: 'file.csv' }, mapping: suggested, dryRun: true },
    position: null,
    requestedBy: 'operator',
    database: scratch.database,
    now,
    house: { modules },
    folder: await mkdtemp(join(folder, 'run-')),
    stopping: new AbortController().signal,
    step: (_, work) => withTransaction(scratch.database, (db) => work(contextOf(db, now(), operator))),
    progress: async () => {},
  }
  return (await importRun.work(run)) as ImportResult
}

const header = 'order number,customer id,date,product,quantity,unit price'
const good = '1,a,2026-01-05,P,1,5'
const file = (row: string) => `${header}\n${good}\n${row}\n2,b,2026-01-06,P,2,5\n`

/** A row between two good ones, and why it is not in. */
const rows: readonly (readonly [string, string | null, string])[] = [
  ['3,a', null, 'tooFewFields'],
  ['3,a,2026-01-05,P,1,5,6', null, 'tooManyFields'],
  ['3,a,2026-01-05,"P,1,5', null, 'quoteNeverClosed'],
  ['3,a,2026-01-05,"P"x,1,5', null, 'textAfterQuote'],
  ['3,a,2026-01-05,P\u0000,1,5', null, 'nulByte'],
  ['3,a,2026-02-29,P,1,5', 'date', 'noSuchDay'],
  ['3,a,2026-13-01,P,1,5', 'date', 'noSuchDay'],
  ['3,a,2026-00-10,P,1,5', 'date', 'noSuchDay'],
  ['3,a,2026-04-31,P,1,5', 'date', 'noSuchDay'],
  ['3,a,yesterday,P,1,5', 'date', 'notADate'],
  ['3,a,,P,1,5', 'date', 'dateMissing'],
  ['3,a,   ,P,1,5', 'date', 'dateMissing'],
  ['3,a,0001-01-01,P,1,5', 'date', 'yearOutOfRange'],
  ['3,a,9999-12-31,P,1,5', 'date', 'yearOutOfRange'],
  ['3,a,2026-01-05 25:00,P,1,5', 'date', 'noSuchTime'],
  ['3,a,2026-01-05 10:61,P,1,5', 'date', 'noSuchTime'],
  ['3,a,2026-01-05 soon,P,1,5', 'date', 'notADate'],
  ['3,a,13/13/2026,P,1,5', 'date', 'noSuchDay'],
  ['3,a,46000.5.1,P,1,5', 'date', 'notADate'],
  ['3,a,2026-01-05,P,one,5', 'quantity', 'notANumber'],
  ['3,a,2026-01-05,P,1-2,5', 'quantity', 'notANumber'],
  ['3,a,2026-01-05,P,--1,5', 'quantity', 'notANumber'],
  ['3,a,2026-01-05,P,1e400,5', 'quantity', 'tooManyDigits'],
  ['3,a,2026-01-05,P,NaN,5', 'quantity', 'notANumber'],
  ['3,a,2026-01-05,P,Infinity,5', 'quantity', 'notANumber'],
  ['3,a,2026-01-05,P,0x10,5', 'quantity', 'notANumber'],
  ['3,a,2026-01-05,P,½,5', 'quantity', 'notANumber'],
  ['3,a,2026-01-05,P,1,free', 'unitPrice', 'notANumber'],
  ['3,a,2026-01-05,P,1,#REF!', 'unitPrice', 'notANumber'],
  ['3,a,2026-01-05,P,1,#N/A', 'unitPrice', 'notANumber'],
  ['3,a,2026-01-05,P,1,5%', 'unitPrice', 'percent'],
  ['3,a,2026-01-05,P,1,1.2.3', 'unitPrice', 'groupingUnclear'],
  ['3,a,2026-01-05,P,1,"1,23.4"', 'unitPrice', 'groupingUnclear'],
  ['3,a,2026-01-05,P,1,1.23457E+11', 'unitPrice', 'digitsShortened'],
  ['3,a,2026-01-05,P,1,5 apples', 'unitPrice', 'notANumber'],
  ['3,a,2026-01-05,P,1,', 'unitPrice', 'amountMissing'],
  ['3,a,2026-01-05,P,1,0.1234567', 'unitPrice', 'tooPrecise'],
  ['3,a,2026-01-05,P,1,99999999999', 'unitPrice', 'tooPrecise'],
  ['3,a,2026-01-05,P,99999999999,5', 'quantity', 'tooPrecise'],
  [`3,${'k'.repeat(201)},2026-01-05,P,1,5`, 'customer', 'tooLong'],
  [`${'9'.repeat(201)},a,2026-01-05,P,1,5`, 'orderNumber', 'tooLong'],
  [`3,a,2026-01-05,${'p'.repeat(201)},1,5`, 'product', 'tooLong'],
  ['3,a,2026-01-05,P,999999999,9999999', 'unitPrice', 'amountTooLarge'],
]

describe('a bad row is rejected with its line, its field and the reason, and the others are in', () => {
  test.each(rows)('%s', async (row, field, reason) => {
    const result = await dryRun(file(row))
    expect(result.problems.map((problem) => [problem.line, problem.field, problem.reason])).toEqual([[3, field, reason]])
    expect(result.problems[0]!.detail.length).toBeGreaterThan(8)
    expect(result).toMatchObject({ rejected: 1, counts: { new: 2 } })
  })

  // Cells in other than the plainest form are read on another road, which must not forget what was wrong before.
  test.each([
    ['2026/01/05', 'one', '5', 'quantity', 'notANumber'],
    ['05.01.2026', '1', 'free', 'unitPrice', 'notANumber'],
    ['2026-01-05 10:00', '99999999999', '1 000.50', 'quantity', 'tooPrecise'],
    ['2026/01/05', 'one', 'free', 'quantity', 'notANumber'],
  ])('%s, %s, %s', async (date, quantity, price, field, reason) => {
    const dated = date.startsWith('05') ? ['06.01.2026', '31.01.2026'] : ['2026/01/06', '2026/01/31']
    const result = await dryRun(`${header}\n1,a,${dated[0]},P,1,5\n3,a,${date},P,${quantity},${price}\n2,b,${dated[1]},P,2,5\n`)
    expect(result.problems.map((problem) => [problem.line, problem.field, problem.reason])).toEqual([[3, field, reason]])
    expect(result).toMatchObject({ rejected: 1, counts: { new: 2, orders: 2 } })
  })

  test('bytes that are no text', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header}\n${good}\n3,é,2026-01-05,P,1,5\n4,a,2026-01-05,`),
      Buffer.from([0xff, 0xfe, 0x80]),
      Buffer.from(',1,5\n'),
    ])
    const result = await dryRun(bytes)
    expect(result.problems.map(({ line, reason }) => [line, reason])).toEqual([[4, 'invalidEncoding']])
    expect(result.counts).toMatchObject({ new: 2 })
  })
})

const files: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['nothing at all', '', 'emptyFile'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]), 'binaryFile'],
  ['a PDF', '%PDF-1.7\n%abc\n', 'binaryFile'],
  ['a web page', '<!doctype html><html><table></table></html>', 'binaryFile'],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(600).fill(0)]), 'legacyWorkbook'],
  ['half a compressed file', gzipSync(Buffer.from(file(good).repeat(2000))).subarray(0, 60), 'truncatedArchive'],
  ['half a workbook', Buffer.from('504b0304140000000800', 'hex'), 'truncatedArchive'],
  ['no column that is a date', 'order number,customer id,product,quantity,unit price\n1,a,P,1,5\n', 'bad-mapping'],
]

describe('a file that cannot be read is refused as a whole, in one sentence', () => {
  test.each(files)('%s', async (_, content, reason) => {
    const error = await dryRun(content).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).message).toMatch(/^[^\n]{10,}$/)
    expect(error instanceof Refusal ? error.reason : error).toBe(reason)
  })
})

test('there are more than fifty of them', () => {
  expect(rows.length + files.length + 1).toBeGreaterThanOrEqual(50)
})
