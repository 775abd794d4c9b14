import { createTransport } from 'nodemailer'
import { z } from 'zod'
import type { House } from '../context.ts'
import { withTransaction } from '../database/connection.ts'
import { runKind } from '../runs/run-kind.ts'
import type { MailboxProblem } from './api.ts'
import { connectTo, passwordOf, problemOf } from './connection.ts'
import { type Mailbox, mailboxById } from './mailbox-store.ts'

export const tryMailboxKind = 'mailbox.try'

/** How a trial went, in both directions. */
export interface Trial {
  readonly incoming:
    | { readonly reached: true; readonly mails: number; readonly folders: readonly string[] }
    | { readonly reached: false; readonly problem: MailboxProblem; readonly detail: string | null }
  readonly outgoing: { readonly reached: boolean; readonly detail: string | null } | null
}

const mostFolders = 100

/** Connects and looks, without reading or sending anything. */
export const tryMailboxRun = runKind<z.ZodObject<{ mailboxId: z.ZodUUID }>, null>({
  kind: tryMailboxKind,
  group: tryMailboxKind,
  permission: 'mailbox.manage',
  input: z.object({ mailboxId: z.uuid() }),
  async work({ input, database, house }): Promise<Trial> {
    const mailbox = await withTransaction(database, (db) => mailboxById(db, input.mailboxId), { readOnly: true })
    if (!mailbox) throw new Error('The mailbox was removed meanwhile')
    return { incoming: await incoming(mailbox, house), outgoing: await outgoing(house) }
  },
})

async function incoming(mailbox: Mailbox, house: House): Promise<Trial['incoming']> {
  try {
    const client = await connectTo(mailbox, await passwordOf(mailbox, house.sealing))
    try {
      const { exists } = await client.mailboxOpen(mailbox.folder, { readOnly: true })
      const folders = (await client.list()).map(({ path }) => path)
      return { reached: true, mails: exists, folders: folders.slice(0, mostFolders) }
    } finally {
      await client.logout().catch(() => client.close())
    }
  } catch (error) {
    return { reached: false, ...problemOf(error) }
  }
}

async function outgoing({ mail }: House): Promise<Trial['outgoing']> {
  if (!mail) return null
  const transport = createTransport(mail.smtpUrl)
  try {
    await transport.verify()
    return { reached: true, detail: null }
  } catch (error) {
    return { reached: false, detail: error instanceof Error ? error.message.slice(0, 300) : null }
  } finally {
    transport.close()
  }
}
