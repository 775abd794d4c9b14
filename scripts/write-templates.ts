import { mkdir, writeFile } from 'node:fs/promises'
import { templateRows } from '#platform/imports/actions.ts'
import { csvLine } from '#platform/tabular/csv-writer.ts'
import { modules } from '../src/modules.ts'

/** Writes docs/templates from what the importers say: `node scripts/write-templates.ts`. A test keeps them equal. */
await mkdir('docs/templates', { recursive: true })
for (const importer of modules.flatMap((module) => module.importers ?? []))
  await writeFile(
    `docs/templates/${importer.kind}.csv`,
    `\ufeff${templateRows(importer)
      .map((row) => csvLine(row))
      .join('')}`,
  )
