import type { Context } from '../context.ts'
import type { Database, Db } from '../database/connection.ts'
import type { Progress, RunView } from '../runs/run-kind.ts'
import type { DateForm, WallClock } from '../tabular/cell-date.ts'
import type { DecimalSeparator } from '../tabular/cell-decimal.ts'
import type { FieldKind } from '../tabular/columns.ts'
import type { RowBatch } from '../tabular/row-batch.ts'

/** One thing that a column may be. Texts: `<module>` namespace, key `import.<kind>.field.<name>`. */
export interface ImportField {
  readonly name: string
  /** What its cells hold; the engine reads them by the file's date form and decimal sign. */
  readonly kind: FieldKind
  /** Rows without it are refused, and so is a mapping without a column for it. */
  readonly required?: boolean
  /** Header names by which the column is recognised: English, 简体, 繁體. Case, spaces and punctuation do not matter. The name itself counts too. */
  readonly synonyms: readonly string[]
  /** Mistaken it would do harm, such as a consent: only a header that is a synonym word for word is taken for it, and none that denies something. */
  readonly exact?: boolean
  /** Two fictional cells for the template. */
  readonly examples: readonly [string, string]
  /** What it is called, where texts cannot know it: a field that the company defined. */
  readonly label?: Readonly<Record<'en' | 'zh-CN' | 'zh-TW', string>>
}

/** Something that the file does not say. Texts: key `import.<kind>.option.<name>` and, for choices, `import.<kind>.option.<name>-<choice>`. */
export interface ImportOption {
  readonly name: string
  /** The allowed values; null means free text. */
  readonly choices: readonly string[] | null
  readonly initial: string
}

/** One row of the file behind the mapping. A cell that cannot be read rejects the row, says why, and reads as null; an empty cell is null. */
export interface ImportRow {
  /** Physical line in the file, the header is line 1. */
  readonly line: number
  readonly rejected: boolean
  /** Whether the mapping has a column for the field: tells "the file is silent" from "the file says nothing here". */
  has(field: string): boolean
  /** Trimmed, NFC; null where empty. Longer than `limit` (default 1000) characters rejects the row. */
  text(field: string, limit?: number): string | null
  /** Exact decimal text in plain form such as '-12.5', or null. */
  number(field: string): string | null
  /** A calendar day, 'YYYY-MM-DD'. */
  day(field: string): string | null
  /** A wall clock: milliseconds since 1970-01-01T00:00, with the offset in minutes where the cell says one. */
  moment(field: string): WallClock | null
  /** true/false, yes/no, 1/0, 是/否. */
  flag(field: string): boolean | null
  email(field: string): string | null
  phone(field: string): string | null
  /** Rejects the row: `reason` is a stable name (text key `import.reject.<reason>` of the module), `detail` one English sentence. */
  reject(field: string | null, reason: string, detail: string): void
}

/** How the file writes dates and decimals. */
export interface CellForm {
  readonly dates: DateForm
  readonly decimal: DecimalSeparator
}

/** A batch of the file behind the mapping, for importers that cannot afford an object per row. Valid until the callback has finished. */
export interface ImportRows {
  readonly batch: RowBatch
  readonly form: CellForm
  /** The column of a field, or -1. */
  column(field: string): number
  /** The row as an object; it is used again for the next row. */
  row(index: number): ImportRow
}

/** What is common to the work, the dry run and the undoing of an import. */
export interface ImportJob {
  readonly runId: string
  readonly requestedBy: string
  /** The name of where the file comes from, such as 'shop'; never 'hand'. Records are identified by (source, external key). */
  readonly source: string
  readonly dryRun: boolean
  readonly options: Readonly<Record<string, string>>
  /** Whether the mapping has a column for the field. */
  has(field: string): boolean
  /** The fields for which the mapping has a column. */
  readonly mapped: readonly string[]
  readonly database: Database
  readonly now: () => Date
  readonly folder: string
  readonly stopping: AbortSignal
  progress(progress: Progress): Promise<void>
}

/** How many of what, under names that are text keys `import.<kind>.count.<name>`: new, changed, unchanged, conflicting, … */
export type Counts = Readonly<Record<string, number>>

/** A reason why a row is not in. */
export interface Reject {
  readonly line: number
  readonly field: string | null
  readonly reason: string
  readonly detail: string
}

/** What could not be taken over from rows that are in: how often, and the first, at most 20. */
export interface Notes {
  readonly count: number
  readonly first: readonly Reject[]
}

export interface ImportOutcome {
  /** Data rows read. */
  readonly rows: number
  readonly rejected: number
  readonly counts: Counts
  /** The first problems, at most 20. */
  readonly problems: readonly Reject[]
  /** Rows that are in, but not with everything they say. */
  readonly notes?: Notes
  /** Earliest and latest day of what was in the file, where it has days. */
  readonly days?: { readonly from: string; readonly to: string } | null
  /** Net revenue in minor units of the organization's currency, where the file has amounts. */
  readonly netMinor?: number
}

export interface UndoOutcome {
  readonly counts: Counts
  /** What has changed since and was left alone: at most 100 are named. */
  readonly left: readonly { readonly id: string; readonly name: string }[]
  readonly leftCount: number
}

/** The rows that are not in, gathered in a file: line, field, reason, and the row's cells as they stand, to be corrected and imported again. */
export interface Rejects {
  readonly count: number
  readonly first: readonly Reject[]
  /** A reject whose cells are not at hand. */
  addLine(reject: Reject): void
  /** Adds what was gathered since the last time to the stored file, in the transaction of the step that skips those rows. */
  keep(db: Db): Promise<void>
}

/** Work that reads the file as it likes (see orders). Everything else uses `rowImporter`. */
export interface StreamJob extends ImportJob {
  /** Where an earlier process left off. */
  readonly position: unknown
  /** Reads the file from its beginning; may be called several times. Rows that are broken as text are rejected by the engine and appear only with `batch.problem(row)`. */
  read(onRows: (rows: ImportRows) => void | Promise<void>): Promise<{ readonly rows: number }>
  /** How large the file is once it is unpacked, as far as that can be told beforehand. */
  readonly fileBytes: number
  /** The same file for a second look in which rows that cannot be read are passed over, because they were rejected in the first. */
  silently(): Pick<StreamJob, 'read'>
  /** Rejects a row with its original cells; kept in the file of rejects. */
  reject(rows: ImportRows, index: number, reject: Omit<Reject, 'line'>): void
  readonly rejects: Rejects
  /** One short transaction that saves rows and position together; `position` may still be filled in by the work. Not for dry runs. */
  step<T>(position: unknown, work: (context: Context) => Promise<T>): Promise<T>
  /** The same for dry runs: nothing of it stays. */
  rehearse<T>(work: (context: Context) => Promise<T>): Promise<T>
}

/** A kind of file that can be imported, as a module contributes it (`importers` of its manifest). */
export interface Importer {
  /** 'orders', 'customers': also the word on the command line. */
  readonly kind: string
  /** The module whose texts name its fields. */
  readonly module: string
  /** Who may import it, besides `imports.write`. */
  readonly permission: string
  /** Without which permission the rows of its files are hidden from everybody but the one who sent them: those with contact data. */
  readonly personal?: string
  readonly fields: readonly ImportField[]
  /** Fields beyond those, which the company defined meanwhile; one with the name of a fixed field replaces it. */
  furtherFields?(db: Db): Promise<readonly ImportField[]>
  readonly options: readonly ImportOption[]
  work(job: StreamJob): Promise<ImportOutcome>
  /** Deletes what the run made, restores what it changed. */
  undo?(job: UndoJob): Promise<UndoOutcome>
}

export interface UndoJob extends Omit<ImportJob, 'source' | 'dryRun' | 'options' | 'has' | 'mapped'> {
  /** The run that is being undone. */
  readonly of: RunView
  readonly position: unknown
  step<T>(position: unknown, work: (context: Context) => Promise<T>): Promise<T>
}

/** One row that was read, with its line for later complaints. */
export interface Item<T> {
  readonly line: number
  readonly value: T
}

export interface Saved {
  readonly counts: Counts
  /** Lines that only the database could refuse. */
  readonly rejects?: readonly Reject[]
  /** What could not be taken over from lines that are in. */
  readonly notes?: readonly Reject[]
}

/**
 * An importer whose rows stand alone; `rowImporter(definition)` of row-importer.ts makes an Importer of it. The engine reads, rejects, batches (default 1,000 rows), and saves each batch in one short transaction together with its place in the file,
 * so that a crash loses and repeats nothing. In a dry run `save` runs all the same and its transaction is rolled back: the counts are those of the real thing.
 */
export interface RowImporter<T> extends Omit<Importer, 'work'> {
  readonly batchRows?: number
  /** Pure: what the row says, or null where it rejected the row. */
  parse(row: ImportRow, job: ImportJob): T | null
  save(context: Context, items: readonly Item<T>[], job: ImportJob): Promise<Saved>
}
