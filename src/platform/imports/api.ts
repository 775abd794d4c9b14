import { z } from 'zod'
import { day, endpoint, flag, instant, money, nothing, page, paging } from '../contract.ts'

/** How a file is cut into rows and cells; made by inspection, changed by a person where the guess was wrong. */
export const tableLayout = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('csv'),
    packed: z.enum(['no', 'gzip', 'zip']),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252', 'undecided']),
    delimiter: z.string().length(1),
    quote: z.string().max(1),
    header: z.boolean(),
    skipLines: z.int().min(0).max(1000),
  }),
  z.object({ kind: z.literal('xlsx'), sheet: z.string().max(200), header: z.boolean(), skipRows: z.int().min(0).max(1000) }),
])

export const dateForm = z.object({
  order: z.enum(['yearFirst', 'dayFirst', 'monthFirst']),
  digits: z.union([z.literal('calendar'), z.literal(1900), z.literal(1904)]),
})

/** Everything that must be known to import a file. */
export const importMapping = z.object({
  layout: tableLayout,
  /** Field → column, from 0. */
  columns: z.record(z.string().max(60), z.int().min(0).max(999)),
  dates: dateForm,
  decimal: z.enum(['.', ',']),
  /** The name of where the records come from. */
  source: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .refine((name) => name !== 'hand', 'is reserved for what people type'),
  options: z.record(z.string().max(60), z.string().max(200)),
})
export type ImportMapping = z.output<typeof importMapping>

/** What is saved under a name: the columns by their headers, so that it fits other files of the same make. */
export const savedMapping = importMapping
  .omit({ layout: true, columns: true })
  .extend({ headers: z.array(z.string()), columns: z.record(z.string().max(60), z.string()) })
export type SavedMapping = z.output<typeof savedMapping>

/** A part of a file's layout that a person has decided; the rest is found again. */
export const layoutChoice = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252']).optional(),
  delimiter: z.string().length(1).optional(),
  quote: z.string().max(1).optional(),
  header: z.boolean().optional(),
  skipLines: z.int().min(0).max(1000).optional(),
  sheet: z.string().max(200).optional(),
  skipRows: z.int().min(0).max(1000).optional(),
})
export type LayoutChoice = z.output<typeof layoutChoice>

const said = z.record(z.string(), z.union([z.string(), z.number()]))
const evidence = z.enum(['clear', 'none', 'ambiguous', 'mixed'])

/** What a file is and how it would be read. */
export const Inspection = z.object({
  layout: tableLayout,
  sheets: z.array(z.string()),
  /** As they stand in the file; empty names where it has no header. */
  headers: z.array(z.string()),
  /** The first rows, at most 20, each cell cut at 200 characters. */
  samples: z.array(z.array(z.string())),
  warnings: z.array(z.object({ code: z.enum(['duplicateHeader', 'emptyHeader', 'fewRowsFit']), values: said })),
  /** Below a confidence of 0.7 a person should look. */
  recognised: z.array(
    z.object({
      field: z.string(),
      column: z.int(),
      confidence: z.number(),
      why: z.object({ code: z.enum(['sameName', 'similarName', 'contents']), values: z.record(z.string(), z.string()) }),
    }),
  ),
  dates: z.object({ form: dateForm, evidence, example: z.string().optional() }),
  decimal: z.object({ separator: z.enum(['.', ',']), evidence, example: z.string().optional() }),
  suggested: importMapping,
  /** The name of the saved mapping that `suggested` is, where one fits the header or was asked for. */
  savedAs: z.string().nullable(),
})
export type Inspection = z.output<typeof Inspection>

const Counts = z.record(z.string(), z.number())
const Reject = z.object({ line: z.int(), field: z.string().nullable(), reason: z.string(), detail: z.string() })
export const Outcome = z.object({
  rows: z.int(),
  rejected: z.int(),
  counts: Counts,
  problems: z.array(Reject),
  days: z.object({ from: day, to: day }).nullable().optional(),
  netMinor: money.optional(),
  /** Rows that are in, but not with everything they say: how often, and the first. */
  notes: z.object({ count: z.int(), first: z.array(Reject) }).optional(),
})
export type Outcome = z.output<typeof Outcome>

const runState = z.enum(['waiting', 'running', 'done', 'failed', 'cancelled', 'undone'])

/** One import or dry run, with its undoing where there is one: undoings are not listed by themselves. */
export const Import = z.object({
  id: z.uuid(),
  importer: z.string(),
  fileName: z.string(),
  /** The stored file, for whoever sent it, and for whoever may see its rows where a plan fetched it; null where the import was started by command from a path. */
  fileId: z.uuid().nullable(),
  dryRun: z.boolean(),
  mapping: importMapping,
  state: runState,
  outcome: Outcome.nullable(),
  problem: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: instant,
  finishedAt: instant.nullable(),
  /** Which rows were rejected and what was left alone is not shown: they hold contact data, or one may not import such files. */
  rowsHidden: z.boolean(),
  /** Whether there is a file of rejected rows that one may see. */
  hasRejects: z.boolean(),
  mayUndo: z.boolean(),
  /** The latest attempt to take it back. `left`: what has changed since and was left alone, at most 100 named. */
  undo: z
    .object({
      id: z.uuid(),
      state: runState,
      counts: Counts.nullable(),
      left: z.array(z.object({ id: z.string(), name: z.string() })),
      leftCount: z.int(),
      problem: z.string().nullable(),
    })
    .nullable(),
})
export type Import = z.output<typeof Import>

const ImporterView = z.object({
  kind: z.string(),
  /** Whose texts name the fields: `import.<kind>.field.<name>`, `import.<kind>.option.<name>`. */
  module: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['text', 'key', 'amount', 'quantity', 'date', 'flag', 'email', 'phone']),
      required: z.boolean(),
      /** Of a field that the company defined; the others are named by the module’s texts. */
      label: z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() }).nullable(),
    }),
  ),
  options: z.array(z.object({ name: z.string(), choices: z.array(z.string()).nullable(), initial: z.string() })),
  undoable: z.boolean(),
})
export type ImporterView = z.output<typeof ImporterView>

const read = { permission: 'imports.read' }
const write = { permission: 'imports.write' }
const importer = z.string().max(60)
const name = z.string().trim().min(1).max(100)

export const importsApi = {
  importers: endpoint('GET /importers', {
    about: 'nobody',
    ...read,
    summary: 'What can be imported by the asking person, with the fields that a file may have columns for',
    input: nothing,
    result: z.object({ items: z.array(ImporterView) }),
  }),
  template: endpoint('GET /importers/:importer/template', {
    about: 'nobody',
    ...read,
    summary: 'A file with the headers of all fields and two example rows',
    kind: 'download',
    input: z.object({ importer, format: z.enum(['csv', 'xlsx']) }),
    result: z.unknown(),
  }),
  upload: endpoint('POST /import-files', {
    about: 'everybody',
    ...write,
    summary: 'Takes in a CSV (also gzip) or XLSX file; nothing is read yet',
    kind: 'upload',
    input: z.object({ fileName: z.string().min(1).max(200), fileId: z.uuid() }),
    result: z.object({ id: z.uuid(), name: z.string(), bytes: z.int() }),
  }),
  inspect: endpoint('POST /import-files/:fileId/inspection', {
    notes: 'list.samples',
    about: 'everybody',
    ...write,
    summary:
      'Looks at the beginning of a file and says how it would be read; `saved` asks for a saved mapping instead of the recognised one',
    input: z.object({ fileId: z.uuid(), importer, layout: layoutChoice.optional(), saved: name.optional() }),
    result: Inspection.extend({ fileName: z.string(), bytes: z.int() }),
  }),
  mappings: endpoint('GET /import-mappings', {
    about: 'nobody',
    ...read,
    summary: 'Saved mappings of one kind of import, by name',
    input: z.object({ importer }),
    result: z.object({ items: z.array(z.object({ name: z.string(), savedAt: instant, version: z.int(), mapping: savedMapping })) }),
  }),
  saveMapping: endpoint('POST /import-mappings', {
    about: 'nobody',
    ...write,
    summary:
      'Saves a mapping under a name, in place of the one that has the name already, whose version is given (0 where there is none); columns are kept by their headers',
    input: z.object({ importer, name, version: z.int().min(0), mapping: importMapping, headers: z.array(z.string()).max(1000) }),
    result: z.object({ name: z.string(), version: z.int() }),
  }),
  deleteMapping: endpoint('DELETE /import-mappings/:importer/:name', {
    about: 'nobody',
    ...write,
    summary: 'Forgets a saved mapping',
    input: z.object({ importer, name, version: z.int().min(1) }),
    result: nothing,
  }),
  start: endpoint('POST /imports', {
    about: 'everybody',
    ...write,
    summary: 'Starts an import, or a dry run that changes nothing; follow it as a run, look at it as an import',
    input: z.object({ importer, fileId: z.uuid(), mapping: importMapping, dryRun: z.boolean() }),
    result: z.object({ id: z.uuid() }),
  }),
  list: endpoint('GET /imports', {
    about: 'everybody',
    ...read,
    summary: 'Imports, newest first; dry runs where they are asked for',
    input: z.object({ dryRuns: flag.optional(), ...paging }),
    result: page(Import),
  }),
  one: endpoint('GET /imports/:id', {
    about: 'everybody',
    ...read,
    summary: 'One import: how it was read, what came of it',
    input: z.object({ id: z.uuid() }),
    result: Import,
  }),
  rejects: endpoint('GET /imports/:id/rejects', {
    about: 'everybody',
    notes: 'file',
    ...read,
    summary: 'The rows that are not in, with line, field and reason in front, to be corrected and imported again',
    kind: 'download',
    input: z.object({ id: z.uuid() }),
    result: z.unknown(),
  }),
}
