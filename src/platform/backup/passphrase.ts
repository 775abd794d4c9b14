import { readFile } from 'node:fs/promises'
import { refuse } from '../refusal.ts'

/** The first line of a file, as a passphrase; null where no file is named. A short one would be guessed. */
export async function passphraseIn(path: string | null | undefined): Promise<string | null> {
  if (path == null) return null
  const text = await readFile(path, 'utf8').catch(() => {
    throw refuse('missing', 'no-such-file', `There is no file ${path} with the passphrase of backups`)
  })
  const words = text.split(/\r?\n/)[0]!.trim()
  if (words.length < 12)
    throw refuse('invalid', 'passphrase-short', `The first line of ${path} is the passphrase of backups and needs at least 12 characters`)
  return words
}
