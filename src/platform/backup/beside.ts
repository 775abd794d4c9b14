import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What must outlive a restore, such as the list of erasures, which a backup from before them does not know: one file per module beside the database,
 * `<data folder>/carried/<module>.jsonl`, one JSON value a line, only ever added to. A job writes it (an action writes nothing but the database); after a restore the module's
 * `afterRestore` is given all lines.
 */
export async function noteBeside(dataFolder: string, module: string, value: unknown): Promise<void> {
  await mkdir(join(dataFolder, 'carried'), { recursive: true, mode: 0o700 })
  const file = await open(pathOf(dataFolder, module), 'a', 0o600)
  try {
    await file.appendFile(`${JSON.stringify(value)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Every value in the order in which they were noted. A last line that a crash cut off is left out. */
export async function readBeside(dataFolder: string, module: string): Promise<readonly unknown[]> {
  const text = await readFile(pathOf(dataFolder, module), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const lines = text.split('\n')
  lines.pop()
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)
}

function pathOf(dataFolder: string, module: string): string {
  if (!/^[a-z][a-z-]*$/.test(module)) throw new Error(`${module} is not the name of a module`)
  return join(dataFolder, 'carried', `${module}.jsonl`)
}
