import type { Context } from '../context.ts'
import { withTransaction } from '../database/connection.ts'
import type { Counts, Importer, ImportOutcome, Item, Notes, Reject, RowImporter, Saved, StreamJob } from './importer.ts'

/** Where an import of single rows stands: the rows before `row` are in, with these counts. */
interface RowPosition {
  readonly rows: number
  readonly counts: Counts
  readonly rejected: number
  readonly first: readonly Reject[]
  readonly notes?: Notes
}

/** See `RowImporter`. After a crash the file is read again from its beginning, which is quick, and the rows that are in are skipped. */
export function rowImporter<T>(definition: RowImporter<T>): Importer {
  const { batchRows = 1000, parse, save, ...rest } = definition
  return { ...rest, work: (job) => work(job, batchRows, parse, save) }
}

async function work<T>(
  job: StreamJob,
  batchRows: number,
  parse: RowImporter<T>['parse'],
  save: RowImporter<T>['save'],
): Promise<ImportOutcome> {
  const before = job.position as RowPosition | null
  let counts: Record<string, number> = { ...before?.counts }
  let notes: Notes = before?.notes ?? { count: 0, first: [] }
  let items: Item<T>[] = []
  let seen = 0
  const skip = before?.rows ?? 0

  const flush = async () => {
    const batch = items
    items = []
    if (seen <= skip) return
    const position = {}
    const saveAll = async (context: Context) => {
      const saved: Saved = batch.length === 0 ? { counts: {} } : await save(context, batch, job)
      for (const reject of saved.rejects ?? []) job.rejects.addLine(reject)
      counts = added(counts, saved.counts)
      notes = noted(notes, saved.notes ?? [])
      if (!job.dryRun) await job.rejects.keep(context.db)
      Object.assign(position, { rows: seen, counts, rejected: job.rejects.count, first: job.rejects.first, notes } satisfies RowPosition)
    }
    await (job.dryRun ? job.rehearse(saveAll) : job.step(position, saveAll))
    await job.progress({ phase: 'rows', done: seen, total: null })
  }

  const { rows } = await job.read(async (rows) => {
    for (let i = 0; i < rows.batch.count; i++) {
      seen++
      if (seen <= skip) continue
      const row = rows.row(i)
      const value = row.rejected ? null : parse(row, job)
      if (value !== null && !row.rejected) items.push({ line: row.line, value })
      if (seen % batchRows === 0) await flush()
    }
  })
  await flush()
  if (job.dryRun) await withTransaction(job.database, (db) => job.rejects.keep(db))
  return { rows, rejected: job.rejects.count, counts, problems: job.rejects.first, ...(notes.count === 0 ? {} : { notes }) }
}

const noted = ({ count, first }: Notes, more: readonly Reject[]): Notes => ({
  count: count + more.length,
  first: [...first, ...more].slice(0, 20),
})

function added(a: Counts, b: Counts): Record<string, number> {
  const sum: Record<string, number> = { ...a }
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count
  return sum
}
