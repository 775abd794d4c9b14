import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process'
import type { FileHandle } from 'node:fs/promises'
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'

/**
 * As whom the database programs run. PostgreSQL refuses to run as root, and we never create users. So root runs it
 * - in a `namespace` of users, where the same process is called nobody: files stay where they are and root's, or, where the system does not allow that,
 * - as `other`, the account "nobody" itself. Its files are then nobody's, and it is handed the folder itself (as file descriptor 3), so that the
 *   folders above it may stay closed to it.
 */
export type Account =
  | { readonly kind: 'self' }
  | { readonly kind: 'namespace'; readonly uid: number; readonly gid: number }
  | { readonly kind: 'other'; readonly uid: number; readonly gid: number }

export async function chooseAccount(binaries: Binaries, wanted?: 'namespace' | 'other'): Promise<Account> {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return { kind: 'self' }
  const { uid, gid } = await unprivileged()
  const namespace: Account = { kind: 'namespace', uid, gid }
  if (wanted === 'namespace' || (wanted === undefined && works(namespace, binaries))) return namespace
  return { kind: 'other', uid, gid }
}

/** The programs where the account can run them: where they are, or else a copy in a system folder. */
export async function reachableBinaries(account: Account, binaries: Binaries): Promise<Binaries> {
  if (account.kind !== 'other' || works(account, binaries)) return binaries
  const copy = await systemFolder(binaries)
  const copied: Binaries = { folder: copy, environment: {} }
  if (!works(account, copied)) {
    throw new Error(
      `Patron runs as root, but could not run PostgreSQL as the unprivileged user ${account.uid}. Start Patron as an ordinary user, or set DATABASE_URL.`,
    )
  }
  return copied
}

/** Makes a file, or a folder and all in it, belong to whom the server runs as; costs nothing when it already does. */
export async function giveTo(account: Account, path: string): Promise<void> {
  if (account.kind === 'self') return
  const [uid, gid] = account.kind === 'other' ? [account.uid, account.gid] : [0, 0]
  const itself = await lstat(path)
  if (itself.uid === uid) return
  if (!itself.isDirectory()) return chown(path, uid, gid)
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), uid, gid)
  }
  await chown(path, uid, gid)
}

/**
 * Starts a database program. It does not share our terminal's signals, and where the system can do so it is asked to stop when we die.
 * `argumentsFor` is given the name under which the program reaches `home`, which the account owns.
 */
export function run(
  account: Account,
  binaries: Binaries,
  program: string,
  home: { readonly path: string; readonly handle: FileHandle },
  argumentsFor: (base: string) => readonly string[],
  log?: FileHandle,
): ChildProcess {
  const [command, ...leading] = [
    ...prefix(account),
    join(binaries.folder, 'bin', process.platform === 'win32' ? `${program}.exe` : program),
  ]
  const output = log?.fd ?? 'pipe'
  const stdio: StdioOptions = ['ignore', output, output]
  if (account.kind === 'other') stdio.push(home.handle.fd)
  return spawn(command!, [...leading, ...argumentsFor(account.kind === 'other' ? '/proc/self/fd/3' : home.path)], {
    stdio,
    detached: true,
    windowsHide: true,
    cwd: home.path,
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, TZ: 'UTC', LC_ALL: 'C', ...binaries.environment },
    ...(account.kind === 'other' ? { uid: account.uid, gid: account.gid } : {}),
  })
}

function prefix(account: Account): string[] {
  const words: string[] = []
  if (account.kind === 'namespace') words.push('unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`)
  if (process.platform === 'linux' && hasSetpriv()) words.push('setpriv', '--pdeathsig', 'INT')
  return words
}

let setpriv: boolean | undefined
function hasSetpriv(): boolean {
  setpriv ??= spawnSync('setpriv', ['--pdeathsig', 'INT', 'true'], { stdio: 'ignore' }).status === 0
  return setpriv
}

function works(account: Account, binaries: Binaries): boolean {
  const [command, ...rest] = [...prefix(account), join(binaries.folder, 'bin/postgres'), '--version']
  const ids = account.kind === 'other' ? { uid: account.uid, gid: account.gid } : {}
  return (
    spawnSync(command!, rest, { stdio: 'ignore', cwd: '/', env: { PATH: process.env.PATH, ...binaries.environment }, ...ids }).status === 0
  )
}

/** An account that exists and owns nothing worth having. */
async function unprivileged(): Promise<{ uid: number; gid: number }> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n').map((line) => line.split(':'))
  const line = ['nobody', 'daemon', 'bin'].map((name) => lines.find((fields) => fields[0] === name)).find((found) => found !== undefined)
  return line === undefined ? { uid: 65534, gid: 65534 } : { uid: Number(line[2]), gid: Number(line[3]) }
}

/** A copy of the programs that everybody may run and only root may change. */
async function systemFolder(binaries: Binaries): Promise<string> {
  const version: unknown = JSON.parse(await readFile(join(binaries.folder, '../package.json'), 'utf8')).version
  const name = `postgresql-${String(version)}-${process.arch}`
  for (const parent of ['/var/lib/patron', '/usr/local/lib/patron', null]) {
    try {
      const home = parent ?? (await mkdtemp(join(tmpdir(), 'patron-')))
      await mkdir(home, { recursive: true, mode: 0o755 })
      const owner = await stat(home)
      if (owner.uid !== 0 || (owner.mode & 0o022) !== 0) continue
      await chmod(home, 0o755)
      const target = join(home, name)
      if (
        await stat(target).then(
          () => true,
          () => false,
        )
      )
        return target
      const half = `${target}.${process.pid}`
      await cp(binaries.folder, half, { recursive: true, verbatimSymlinks: true })
      await rename(half, target).catch(() => rm(half, { recursive: true, force: true }))
      return target
    } catch {}
  }
  throw new Error(
    'Patron runs as root and found no system folder for a copy of PostgreSQL. Start Patron as an ordinary user, or set DATABASE_URL.',
  )
}
