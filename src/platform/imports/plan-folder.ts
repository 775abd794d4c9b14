import { constants, type Stats } from 'node:fs'
import { lstat, mkdir, open, readdir, realpath, rename } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fitsPattern, markerOf } from './file-pattern.ts'

/** Why a source cannot be read, as one word that texts translate. */
export class SourceProblem extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.name = 'SourceProblem'
    this.reason = reason
  }
}

export interface FolderFile {
  readonly name: string
  readonly bytes: number
  readonly modifiedAt: Date
  /** A marker beside it says that it is complete. */
  readonly marked: boolean
  readonly link: boolean
}

/** A folder with more entries was never meant for this. */
const mostEntries = 20_000

/** The real folder of a source, which lies in its root and has no symbolic link on its way out of it. */
export async function openFolder(source: { readonly root: string; readonly path: string }, allowed: readonly string[]): Promise<string> {
  if (!allowed.includes(source.root)) throw new SourceProblem('folder-not-allowed')
  const root = await told(realpath(source.root))
  const folder = await told(realpath(resolve(root, source.path)))
  const way = relative(root, folder)
  if (isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`)) throw new SourceProblem('folder-not-allowed')
  if (!(await told(lstat(folder))).isDirectory()) throw new SourceProblem('folder-missing')
  return folder
}

/** Files whose names fit, by name; symbolic links are named as such and never followed. */
export async function filesIn(folder: string, pattern: string): Promise<FolderFile[]> {
  const all = new Set(await told(readdir(folder)))
  if (all.size > mostEntries) throw new SourceProblem('too-many-files')
  const files: FolderFile[] = []
  for (const name of [...all].filter((one) => fitsPattern(one, pattern)).toSorted()) {
    const found = await lstat(join(folder, name)).catch(() => null)
    if (!found || (!found.isFile() && !found.isSymbolicLink())) continue
    files.push({ name, ...sizeOf(found), marked: all.has(markerOf(name)), link: found.isSymbolicLink() })
  }
  return files
}

/** The content of a file that stays as it was seen from the first byte to the last. */
export async function* readSteady(folder: string, seen: FolderFile): AsyncGenerator<Uint8Array> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)
  const file = await told(open(join(folder, seen.name), flags))
  try {
    const check = async () => {
      const now = await told(file.stat())
      if (!now.isFile() || !isSame(seen, sizeOf(now))) throw new SourceProblem('changed-meanwhile')
    }
    await check()
    // Where the folder was exchanged between the look and the opening, this is another file.
    if ((await told(realpath(folder))) !== folder) throw new SourceProblem('folder-not-allowed')
    for (let at = 0; at < seen.bytes; ) {
      const chunk = Buffer.allocUnsafe(Math.min(1 << 20, seen.bytes - at))
      const { bytesRead } = await told(file.read(chunk, 0, chunk.length, at))
      if (bytesRead === 0) break
      yield chunk.subarray(0, bytesRead)
      at += bytesRead
    }
    await check()
  } finally {
    await file.close()
  }
}

/** Moves a file into a folder beside it, never over another; returns its new name below the folder, or null where it is no longer what was seen. */
export async function putAway(
  folder: string,
  seen: Pick<FolderFile, 'name' | 'bytes' | 'modifiedAt'>,
  into: 'done' | 'failed',
  tag: string,
): Promise<string | null> {
  const from = join(folder, seen.name)
  const there = await lstat(from).catch(() => null)
  if (!there?.isFile() || !isSame(seen, sizeOf(there))) return null
  const target = join(folder, into)
  await told(mkdir(target, { recursive: true }))
  if (!(await told(lstat(target))).isDirectory()) throw new SourceProblem('folder-not-allowed')
  const free = (name: string) =>
    lstat(join(target, name)).then(
      () => false,
      () => true,
    )
  const name = (await free(seen.name)) ? seen.name : `${tag}-${seen.name}`
  await told(rename(from, join(target, name)))
  const marker = await lstat(`${from}.done`).catch(() => null)
  if (marker?.isFile()) await told(rename(markerOf(from), markerOf(join(target, name))))
  return `${into}/${name}`
}

export const isSame = (a: Pick<FolderFile, 'bytes' | 'modifiedAt'>, b: Pick<FolderFile, 'bytes' | 'modifiedAt'>): boolean =>
  a.bytes === b.bytes && a.modifiedAt.getTime() === b.modifiedAt.getTime()

const sizeOf = ({ size, mtimeMs }: Stats) => ({ bytes: size, modifiedAt: new Date(Math.floor(mtimeMs)) })

/** What the file system refuses is a problem of the source, not of ours. */
const told = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOOP') throw new SourceProblem('link')
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new SourceProblem('folder-missing')
    throw new SourceProblem('folder-unreadable')
  })
