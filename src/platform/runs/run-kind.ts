import type { z } from 'zod'
import type { Context, House } from '../context.ts'
import type { Database } from '../database/connection.ts'

export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'undone'

/** How far a run is: `phase` names a text, `total` is null while nobody knows. */
export interface Progress {
  readonly phase: string
  readonly done: number
  readonly total: number | null
}

/** A run as people see it. */
export interface RunView {
  readonly id: string
  readonly kind: string
  readonly state: RunState
  readonly input: unknown
  readonly progress: Progress | null
  readonly result: unknown
  /** Why it failed, one sentence. */
  readonly problem: string | null
  readonly requestedBy: string
  readonly requestedAt: Date
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
  readonly undoOf: string | null
}

/** What the work of a run is given. */
export interface RunHandle<I = unknown, P = unknown> {
  readonly id: string
  readonly input: I
  /** Where an earlier process left off, or null at the beginning. */
  readonly position: P | null
  readonly requestedBy: string
  readonly database: Database
  readonly now: () => Date
  /** What the modules contribute, such as importers. */
  readonly house: House
  /** A private folder for spools that lives as long as the process works on the run; it is emptied at every (re)start. */
  readonly folder: string
  /** Fires when the run was cancelled, its lease was lost, or the process stops. Long loops look at it. */
  readonly stopping: AbortSignal
  /** One short transaction that saves rows and position together: after a crash the work goes on exactly behind it. */
  step<T>(position: P, work: (context: Context) => Promise<T>): Promise<T>
  /** Shows how far it is. Cheap: written at most twice a second. Throws `RunStopped` when the run must stop. */
  progress(progress: Progress): Promise<void>
}

/** Long work: it advances in short transactions, each saving its position with its rows; it has progress, cancel, resume, and often undo. */
export interface RunKind<I extends z.ZodType = z.ZodType, P = unknown> {
  readonly kind: string
  /** Who may cancel or undo it. */
  readonly permission: string
  readonly input: I
  /** At most one run of a group works at a time; runs of different groups work side by side. */
  readonly group: string
  /** The result that is kept with the run; must be JSON. */
  work(run: RunHandle<z.output<I>, P>): Promise<unknown>
  /** Whether somebody whom it concerns may see what went in and came out; left out: yes. */
  mayRead?(run: RunView, who: Pick<Context, 'actor' | 'house'>): boolean
  /** Whether this run made anything that could be taken back; left out: yes. */
  undoable?(of: RunView): boolean
  /** Takes back what a finished, failed or cancelled run made; it is a run of its own and gets the first one's id in `of`. */
  undo?(run: RunHandle<z.output<I>, P>, of: RunView): Promise<unknown>
}
export const runKind = <I extends z.ZodType, P>(definition: RunKind<I, P>): RunKind => definition as unknown as RunKind

/** Thrown out of `progress` and `step` when a run has to stop; never caught by the work itself. */
export class RunStopped extends Error {
  constructor() {
    super('The run was stopped')
    this.name = 'RunStopped'
  }
}
