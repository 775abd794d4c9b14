import { randomBytes } from 'node:crypto'
import type { Sealing } from '../sealing.ts'

/** That a form was shown by us, and when: sealed into the form itself, so that nothing is kept for a page that nobody sends. */
export interface Shown {
  readonly id: string
  readonly at: Date
}

/** So long a page may lie open before its form is sent. */
const hours = 24
const purpose = 'form on a page for customers'
const filePurpose = 'file kept for a form on a page for customers'

export const showForm = (sealing: Sealing, now: Date): Promise<string> =>
  sealed(sealing, purpose, { id: randomBytes(16).toString('base64url'), at: now.getTime() })

/** When the form was shown; null where we never showed it, or too long ago. */
export async function shownForm(sealing: Sealing, token: string, now: Date): Promise<Shown | null> {
  const content = await opened(sealing, purpose, token)
  if (typeof content?.id !== 'string' || typeof content.at !== 'number') return null
  const age = now.getTime() - content.at
  // Clocks of two processes differ a little.
  return age >= -60_000 && age < hours * 3_600_000 ? { id: content.id, at: new Date(content.at) } : null
}

/** A stored file in the words of a form: whoever has them sent the file. */
export const keepFileToken = (sealing: Sealing, file: { readonly id: string; readonly name: string }): Promise<string> =>
  sealed(sealing, filePurpose, { id: file.id, name: file.name })

export async function keptFileOf(sealing: Sealing, token: string): Promise<{ id: string; name: string } | null> {
  const content = await opened(sealing, filePurpose, token)
  return typeof content?.id === 'string' && typeof content.name === 'string' ? { id: content.id, name: content.name } : null
}

const sealed = async (sealing: Sealing, to: string, content: object) =>
  (await sealing.seal(JSON.stringify(content), to)).toString('base64url')

async function opened(sealing: Sealing, to: string, token: string): Promise<Record<string, unknown> | null> {
  if (token.length > 1000 || !/^[\w-]+$/.test(token)) return null
  const text = await sealing.open(Buffer.from(token, 'base64url'), to).catch(() => null)
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>)
}
