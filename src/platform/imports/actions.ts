import type { Context } from '../context.ts'
import { defaultPageSize } from '../contract.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { fileById, type StoredFile, uploadMediaType } from '../files.ts'
import type { Actions } from '../module.ts'
import { changedMeanwhile, refuse } from '../refusal.ts'
import { requestRun } from '../runs/store.ts'
import { csvLine } from '../tabular/csv-writer.ts'
import type { TableLayout } from '../tabular/read-table.ts'
import { writeXlsx } from '../tabular/xlsx-writer.ts'
import type { importsApi, LayoutChoice } from './api.ts'
import { type ImportInput, importerOf, importRunKind, readable, withFurtherFields } from './import-run.ts'
import type { Importer } from './importer.ts'
import { inspectFile } from './inspect.ts'
import { checkMapping, toSaved } from './mapping.ts'
import { rejectsFileId } from './reject-file.ts'
import {
  deleteMapping,
  importById,
  isMappingVersion,
  listImports,
  runOfFetched,
  savedMappings,
  saveMapping,
  storedSource,
} from './store.ts'
import { mayReadRows, viewOfImport } from './view.ts'

export const importsActions: Actions<typeof importsApi> = {
  async importers(context) {
    const items = []
    for (const one of importersOf(context).filter(({ permission }) => context.actor.can(permission))) {
      const importer = await withFurtherFields(context.db, one)
      items.push({
        kind: importer.kind,
        module: importer.module,
        fields: importer.fields.map(({ name, kind, required, label }) => ({
          name,
          kind,
          required: required ?? false,
          label: label ?? null,
        })),
        options: importer.options.map((option) => ({ ...option, choices: option.choices && [...option.choices] })),
        undoable: importer.undo !== undefined,
      })
    }
    return { items }
  },

  async template(context, { importer: kind, format }) {
    const rows = templateRows(await permitted(context, kind))
    const fileName = `${kind}-template.${format}`
    if (format === 'csv')
      return { fileName, mediaType: 'text/csv; charset=utf-8', content: `\ufeff${rows.map((row) => csvLine(row)).join('')}` }
    return {
      fileName,
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      content: writeXlsx(rows, kind),
    }
  },

  async upload(context, { fileId }) {
    const { id, name, bytes } = await uploaded(context, fileId)
    return { id, name, bytes }
  },

  async inspect(context, { fileId, importer: kind, layout, saved }) {
    const importer = await permitted(context, kind)
    const file = await uploaded(context, fileId)
    const source = await storedSource(context.db, fileId)
    const mappings = await savedMappings(context.db, kind)
    if (saved !== undefined && !mappings.some(({ name }) => name === saved))
      throw refuse('missing', 'no-such-mapping', `There is no mapping named '${saved}'`)
    const inspection = await readable(() =>
      inspectFile(source, importer, mappings, { ...(saved === undefined ? {} : { saved }), fixed: fixedLayout(layout) }),
    )
    return {
      ...inspection,
      sheets: [...inspection.sheets],
      headers: [...inspection.headers],
      samples: inspection.samples.slice(0, 20).map((row) => row.map((cell) => cell.slice(0, 200))),
      warnings: inspection.warnings.map(({ code, values }) => ({ code, values: { ...values } })),
      recognised: inspection.recognised.map((one) => ({ ...one, why: { ...one.why, values: { ...one.why.values } } })),
      fileName: file.name,
      bytes: file.bytes,
    }
  },

  mappings: async (context, { importer }) => ({
    items: [...(await savedMappings(context.db, (await permitted(context, importer)).kind))],
  }),

  async saveMapping(context, { importer: kind, name, version, mapping, headers }) {
    const importer = await permitted(context, kind)
    checkMapping(importer, mapping, headers.length)
    const definition = toSaved(mapping, headers)
    if (!(await saveMapping(context.db, { kind, name, version, definition, by: context.actor.id, now: context.now })))
      throw changedMeanwhile('this mapping')
    return { name, version: version + 1 }
  },

  async deleteMapping(context, { importer, name, version }) {
    const { kind } = await permitted(context, importer)
    const isNewest = await isMappingVersion(context.db, { kind, name, version })
    if (isNewest === null) throw refuse('missing', 'no-such-mapping', `There is no mapping named '${name}'`)
    if (!isNewest) throw changedMeanwhile('this mapping')
    await deleteMapping(context.db, kind, name)
    return {}
  },

  async start(context, { importer: kind, fileId, mapping, dryRun }) {
    const importer = await permitted(context, kind)
    const file = await uploaded(context, fileId)
    checkMapping(importer, mapping, Number.POSITIVE_INFINITY)
    const input: ImportInput = { importer: kind, file: { kind: 'stored', id: file.id, name: file.name }, mapping, dryRun }
    return requestImport(context, input)
  },

  async list(context, { dryRuns, cursor, limit = defaultPageSize }) {
    const after = cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid'])
    const rows = await listImports(context.db, { dryRuns: dryRuns ?? false, after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      items: shown.map((row) => viewOfImport(row, importersOf(context), context.actor)),
      next: rows.length > limit && last ? cursorOf([last.requestedAt.toISOString(), last.id]) : null,
    }
  },

  one: async (context, { id }) => viewOfImport(await existing(context, id), importersOf(context), context.actor),

  async rejects(context, { id }) {
    const asked = await existing(context, id)
    if (!mayReadRows(asked, importersOf(context), context.actor))
      throw refuse('forbidden', 'rows-hidden', 'The rows of this file hold what you may not see')
    if (!(await fileById(context.db, rejectsFileId(id)))) throw refuse('missing', 'no-rejects', 'No row of this import was rejected')
    return { fileId: rejectsFileId(id) }
  },
}

/** Puts an import or dry run into the queue of runs. */
export async function requestImport(context: Context, input: ImportInput): Promise<{ id: string }> {
  const id = context.newId()
  await requestRun(context.db, { id, kind: importRunKind, group: 'import', input, requestedBy: context.actor.id, now: context.now })
  return { id }
}

export const importersOf = (context: Context): readonly Importer[] => context.house.modules.flatMap((module) => module.importers ?? [])

/** Headers and two example rows. */
export const templateRows = ({ fields }: Importer): string[][] => [
  fields.map(({ name }) => name),
  fields.map(({ examples }) => examples[0]),
  fields.map(({ examples }) => examples[1]),
]

/** The importer of a kind, for whoever may use it. */
export async function permitted(context: Context, kind: string): Promise<Importer> {
  const importer = importerOf(importersOf(context), kind)
  if (!context.actor.can(importer.permission))
    throw refuse('forbidden', 'permission-missing', `This needs the permission ${importer.permission}`, {
      values: { permission: importer.permission },
    })
  return withFurtherFields(context.db, importer)
}

/** A file that the person sent, or that a plan fetched and whose rows they may see, whatever they would import it as. What others sent is as missing as what is not there, and so are files that belong to something else, such as a touch. */
async function uploaded(context: Context, id: string): Promise<StoredFile> {
  const file = await fileById(context.db, id)
  if (file?.mediaType !== uploadMediaType || !(await isTheirs(context, file)))
    throw refuse('missing', 'no-such-file', 'There is no such file; upload it again')
  return file
}

/** Whoever wrote a plan has not seen what it fetches. */
async function isTheirs(context: Context, file: StoredFile): Promise<boolean> {
  const fetched = await runOfFetched(context.db, file)
  return fetched ? mayReadRows(fetched, importersOf(context), context.actor) : file.createdBy === context.actor.id
}

async function existing(context: Context, id: string) {
  const row = await importById(context.db, id)
  if (!row) throw refuse('missing', 'no-such-import', 'There is no such import')
  return row
}

/** What a person decided about the layout, without what they left open. */
function fixedLayout(choice: LayoutChoice | undefined): Partial<TableLayout> {
  if (choice === undefined) return {}
  const { sheet, skipRows, ...csv } = choice
  const kept = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  if (sheet !== undefined || skipRows !== undefined)
    return { kind: 'xlsx', ...kept({ sheet, skipRows, header: csv.header }) } as Partial<TableLayout>
  return kept(csv) as Partial<TableLayout>
}
