import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** The secret that signs session cookies. */
export const sessionSecret = (dataFolder: string): Promise<string> =>
  keptSecret(dataFolder, 'session-secret', 'Delete it to get a new one; everybody then signs in again.')

/** The secret under which other secrets lie in the database. Without it they cannot be read again, so it belongs into every backup. */
export const sealingSecret = (dataFolder: string): Promise<string> =>
  keptSecret(dataFolder, 'secret-key', 'Put back the one from your backup; the secrets in the database cannot be read without it.')

/** A secret that is made once and kept in the data folder for its owner alone. Two processes that start together end up with the same one. */
async function keptSecret(dataFolder: string, name: string, advice: string): Promise<string> {
  const path = join(dataFolder, name)
  const kept = await read(path, advice)
  if (kept) return kept
  await mkdir(dataFolder, { recursive: true })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${randomBytes(48).toString('base64url')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  // A link is refused where the name is taken: whoever comes second takes what is there.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft, { force: true })
  const secret = await read(path, advice)
  if (!secret) throw new Error(`The file ${path} holds no secret. ${advice}`)
  return secret
}

async function read(path: string, advice: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  if (text.trim().length < 32) throw new Error(`The file ${path} holds no secret. ${advice}`)
  return text.trim()
}
