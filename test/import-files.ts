import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Import, ImportMapping, Inspection } from '#platform/imports/api.ts'
import { importsApi } from '#platform/imports/api.ts'
import { runsApi } from '#platform/runs/api.ts'
import type { App } from './app.ts'

/** The folder of real data, for tests that skip where it is missing. */
export const fixtures = join(process.env.PATRON_FIXTURES ?? '../shared', 'data')
export const fixturesMissing = existsSync(join(fixtures, 'README.md')) ? false : `no fixtures at ${fixtures}`
export const fixture = (name: string): Promise<Buffer> => readFile(join(fixtures, name))

export interface ImportAsk {
  readonly importer?: string
  readonly name?: string
  readonly source?: string
  readonly dryRun?: boolean
  /** Changes what inspection suggests. */
  readonly mapping?: (suggested: ImportMapping, inspection: Inspection) => ImportMapping
}

/** What a person does in the wizard, over HTTP: upload, look, start, wait. */
export async function importFile(app: App, content: Uint8Array | string, ask: ImportAsk = {}): Promise<Import> {
  const id = await startImport(app, content, ask)
  return importEnd(app, id)
}

export async function startImport(app: App, content: Uint8Array | string, ask: ImportAsk = {}): Promise<string> {
  const name = ask.name ?? 'file.csv'
  const response = await app.request(`/api/v1/import-files?fileName=${encodeURIComponent(name)}`, {
    method: 'POST',
    body: content as unknown as NonNullable<RequestInit['body']>,
  })
  const uploaded = (await response.json()) as { id: string }
  if (!response.ok) throw new Error(JSON.stringify(uploaded))
  const api = app.as(importsApi)
  const importer = ask.importer ?? 'orders'
  const inspection = await api.inspect({ fileId: uploaded.id, importer })
  const suggested = { ...inspection.suggested, source: ask.source ?? 'shop' }
  const mapping = ask.mapping ? ask.mapping(suggested, inspection) : suggested
  return (await api.start({ importer, fileId: uploaded.id, mapping, dryRun: ask.dryRun ?? false })).id
}

export async function importEnd(app: App, id: string): Promise<Import> {
  await runEnd(app, id)
  return app.as(importsApi).one({ id })
}

export async function undoImport(app: App, id: string): Promise<Import> {
  const undo = await app.as(runsApi).undo({ id })
  await runEnd(app, undo.id)
  return app.as(importsApi).one({ id })
}

async function runEnd(app: App, id: string): Promise<void> {
  for (;;) {
    const run = await app.as(runsApi).one({ id })
    if (run.state === 'failed') throw new Error(run.problem ?? 'failed')
    if (run.state !== 'waiting' && run.state !== 'running') return
    await sleep(50)
  }
}
