import type { Context } from '#platform/context.ts'
import { fileById, keepFile } from '#platform/files.ts'
import type { Actions } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { fileEndpoints } from '../api/files.ts'
import type { CaseEvent } from '../domain/event.ts'
import { filesIn } from '../domain/files.ts'
import { type Attachment, attachmentsOf, insertAttachments } from '../store/attachments.ts'
import { caseById } from '../store/cases.ts'
import { shownCustomers } from './reach.ts'

const fileLimit = 25 << 20

export const fileActions: Actions<typeof fileEndpoints> = {
  async addFile({ db }, { fileId }) {
    const file = await fileById(db, fileId)
    if (!file) throw noSuchFile()
    if (file.bytes > fileLimit) throw tooLarge()
    return { fileId: file.id, name: file.name, bytes: file.bytes }
  },

  async file(context, { caseId, fileId }) {
    const row = await caseById(context.db, caseId)
    const files = row ? await attachmentsOf(context.db, row.customerId, row.id) : []
    if (!row || !files.some((one) => one.fileId === fileId)) throw noSuchFile()
    context.looksAt?.(row.customerId)
    return { fileId, customerId: (await shownCustomers(context, [row])).get(row.customerId)?.id ?? null }
  },
}

/**
 * Lets a case hold on to the files that events of it name. Only what the same person has just sent, once: an id is no key to what others keep here. What the case holds already may be named again, and a
 * case that became another one (`from`) hands its files on.
 */
export async function takeFiles(
  { db }: Context,
  { customerId, caseId, from }: { readonly customerId: string; readonly caseId: string; readonly from: string | null },
  events: readonly CaseEvent[],
): Promise<void> {
  const named = events.flatMap((event) => filesIn(event).map((id) => [id, event] as const))
  if (named.length === 0) return
  const held = new Set((await attachmentsOf(db, customerId, caseId)).map(({ fileId }) => fileId))
  const handedOn = from === null ? [] : await attachmentsOf(db, customerId, from)
  const taken: Attachment[] = []
  for (const [fileId, { at, by, seq }] of named) {
    if (held.has(fileId)) continue
    held.add(fileId)
    const before = handedOn.find((one) => one.fileId === fileId)
    taken.push(before ? { ...before, seq } : { ...(await kept(db, fileId, by)), at, by, seq })
  }
  await insertAttachments(db, customerId, caseId, taken)
}

async function kept(db: Context['db'], fileId: string, by: string) {
  const file = await fileById(db, fileId)
  if (!file || file.createdBy !== by || !(await keepFile(db, fileId))) throw noSuchFile()
  if (file.bytes > fileLimit) throw tooLarge()
  return { fileId, name: file.name, bytes: file.bytes }
}

const noSuchFile = () => refuse('missing', 'no-such-file', 'There is no such file')
const tooLarge = () => refuse('too large', 'file-too-large', 'The file is larger than 25 MB', { values: { megabytes: 25 } })
