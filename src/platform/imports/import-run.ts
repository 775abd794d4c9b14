import { z } from 'zod'
import type { House } from '../context.ts'
import type { Database, Db } from '../database/connection.ts'
import { fileById } from '../files.ts'
import { refuse } from '../refusal.ts'
import { type RunHandle, type RunKind, runKind } from '../runs/run-kind.ts'
import { type ByteSource, fileSource } from '../tabular/byte-source.ts'
import { inspectTable, readTable } from '../tabular/read-table.ts'
import { TabularError } from '../tabular/tabular-error.ts'
import { importMapping } from './api.ts'
import type { Importer, ImportOutcome, StreamJob, UndoOutcome } from './importer.ts'
import { mappedRows, type OnReject } from './mapped-rows.ts'
import { checkMapping, optionsOf } from './mapping.ts'
import { dropRejects, rejectFile, rejectsFileId } from './reject-file.ts'
import { storedSource } from './store.ts'
import { mayReadRows } from './view.ts'

/** What makes a file unreadable is a refusal that names the reason. */
export async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof TabularError) throw refuse('invalid', error.code, error.message, { values: { ...error.values } })
    throw error
  }
}

/** Where the file lies: uploaded, or on the machine of the operator who started the import by command. */
export const importFile = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stored'), id: z.uuid(), name: z.string() }),
  z.object({ kind: z.literal('path'), path: z.string(), name: z.string() }),
])

export const importInput = z.object({
  importer: z.string(),
  file: importFile,
  mapping: importMapping,
  dryRun: z.boolean(),
  /** The plan that asked for it, and who hears how it ended instead of whoever asked. */
  plan: z.object({ id: z.uuid(), name: z.string(), tell: z.array(z.uuid()) }).optional(),
})
export type ImportInput = z.output<typeof importInput>

/** What is kept with an import that ended, and with its undoing. */
export type ImportResult = ImportOutcome & { readonly dryRun: boolean; readonly rejectsFile: string | null }
export type UndoResult = UndoOutcome

/** All imports are one kind of run and one group, so that they happen one after the other. */
export const importRunKind = 'import'

export const importRun: RunKind = runKind({
  kind: importRunKind,
  permission: 'imports.write',
  input: importInput,
  group: 'import',
  async work(run): Promise<ImportResult> {
    const importer = await withFurtherFields(run.database.db, importerOf(importersIn(run.house), run.input.importer))
    const source = await openImportFile(run.database, run.input.file)
    const { layout } = run.input.mapping
    const { headers } = await readable(() => inspectTable(source, layout))
    checkMapping(importer, run.input.mapping, headers.length)
    if (run.position === null) await dropRejects(run.database, run.id)
    const { job } = streamJob(run, importer, source, headers)
    const outcome = await readable(() => importer.work(job))
    return {
      ...outcome,
      dryRun: run.input.dryRun,
      rejectsFile: (await fileById(run.database.db, rejectsFileId(run.id))) ? rejectsFileId(run.id) : null,
    }
  },
  mayRead: (run, { house, actor }) => mayReadRows(run, importersIn(house), actor),
  undoable: (of) => importInput.safeParse(of.input).data?.dryRun === false,
  async undo(run, of): Promise<UndoResult> {
    const importer = importerOf(importersIn(run.house), run.input.importer)
    if (!importer.undo) throw refuse('conflict', 'cannot-be-undone', `An import of ${importer.kind} cannot be undone`)
    if (run.input.dryRun) throw refuse('conflict', 'nothing-to-undo', 'A dry run changes nothing, so there is nothing to undo')
    return importer.undo({
      runId: run.id,
      requestedBy: run.requestedBy,
      database: run.database,
      now: run.now,
      folder: run.folder,
      stopping: run.stopping,
      progress: run.progress,
      position: run.position,
      step: (position, work) => run.step(position, work),
      of,
    })
  },
})

export const importersIn = (house: House): readonly Importer[] => house.modules.flatMap((module) => module.importers ?? [])

/** An importer with the fields that the company defined; one that has the name of a fixed field stands in its place. */
export async function withFurtherFields(db: Db, importer: Importer): Promise<Importer> {
  if (!importer.furtherFields) return importer
  const further = new Map((await importer.furtherFields(db)).map((field) => [field.name, field]))
  const fixed = importer.fields.map((field) => further.get(field.name) ?? field)
  return { ...importer, fields: [...new Set([...fixed, ...further.values()])] }
}

export function importerOf(importers: readonly Importer[], kind: string): Importer {
  const found = importers.find((importer) => importer.kind === kind)
  if (!found)
    throw refuse('missing', 'no-such-import', `There is no import of '${kind}'; there are ${importers.map((i) => i.kind).join(', ')}`)
  return found
}

export async function openImportFile(database: Database, file: z.output<typeof importFile>): Promise<ByteSource> {
  return file.kind === 'path' ? fileSource(file.path) : storedSource(database.db, file.id)
}

class Rehearsed extends Error {}

function streamJob(run: RunHandle<ImportInput>, importer: Importer, source: ByteSource, headers: readonly string[]): { job: StreamJob } {
  const { mapping, dryRun } = run.input
  const kept = (run.position as { rejected?: number; first?: ImportOutcome['problems'] } | null) ?? {}
  const rejects = rejectFile({ ...run, headers, kept: { count: kept.rejected ?? 0, first: kept.first ?? [] } })
  const form = { dates: mapping.dates, decimal: mapping.decimal }
  const reading = (onReject: OnReject): StreamJob['read'] => {
    const rowsOf = mappedRows(mapping.columns, form, onReject)
    return async (onRows) => {
      const { rows } = await readTable(
        source,
        mapping.layout,
        async (batch) => {
          await onRows(rowsOf(batch))
          await rejects.rest()
        },
        { signal: run.stopping },
      )
      return { rows }
    }
  }
  const job: StreamJob = {
    runId: run.id,
    requestedBy: run.requestedBy,
    source: mapping.source,
    dryRun,
    options: optionsOf(importer, mapping.options),
    has: (field) => mapping.columns[field] !== undefined,
    mapped: Object.keys(mapping.columns),
    database: run.database,
    now: run.now,
    folder: run.folder,
    stopping: run.stopping,
    progress: run.progress,
    position: run.position,
    // Text shrinks to an eighth when it is packed, as a rule.
    fileBytes: mapping.layout.kind === 'csv' && mapping.layout.packed === 'no' ? source.size : source.size * 8,
    read: reading((rows, index, reject) => rejects.add(rows, index, reject)),
    silently: () => ({ read: reading(() => {}) }),
    reject: (rows, index, reject) => rejects.add(rows, index, reject),
    rejects,
    step: (position, work) => run.step(position, work),
    async rehearse(work) {
      let result: { value: Awaited<ReturnType<typeof work>> } | undefined
      await run
        .step(run.position, async (context) => {
          result = { value: await work(context) }
          throw new Rehearsed()
        })
        .catch((error) => {
          if (!(error instanceof Rehearsed)) throw error
        })
      return result!.value
    },
  }
  return { job }
}
