import type { Actor } from '../context.ts'
import { decides } from '../runs/actions.ts'
import type { RunState } from '../runs/run-kind.ts'
import type { Import } from './api.ts'
import type { ImportInput, ImportResult } from './import-run.ts'
import type { Importer, UndoOutcome } from './importer.ts'

/** An import as the store gives it, with the latest run that takes it back. */
export interface StoredImport {
  readonly id: string
  readonly state: RunState
  readonly input: ImportInput
  readonly result: ImportResult | null
  readonly problem: string | null
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly finishedAt: Date | null
  readonly hasRejects: boolean
  readonly undoId: string | null
  readonly undoState: RunState | null
  readonly undoResult: UndoOutcome | null
  readonly undoProblem: string | null
}

export interface Asked {
  readonly input: unknown
  readonly requestedBy: string
}

/** Whether somebody may see cells of an imported file and whom it left alone: they may import such files, and they sent this one or may see the contact data that such files hold. */
export function mayReadRows({ input, requestedBy }: Asked, importers: readonly Importer[], actor: Actor): boolean {
  const { importer: kind, plan } = input as ImportInput
  const importer = importers.find((one) => one.kind === kind)
  if (!importer || !actor.can(importer.permission)) return false
  return importer.personal === undefined || actor.can(importer.personal) || (requestedBy === actor.id && plan === undefined)
}

/** An import as people see it. */
export function viewOfImport(row: StoredImport, importers: readonly Importer[], actor: Actor): Import {
  const { input, result } = row
  const importer = importers.find(({ kind }) => kind === input.importer)
  const open = mayReadRows(row, importers, actor)
  const ended = row.state === 'done' || row.state === 'failed' || row.state === 'cancelled'
  const theirs = input.plan === undefined ? row.requestedBy === actor.id : open
  const undoOpen = row.undoState === 'waiting' || row.undoState === 'running'
  return {
    id: row.id,
    importer: input.importer,
    fileName: input.file.name,
    fileId: input.file.kind === 'stored' && theirs ? input.file.id : null,
    dryRun: input.dryRun,
    mapping: input.mapping,
    state: row.state,
    outcome: result && {
      rows: result.rows,
      rejected: result.rejected,
      counts: { ...result.counts },
      problems: open ? result.problems.map((problem) => ({ ...problem })) : [],
      ...(result.days === undefined ? {} : { days: result.days }),
      ...(result.netMinor === undefined ? {} : { netMinor: result.netMinor }),
      ...(result.notes === undefined
        ? {}
        : { notes: { count: result.notes.count, first: open ? result.notes.first.map((one) => ({ ...one })) : [] } }),
    },
    problem: open ? row.problem : null,
    rowsHidden: !open,
    requestedBy: row.requestedBy,
    requestedAt: row.requestedAt,
    finishedAt: row.finishedAt,
    hasRejects: open && row.hasRejects,
    mayUndo: importer?.undo !== undefined && !input.dryRun && ended && !undoOpen && actor.can('imports.write') && decides({ actor }, row),
    undo:
      row.undoId === null
        ? null
        : {
            id: row.undoId,
            state: row.undoState ?? 'waiting',
            counts: row.undoResult ? { ...row.undoResult.counts } : null,
            left: open ? (row.undoResult?.left ?? []).map((one) => ({ ...one })) : [],
            leftCount: row.undoResult?.leftCount ?? 0,
            problem: open ? row.undoProblem : null,
          },
  }
}
