import { setTimeout as sleep } from 'node:timers/promises'
import type { ImapFlow } from 'imapflow'
import { system } from '../context.ts'
import { withTransaction } from '../database/connection.ts'
import type { Sealing } from '../sealing.ts'
import { connectTo, idleMilliseconds, passwordOf, problemOf } from './connection.ts'
import { mailboxFailing } from './facts.ts'
import { giveMailboxBack, leaseMailboxes, noteFailure, noteLooked, noteTold, renewMailbox } from './lease-store.ts'
import type { Mailbox } from './mailbox-store.ts'
import { threadPurpose } from './queue-mail.ts'
import { Lost, type Reader, takeInAll } from './take-in.ts'

export interface MailListener {
  /** Gives back what it reads, so that the next worker goes on with it, and ends. */
  stop(): Promise<void>
}

export interface MailListenerShell extends Omit<Reader, 'worker' | 'threadKey' | 'stopping'> {
  readonly name: string
  readonly sealing: Sealing
}

const pollMilliseconds = 2000
const leaseMilliseconds = 30_000
const renewMilliseconds = 5000
/** So many mailboxes one worker reads. */
const mostMailboxes = 50
/** A server that cannot tell of new mails is asked so often; one that can is asked too, now and then, in case it forgets. */
const askMilliseconds = 60_000
/** How long a mailbox rests after each failure in a row; the last for all further ones. */
const pauses = [5, 15, 30, 60, 120, 300, 600]
/** Failing for so long is told to people. */
const toldAfterMilliseconds = 30 * 60_000

/**
 * Reads every mailbox until it is stopped: one connection to each, held open, so that a mail is in within seconds of its arrival. A mailbox is read by one worker, which holds its lease; when the worker dies the lease
 * runs out and the next one goes on behind the last mail that was noted.
 */
export function startMailListener(shell: MailListenerShell): MailListener {
  const stopping = new AbortController()
  const open = new Map<string, Promise<void>>()
  const looking = (async () => {
    while (!stopping.signal.aborted) {
      try {
        const now = shell.now()
        const until = new Date(now.getTime() + leaseMilliseconds)
        for (const mailbox of await leaseMailboxes(shell.database.db, shell.name, now, until, mostMailboxes - open.size)) {
          // A lease of our own that ran out while its connection was still being closed.
          await open.get(mailbox.id)
          open.set(
            mailbox.id,
            serve(shell, mailbox, stopping.signal).finally(() => open.delete(mailbox.id)),
          )
        }
      } catch (error) {
        shell.log.warn({ err: error }, 'Mailboxes will be looked for again in a moment')
      }
      await sleep(pollMilliseconds, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await looking
      await Promise.all(open.values())
    },
  }
}

/** Reads one mailbox for as long as it is ours. Never throws. */
async function serve(shell: MailListenerShell, mailbox: Mailbox, processStopping: AbortSignal): Promise<void> {
  const { database, log, now, name } = shell
  const stop = new AbortController()
  const stopAll = () => stop.abort()
  processStopping.addEventListener('abort', stopAll)
  let renewed = Date.now()
  const renewal = setInterval(async () => {
    const until = new Date(now().getTime() + leaseMilliseconds)
    try {
      if (await renewMailbox(database.db, mailbox.id, name, mailbox.version, until)) renewed = Date.now()
      else stop.abort()
    } catch {
      // The database is away for a moment; longer than the lease, another worker may have it.
      if (Date.now() - renewed > leaseMilliseconds - renewMilliseconds) stop.abort()
    }
  }, renewMilliseconds)
  let client: ImapFlow | null = null
  let worked = false
  stop.signal.addEventListener('abort', () => client?.close())
  try {
    const threadKey = await shell.sealing.keyFor(threadPurpose)
    client = await connectTo(mailbox, await passwordOf(mailbox, shell.sealing))
    if (stop.signal.aborted) throw new Lost()
    await client.mailboxOpen(mailbox.folder)
    const reader = { ...shell, worker: name, threadKey, stopping: stop.signal }
    await read(reader, client, mailbox, () => {
      worked = true
    })
  } catch (error) {
    if (!stop.signal.aborted && !(error instanceof Lost)) {
      log.warn({ err: error, mailbox: mailbox.id }, 'A mailbox cannot be read and is tried again')
      await fail(shell, mailbox.id, worked ? 0 : mailbox.failures, error).catch((problem) =>
        log.warn({ err: problem }, 'A failure of a mailbox could not be noted'),
      )
    }
  } finally {
    clearInterval(renewal)
    processStopping.removeEventListener('abort', stopAll)
    client?.close()
    await giveMailboxBack(database.db, mailbox.id, name).catch(() => {})
  }
}

/** Takes in what is there, then waits to be told of more. */
async function read(reader: Reader, client: ImapFlow, mailbox: Mailbox, onRead: () => void): Promise<void> {
  const { database, now, worker, stopping } = reader
  let closed: () => void = () => {}
  const over = new Promise<void>((done) => {
    closed = done
  })
  client.on('close', () => closed())
  while (!stopping.aborted) {
    const news = newsOf(client)
    const unfiled = await takeInAll(reader, client, mailbox)
    const complaint = unfiled === null ? null : { problem: 'cannot-file', detail: unfiled.message.slice(0, 300) }
    await noteLooked(database.db, mailbox.id, worker, now(), complaint)
    onRead()
    const wait = new AbortController()
    const ask = client.capabilities.has('IDLE') ? idleMilliseconds : askMilliseconds
    void client.idle().catch(() => {})
    await Promise.race([news.arrived, over, sleep(ask, undefined, { signal: wait.signal }).catch(() => {})])
    wait.abort()
    news.stop()
    if (stopping.aborted) return
    if (!client.usable) throw Object.assign(new Error('The mail server closed the connection'), { code: 'NoConnection' })
  }
}

/** Says when the server told of a new mail, also of one that came while others were taken in. */
function newsOf(client: ImapFlow): { readonly arrived: Promise<void>; stop(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const heard = ({ count, prevCount }: { count: number; prevCount: number }) => {
    if (count > prevCount) resolve()
  }
  client.on('exists', heard)
  return { arrived: promise, stop: () => client.off('exists', heard) }
}

async function fail({ database, now, name, contextOf }: MailListenerShell, id: string, before: number, error: unknown): Promise<void> {
  const at = now()
  const { problem, detail } = problemOf(error)
  await withTransaction(database, async (db) => {
    const pause = pauses[Math.min(before, pauses.length - 1)]! * 1000
    const failed = await noteFailure(db, id, name, { problem, detail, at, pausedUntil: new Date(at.getTime() + pause) })
    if (!failed?.failingSince || failed.toldAt || at.getTime() - failed.failingSince.getTime() < toldAfterMilliseconds) return
    await noteTold(db, id, at)
    await contextOf(db, at, system).publish(mailboxFailing, { mailboxId: id, problem })
  })
}
