import { api } from '#modules/customers/api.ts'
import { customersImporter } from '#modules/customers/importers.ts'
import { derivedId, timeOrderedId } from '#platform/identifier.ts'
import type { ImportRow, ImportRows, Reject, StreamJob, UndoJob } from '#platform/imports/importer.ts'
import type { RunView } from '#platform/runs/run-kind.ts'
import type { App } from '#test/app.ts'

type Cells = Readonly<Record<string, string>>

/** Imports of customers without the engine: rows as a file would bring them, and what was rejected of the last test's; `app` is asked for when it is there. */
export function customerImports(appOf: () => App) {
  let rejects: Omit<Reject, 'line'>[] = []

  /** The engine's part of an import, over rows that are already read. */
  async function importRows(
    runId: string,
    table: readonly Cells[],
    options: { dryRun?: boolean; precedence?: string; source?: string } = {},
  ) {
    const rowOf = (cells: Cells, index: number): ImportRow => {
      let rejected = false
      const text = (field: string) => cells[field] ?? null
      return {
        line: index + 2,
        get rejected() {
          return rejected
        },
        has: (field) => field in cells,
        text,
        number: text,
        day: text,
        moment: () => null,
        flag: (field) => (cells[field] === undefined ? null : cells[field] === 'yes'),
        email: text,
        phone: text,
        reject(field, reason, detail) {
          if (!rejected) rejects.push({ field, reason, detail })
          rejected = true
        },
      }
    }
    const rehearse: StreamJob['rehearse'] = async (work) => {
      let result: Awaited<ReturnType<typeof work>> | undefined
      await appOf()
        .transaction(async (context) => {
          result = await work(context)
          throw new Error('taken back')
        })
        .catch((error: Error) => {
          if (error.message !== 'taken back') throw error
        })
      return result!
    }
    const job = {
      runId,
      requestedBy: 'importer',
      source: options.source ?? 'shop',
      dryRun: options.dryRun ?? false,
      options: { precedence: options.precedence ?? 'hand' },
      has: () => true,
      mapped: [...new Set(table.flatMap((cells) => Object.keys(cells)))],
      database: appOf().database,
      now: () => appOf().now,
      position: null,
      progress: async () => {},
      async read(onRows: (rows: ImportRows) => void | Promise<void>) {
        const rows = table.map(rowOf)
        await onRows({ batch: { count: rows.length }, column: () => 0, row: (i: number) => rows[i]! } as unknown as ImportRows)
        return { rows: table.length }
      },
      rejects: { count: 0, first: [], addLine: (reject: Reject) => rejects.push(reject), keep: async () => {} },
      step: (_: unknown, work: Parameters<StreamJob['step']>[1]) => appOf().transaction(work),
      rehearse,
    }
    return (await customersImporter.work(job as unknown as StreamJob)).counts
  }

  /** The engine's part of taking an import back. */
  const undo = (runId: string) => {
    const job = {
      runId: timeOrderedId(appOf().now),
      requestedBy: 'undoer',
      of: { id: runId } as RunView,
      position: null,
      progress: async () => {},
      step: (_: unknown, work: Parameters<UndoJob['step']>[1]) => appOf().transaction(work),
    }
    return customersImporter.undo!(job as unknown as UndoJob)
  }
  const one = (key: string, source = 'shop') =>
    appOf()
      .as(api)
      .one({ id: derivedId('customer', source, key) })
  const nextRun = () => timeOrderedId(appOf().now)

  return {
    importRows,
    undo,
    one,
    nextRun,
    rejected: () => rejects,
    forget: () => {
      rejects = []
    },
  }
}
