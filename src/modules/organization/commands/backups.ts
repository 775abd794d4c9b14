import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { backupFileName, backupFolder, makeBackup } from '#platform/backup/backups.ts'
import { passphraseIn } from '#platform/backup/passphrase.ts'
import { verifyArchive } from '#platform/backup/restore.ts'
import type { Command } from '#platform/command.ts'
import { timeOrderedId } from '#platform/identifier.ts'
import { refuse } from '#platform/refusal.ts'
import { readSetting } from '../public.ts'
import { backupsSetting } from '../settings.ts'

const options = { 'passphrase-file': { type: 'string' } } as const

export const backupCommands: readonly Command[] = [
  {
    name: 'backup verify',
    usage: 'backup verify FILE [--passphrase-file FILE]',
    summary: 'Reads a backup to its end and compares every checksum.',
    async run(shell, args) {
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
      const [file, ...more] = positionals
      if (!file || more.length > 0) throw refuse('invalid', 'bad-arguments', 'Name the file of the backup')
      const { manifest, encrypted, tables, rows } = await verifyArchive(resolve(file), () =>
        passphraseIn(values['passphrase-file'] ?? shell.configuration.backupPassphraseFile),
      )
      shell.result({
        file: resolve(file),
        whole: true,
        madeAt: manifest.madeAt,
        schemaVersion: manifest.schemaVersion,
        encrypted,
        tables,
        rows,
        trail: manifest.trail,
      })
      shell.say(
        `The backup of ${manifest.madeAt} is whole: ${rows.toLocaleString('en')} rows in ${tables} tables, version ${manifest.schemaVersion}.`,
      )
    },
  },
  {
    name: 'backup',
    usage: 'backup [FILE] [--passphrase-file FILE]',
    summary: 'Writes everything, as it is at this moment, into one file; the product may go on running.',
    async run(shell, args) {
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
      const [file, ...more] = positionals
      if (more.length > 0) throw refuse('invalid', 'bad-arguments', 'Name one file, or none for the folder of backups')
      const { dataFolder } = shell.configuration
      const setting = await readSetting(shell.database.db, backupsSetting)
      const made = await makeBackup(shell.database, {
        id: timeOrderedId(shell.now()),
        occasion: 'asked',
        path: file ? resolve(file) : join(backupFolder(dataFolder, setting.folder), backupFileName(shell.now())),
        passphrase: await passphraseIn(values['passphrase-file'] ?? shell.configuration.backupPassphraseFile),
        dataFolder,
        now: shell.now,
        transaction: (work) => shell.transaction(work),
      })
      shell.result({ file: made.path, bytes: made.bytes, schemaVersion: made.schemaVersion, encrypted: made.encrypted })
      shell.say(`${made.path}  ${((made.bytes ?? 0) / 1e6).toFixed(1)} MB${made.encrypted ? ', encrypted' : ''}`)
    },
  },
]
