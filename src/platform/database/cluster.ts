import type { FileHandle } from 'node:fs/promises'
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { type Account, giveTo, run } from './account.ts'
import type { Binaries } from './binaries.ts'

/** The role that owns the server; the product itself works with an ordinary role. */
export const SUPERUSER = 'postgres'

/** The folder of one private server: `cluster` holds its files, `run` its socket. */
export interface Home {
  readonly path: string
  /** Open on `path`, for accounts that cannot walk there. */
  readonly handle: FileHandle
}

/** Makes the files of a new server in `home`/cluster. They appear there when they are whole; what an earlier attempt left is thrown away. */
export async function createCluster(
  home: Home,
  account: Account,
  binaries: Binaries,
  password: string,
  unsafeForTests: boolean,
): Promise<void> {
  for (const name of await readdir(home.path)) {
    if (name.startsWith('new-')) await rm(join(home.path, name), { recursive: true, force: true })
  }
  const name = `new-${process.pid}`
  await mkdir(join(home.path, name), { mode: 0o700 })
  await writeFile(join(home.path, `${name}.password`), password, { mode: 0o600 })
  await giveTo(account, join(home.path, name))
  await giveTo(account, join(home.path, `${name}.password`))
  const child = run(account, binaries, 'initdb', home, (base) => [
    ...['-D', `${base}/${name}`, '-U', SUPERUSER, `--pwfile=${base}/${name}.password`],
    ...[
      '--auth=scram-sha-256',
      '--data-checksums',
      '--no-instructions',
      '-E',
      'UTF8',
      ...localeArguments(),
      ...(unsafeForTests ? ['--no-sync'] : []),
    ],
  ])
  let text = ''
  child.stdout?.on('data', (chunk) => (text += String(chunk)))
  child.stderr?.on('data', (chunk) => (text += String(chunk)))
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  await rm(join(home.path, `${name}.password`), { force: true })
  if (code !== 0) throw new Error(`The private database server could not be set up: ${text.trim().split('\n').slice(-5).join(' ')}`)
  await rename(join(home.path, name), join(home.path, 'cluster'))
}

/** With plain "C" no trigram of a Chinese text would exist; sorting is by bytes everywhere. */
function localeArguments(): readonly string[] {
  if (process.platform === 'darwin') return ['--locale=C', '--lc-ctype=en_US.UTF-8']
  if (process.platform === 'win32') return ['--locale=C', '--lc-ctype=en-US']
  return ['--locale=C.UTF-8']
}

/** The settings of the private server, written anew at every start; ALTER SYSTEM still has the last word. */
export async function writeSettings(home: Home, account: Account, unsafeForTests: boolean): Promise<void> {
  const megabytes = totalmem() / 2 ** 20
  const sharedMemory = await statfs('/dev/shm').then(
    (fs) => (fs.bavail * fs.bsize) / 2 ** 20,
    () => 0,
  )
  const settings: Record<string, string> = {
    // A small server beside one product: PostgreSQL and Node together stay within 1.2 GB.
    shared_buffers: `${Math.round(Math.min(256, Math.max(64, megabytes / 8)))}MB`,
    work_mem: '32MB',
    maintenance_work_mem: `${Math.round(Math.min(256, Math.max(64, megabytes / 8)))}MB`,
    effective_cache_size: `${Math.round(Math.max(256, megabytes / 2))}MB`,
    max_connections: '60',
    max_parallel_workers_per_gather: '2',
    max_parallel_maintenance_workers: '2',
    jit: 'off',
    huge_pages: 'off',
    // Nothing that was confirmed is lost. Checkpoints are rare and spread, so that bulk loads do not write every page twice.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    // Nobody follows this server, so the log need only bring it back after a crash: tables and indexes that are made and filled in one transaction go to the disk at
    // its end and not through the log as well. Whole pages in the log are not compressed, which would cost more than writing them.
    wal_compression: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '10min',
    checkpoint_completion_target: '0.9',
    random_page_cost: '1.1',
    log_timezone: "'UTC'",
    timezone: "'UTC'",
    datestyle: "'iso, ymd'",
    lc_messages: "'C'",
    default_text_search_config: "'pg_catalog.simple'",
    log_line_prefix: "'%m [%p] '",
    log_checkpoints: 'off',
    password_encryption: 'scram-sha-256',
    // Containers often have a very small /dev/shm, in which parallel queries fail.
    ...(process.platform === 'linux' ? { dynamic_shared_memory_type: sharedMemory < 256 ? 'mmap' : 'posix' } : {}),
    ...(unsafeForTests ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' } : {}),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  const path = join(home.path, 'cluster/postgresql.conf')
  await writeFile(path, `# Written by Patron at every start; use ALTER SYSTEM to change a setting for good.\n${lines.join('\n')}\n`, {
    mode: 0o600,
  })
  await giveTo(account, path)
}
