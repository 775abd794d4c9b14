import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { passphraseIn } from '#platform/backup/passphrase.ts'
import { restoreBackup } from '#platform/backup/restore.ts'
import type { Configuration } from '#platform/configuration.ts'
import { connect, refuseUnsafeServer } from '#platform/database/connection.ts'
import { joinRunning, startEmbedded } from '#platform/database/embedded.ts'
import { silentQueue } from '#platform/jobs.ts'
import type { Module } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { explain } from './command-line.ts'
import { contextMaker, outsideOf } from './product.ts'

/** `restore FILE`: unlike other commands it brings no database up to date first, because it makes it anew. */
export async function restoreCommand(words: readonly string[], configuration: Configuration, modules: readonly Module[]): Promise<number> {
  const json = words.includes('--json')
  try {
    const { values, positionals } = parseArgs({
      args: words.filter((word) => word !== '--json'),
      allowPositionals: true,
      options: { yes: { type: 'boolean' }, 'passphrase-file': { type: 'string' } },
    })
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw refuse('invalid', 'bad-arguments', 'Name the file of the backup: restore FILE')
    const done = await withoutProduct(configuration, async (url) => {
      const database = connect(url, { applicationName: 'patron-restore', poolSize: 4 })
      try {
        await refuseUnsafeServer(database.db)
        return await restoreBackup(database, {
          path: resolve(file),
          passphrase: () => passphraseIn(values['passphrase-file'] ?? configuration.backupPassphraseFile),
          overwrite: values.yes === true,
          dataFolder: configuration.dataFolder,
          modules,
          now: new Date(),
          contextOf: contextMaker(modules, silentQueue, outsideOf(configuration)),
          onProgress: ({ phase, done: rows }) => {
            if (!json && process.stderr.isTTY)
              process.stderr.write(`\r\u001b[K${phase}${rows > 0 ? ` (${rows.toLocaleString('en')} rows so far)` : ''}`)
          },
        })
      } finally {
        if (!json && process.stderr.isTTY) process.stderr.write('\r\u001b[K')
        await database.close()
      }
    })
    const line = `Everything is as it was at ${done.madeAt}: ${done.rows.toLocaleString('en')} rows in ${done.tables} tables. Everybody has to sign in anew.`
    process.stdout.write(`${json ? JSON.stringify(done) : line}\n`)
    return 0
  } catch (error) {
    return explain(error, json)
  }
}

async function withoutProduct<T>(configuration: Configuration, work: (url: string) => Promise<T>): Promise<T> {
  if (configuration.databaseUrl) return work(configuration.databaseUrl)
  if (await joinRunning(configuration.dataFolder))
    throw refuse('conflict', 'product-running', 'Patron is running on this data folder; stop it and restore then')
  const embedded = await startEmbedded(configuration.dataFolder)
  try {
    return await work(embedded.url)
  } finally {
    await embedded.stop()
  }
}
