// How fast CSV is read, against the named reference: a plain reader that decodes each chunk, splits it at line ends and each line at commas
// (and so breaks on every quoted field). Both turn amount and day into numbers and take the two keys as text. Run: node bench/csv-reader.ts [rows]

import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileSource } from '#platform/tabular/byte-source.ts'
import { readCsv } from '#platform/tabular/csv-reader.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const folder = await mkdtemp(join(tmpdir(), 'csv-reader-'))
const path = join(folder, 'orders.csv')

try {
  await pipeline(Readable.from(orders(rows)), createWriteStream(path))
  const { size } = await fileSource(path)
  console.log(`${rows.toLocaleString('en')} rows, ${(size / 1e6).toFixed(0)} MB, medians of three runs`)
  const boundaries = await median(() => readOurs(path, false))
  const cells = await median(() => readOurs(path, true))
  const split = await median(() => readSplit(path))
  if (cells.sum !== split.sum) throw new Error(`the readers disagree: ${cells.sum} and ${split.sum}`)
  report('rows and fields only', boundaries.seconds)
  report('with two texts, an amount and a day', cells.seconds)
  report('reference: split', split.seconds)
  console.log(
    `${(split.seconds / cells.seconds).toFixed(2)} × the reference's speed; resident ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB at the end`,
  )
} finally {
  await rm(folder, { recursive: true })
}

type Run = { readonly seconds: number; readonly sum: number }

async function readOurs(file: string, withCells: boolean): Promise<number> {
  const source = await fileSource(file)
  let sum = 0
  await readCsv(source.read(0, source.size), { delimiter: ',', quote: '"', encoding: 'utf-8', header: true }, (batch) => {
    if (!withCells) return
    for (let row = 0; row < batch.count; row++) {
      sum += batch.units(row, 3, 2) + batch.wallClock(row, 2) / 86_400_000 + batch.text(row, 0).length + batch.text(row, 1).length
    }
  })
  return sum
}

async function readSplit(file: string): Promise<number> {
  let sum = 0
  let rest = ''
  let header = true
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 })) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (header) {
        header = false
        continue
      }
      const fields = line.split(',')
      sum += Math.round(Number(fields[3]) * 100) + Date.parse(fields[2]!) / 86_400_000 + fields[0]!.length + fields[1]!.length
    }
  }
  return sum
}

async function median(read: () => Promise<number>): Promise<Run> {
  const runs: Run[] = []
  for (let i = 0; i < 3; i++) {
    const start = performance.now()
    const sum = await read()
    runs.push({ seconds: (performance.now() - start) / 1000, sum })
  }
  return runs.sort((a, b) => a.seconds - b.seconds)[1]!
}

function report(what: string, seconds: number): void {
  console.log(`${what.padEnd(40)} ${seconds.toFixed(2)} s  ${Math.round(rows / seconds).toLocaleString('en')} rows/s`)
}

/** Orders of the bench's shape: order number, customer key, day, amount; always the same. */
function* orders(count: number): Generator<string> {
  let state = 1
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return (state >>> 8) % below
  }
  let text = 'order_no,customer_id,order_date,amount\n'
  for (let i = 0; i < count; i++) {
    const day = `2024-${String(1 + next(12)).padStart(2, '0')}-${String(1 + next(28)).padStart(2, '0')}`
    text += `ORD-${String(i).padStart(8, '0')},CUST-${String(next(1_000_000)).padStart(7, '0')},${day},${next(500)}.${String(next(100)).padStart(2, '0')}\n`
    if (text.length > 1 << 16) {
      yield text
      text = ''
    }
  }
  yield text
}
