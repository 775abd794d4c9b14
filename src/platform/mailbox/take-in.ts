import { createHash } from 'node:crypto'
import type { ImapFlow } from 'imapflow'
import type { Actor, Context } from '../context.ts'
import { system } from '../context.ts'
import { type Database, type Db, withTransaction } from '../database/connection.ts'
import { mailedMediaType, removeMailedFiles, storeFile } from '../files.ts'
import { timeOrderedId } from '../identifier.ts'
import type { Log } from '../log.ts'
import { insertMail, type NewMail, noteFiled, threadOfEarlier, unfiledMails } from './in-store.ts'
import { beginFolder, passMail } from './lease-store.ts'
import { isTooMuchMail } from './limits.ts'
import { type Mailbox, mailboxById } from './mailbox-store.ts'
import { isOurs, noteCameBack } from './out-store.ts'
import { type KeepFile, mailLimits, type ParsedMail, parseMail } from './parse-mail.ts'
import type { Cut } from './received-mail.ts'
import { threadOfMail } from './thread-token.ts'
import { verdictsBy } from './verdicts.ts'
import { mailsDue } from './wakes.ts'

/** Who reads which mailbox, and what that takes. */
export interface Reader {
  readonly database: Database
  readonly log: Log
  readonly now: () => Date
  /** The worker that holds the lease. */
  readonly worker: string
  /** By which tokens of threads are known. */
  readonly threadKey: Buffer
  readonly stopping: AbortSignal
  contextOf(db: Db, now: Date, actor: Actor): Context
}

/** The mailbox is no longer this worker's, or was changed; nothing more is to be done here. */
export class Lost extends Error {
  constructor() {
    super('The mailbox is no longer ours')
    this.name = 'Lost'
  }
}

const hour = 3_600_000
/** Mails are looked for in groups, so that a folder of many begins to come in at once. */
const mostAtOnce = 500

/** Takes in every mail of the open folder that was not read yet, one after the other. Answers why the server was not told of all of them, where it was not. */
export async function takeInAll(reader: Reader, client: ImapFlow, mailbox: Mailbox): Promise<Error | null> {
  const place = await placeIn(reader, client, mailbox)
  let unfiled = await fileMails(reader, client, mailbox, place.uidValidity)
  for (let last = place.lastUid; ; ) {
    const uids = await uidsBehind(client, last, place.since)
    for (const uid of uids.slice(0, mostAtOnce)) {
      if (reader.stopping.aborted) return unfiled
      await takeIn(reader, client, mailbox, { uidValidity: place.uidValidity, uid, since: place.since })
      last = uid
    }
    if (uids.length > 0) unfiled = await fileMails(reader, client, mailbox, place.uidValidity)
    if (uids.length <= mostAtOnce) return unfiled
  }
}

interface Place {
  readonly uidValidity: number
  readonly lastUid: number
  /** Older mails are not ours; null where all are. */
  readonly since: Date | null
}

/** Where reading goes on. A server that counted anew has all its mails looked at again; those that are known come in no second time. */
async function placeIn({ database, worker }: Reader, client: ImapFlow, mailbox: Mailbox): Promise<Place> {
  const open = client.mailbox
  if (open === false) throw new Error('No folder is open')
  const uidValidity = Number(open.uidValidity)
  // Servers say to the second when a mail came.
  const since = mailbox.fromStart ? null : new Date(Math.floor(mailbox.createdAt.getTime() / 1000) * 1000)
  const current = await mailboxById(database.db, mailbox.id)
  if (!current) throw new Lost()
  if (current.uidValidity === uidValidity) return { uidValidity, lastUid: current.lastUid, since: null }
  const isFirst = current.uidValidity === null
  const lastUid = isFirst && !mailbox.fromStart ? Math.max(0, open.uidNext - 1) : 0
  if (!(await beginFolder(database.db, mailbox.id, worker, { uidValidity, lastUid }))) throw new Lost()
  return { uidValidity, lastUid, since: isFirst ? null : since }
}

async function uidsBehind(client: ImapFlow, last: number, since: Date | null): Promise<number[]> {
  // Servers know days only, and have their own idea of when one begins.
  const from = since === null ? {} : { since: new Date(since.getTime() - 48 * hour) }
  const found = await client.search({ uid: `${last + 1}:*`, ...from }, { uid: true })
  // `8:*` names the last mail also where it is the seventh.
  return Array.isArray(found) ? found.filter((uid) => uid > last).sort((a, b) => a - b) : []
}

/** Takes in one mail: its files first, each in short statements, then itself, in one transaction with the note that it was read. */
async function takeIn(
  reader: Reader,
  client: ImapFlow,
  mailbox: Mailbox,
  { uidValidity, uid, since }: { uidValidity: number; uid: number; since: Date | null },
): Promise<void> {
  const { database } = reader
  const head = await client.fetchOne(String(uid), { uid: true, size: true, internalDate: true }, { uid: true })
  // It was taken away meanwhile.
  if (!head) return
  const receivedAt = new Date(head.internalDate ?? reader.now())
  if (since !== null && receivedAt < since) {
    if (!(await passMail(database.db, mailbox.id, reader.worker, { uidValidity, uid }))) throw new Lost()
    return
  }
  const bytes = head.size ?? 0
  const place = { mailboxId: mailbox.id, uidValidity, uid, bytes, receivedAt }
  const { mail, hash, files } = await read(reader, client, mailbox, uid, bytes)
  const noted = { ...place, messageHash: hash }
  // What the database cannot hold must not keep all other mails out: of such a mail less is kept, and in the end nothing but that it came.
  const isNew = await note(reader, mailbox, mail, noted)
    .catch((error) => (isUnstorable(error) ? note(reader, mailbox, bare(mail), noted) : Promise.reject(error)))
    .catch((error) => (isUnstorable(error) ? note(reader, mailbox, null, noted) : Promise.reject(error)))
    .catch(async (error) => {
      await removeMailedFiles(database.db, files).catch(() => {})
      throw error
    })
  if (isNew) return
  await removeMailedFiles(database.db, files)
  await file(client, mailbox, [uid]).catch(() => {})
}

const isUnstorable = (error: unknown) => error instanceof Error && 'code' in error && /^22/.test(String(error.code))
const bare = (mail: ParsedMail): ParsedMail => ({
  ...mail,
  ...{ from: null, replyTo: null, to: [], cc: [], subject: '', text: '', html: null, attachments: [], references: [], cut: 'unreadable' },
  ...{ messageId: null, inReplyTo: null, recipients: [], automatic: null, authResults: [], report: null },
})

/** Notes in one transaction that a mail was read, and the mail; false where it came before. `mail`: null where nothing of it can be kept. */
async function note(
  reader: Reader,
  mailbox: Mailbox,
  mail: ParsedMail | null,
  place: Pick<NewMail, 'mailboxId' | 'uidValidity' | 'uid' | 'bytes' | 'receivedAt' | 'messageHash'>,
): Promise<boolean> {
  return withTransaction(reader.database, async (db) => {
    if (!(await passMail(db, mailbox.id, reader.worker, place))) throw new Lost()
    const context = reader.contextOf(db, reader.now(), system)
    const judgement = mail === null ? unheld : await judged(reader, context, mailbox, mail)
    if (!(await insertMail(db, { ...judgement, ...place, id: context.newId(), takenInAt: context.now }))) return false
    if (judgement.dueAt !== null) await context.wake(mailsDue, {})
    return true
  })
}

/** Reads a mail from its server, and its files into the store; of one that is too large only the head. */
async function read({ database, now, stopping }: Reader, client: ImapFlow, mailbox: Mailbox, uid: number, bytes: number) {
  const limits = mailLimits(mailbox.limitMegabytes << 20)
  const files: string[] = []
  const keep: KeepFile = async ({ name, content }) => {
    const id = timeOrderedId(now())
    files.push(id)
    const stored = { id, name, mediaType: mailedMediaType, createdBy: 'system', now: now(), limit: limits.bytes }
    return { fileId: id, bytes: (await storeFile(database.db, stored, content)).bytes }
  }
  const hash = createHash('sha256')
  const hashed = async function* (content: AsyncIterable<Uint8Array>) {
    for await (const part of content) {
      if (stopping.aborted) throw new Lost()
      hash.update(part)
      yield part
    }
  }
  const tooLarge: Cut | null = bytes > limits.bytes ? 'too-large' : null
  try {
    const source = tooLarge === null ? await wholeOf(client, uid) : await headOf(client, uid)
    const mail = await parseMail(hashed(source), keep, limits, tooLarge)
    return { mail, hash: mail.messageId === null ? hash.digest() : hashOf(mail), files }
  } catch (error) {
    await removeMailedFiles(database.db, files).catch(() => {})
    throw error
  }
}

/** What makes a mail this one: its Message-ID, and what programs that give two mails the same one do not repeat. */
const hashOf = ({ messageId, from, sentAt, subject }: ParsedMail) =>
  createHash('sha256')
    .update(JSON.stringify([messageId, from?.address ?? null, sentAt, subject]))
    .digest()

async function wholeOf(client: ImapFlow, uid: number): Promise<AsyncIterable<Uint8Array>> {
  const found = await client.download(String(uid), undefined, { uid: true })
  return 'content' in found && found.content ? (found.content as AsyncIterable<Uint8Array>) : nothing()
}

async function headOf(client: ImapFlow, uid: number): Promise<AsyncIterable<Uint8Array>> {
  const found = await client.fetchOne(String(uid), { uid: true, headers: true }, { uid: true })
  const headers = found ? found.headers : undefined
  return headers ? once(headers) : nothing()
}

async function* once(part: Uint8Array): AsyncGenerator<Uint8Array> {
  yield part
}
async function* nothing(): AsyncGenerator<Uint8Array> {}

type Judgement = Omit<NewMail, 'id' | 'mailboxId' | 'uidValidity' | 'uid' | 'messageHash' | 'bytes' | 'receivedAt' | 'takenInAt'>

/** A mail of which nothing could be kept but that it came: it lies on its server, and nobody is handed it. */
const unheld: Judgement = {
  ...{ messageId: null, inReplyTo: null, references: [], fromName: '', fromAddress: null, replyTo: null, recipients: { to: [], cc: [] } },
  ...{ subject: '', text: '', html: null, attachments: [], automatic: null, verdicts: null, cut: 'unreadable', sentAt: null },
  ...{ threadId: null, threadBy: null, threadForged: false, bounceOf: null, state: 'ignored', reason: 'nobody', dueAt: null },
}

/** What a mail is to us: whose thread it continues, whether it came back to us, whether anybody is to be handed it. */
async function judged({ threadKey }: Reader, { db, now }: Context, mailbox: Mailbox, mail: ParsedMail): Promise<Judgement> {
  const byToken = threadOfMail(mail, mailbox.address, threadKey)
  const back = mail.automatic === 'bounce' && mail.report?.messageId ? await cameBack(db, mail.report) : null
  const sender = mail.from?.address ?? null
  const answered = [...mail.references, ...(mail.inReplyTo === null ? [] : [mail.inReplyTo])]
  const threadId = byToken.threadId ?? back?.threadId ?? (sender === null ? null : await threadOfEarlier(db, answered, sender))
  const ours = mail.messageId !== null && (await isOurs(db, mail.messageId))
  const arrival = { mailboxId: mailbox.id, sender, threadId, hourlyLimit: mailbox.hourlyLimit }
  // A mail of ours comes back once, so that there are never too many of these; what says so again, or only that it takes longer, is nobody's business.
  const isOld = back !== null && !back.turned
  const tooMany = back === null && (await isTooMuchMail(db, arrival, now))
  const reason = ours ? 'own' : isOld ? 'nobody' : tooMany ? 'too-many' : null
  return {
    messageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    fromName: mail.from?.name ?? '',
    fromAddress: sender,
    replyTo: mail.replyTo,
    recipients: { to: mail.to, cc: mail.cc },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments,
    automatic: mail.automatic,
    verdicts: mailbox.authServer === null ? null : verdictsBy(mailbox.authServer, mail.authResults),
    cut: mail.cut,
    sentAt: mail.sentAt,
    threadId,
    threadBy: threadId === null ? null : byToken.threadId !== null || back !== null ? 'token' : 'earlier-mail',
    threadForged: byToken.forged && threadId === null,
    bounceOf: back?.id ?? null,
    state: reason === null ? 'new' : 'ignored',
    reason,
    dueAt: reason === null ? now : null,
  }
}

async function cameBack(db: Db, { report, messageId }: NonNullable<ParsedMail['report']>) {
  const detail = [report?.status, report?.said].filter((part) => part).join(' ') || null
  return noteCameBack(
    db,
    messageId!,
    detail,
    report?.action !== 'delayed' && report?.action !== 'delivered' && report?.action !== 'relayed',
  )
}

/** Tells the server what becomes of the mails that are in. Where it will not, they stay as they are, and it is told again the next time; the reason is answered. */
async function fileMails({ database, log, now }: Reader, client: ImapFlow, mailbox: Mailbox, uidValidity: number): Promise<Error | null> {
  for (;;) {
    const waiting = await unfiledMails(database.db, mailbox.id, uidValidity, mostAtOnce)
    if (waiting.length === 0) return null
    // Of what could not be read in whole the server has the only copy.
    const whole = waiting.filter(({ cut }) => cut === null)
    const rest = mailbox.afterTaking === 'delete' ? waiting.filter(({ cut }) => cut !== null) : waiting
    try {
      if (mailbox.afterTaking === 'delete' && whole.length > 0)
        await client.messageDelete(rangeOf(whole.map(({ uid }) => uid)), { uid: true })
      await file(
        client,
        mailbox,
        rest.map(({ uid }) => uid),
      )
    } catch (error) {
      if (!client.usable || !(error instanceof Error)) throw error
      log.warn({ err: error, mailbox: mailbox.id }, 'The mail server did not mark mails that were taken in')
      return error
    }
    await noteFiled(
      database.db,
      waiting.map(({ id }) => id),
      now(),
    )
    if (waiting.length < mostAtOnce) return null
  }
}

/** Marks mails as seen, and puts them where the mailbox says. */
async function file(client: ImapFlow, { afterTaking, moveTo }: Mailbox, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return
  await client.messageFlagsAdd(rangeOf(uids), ['\\Seen'], { uid: true })
  if (afterTaking !== 'move' || moveTo === null) return
  // The server says no where it is there already.
  await client.mailboxCreate(moveTo).catch(() => {})
  if (!(await client.messageMove(rangeOf(uids), moveTo, { uid: true }))) throw new Error(`Mails could not be moved to ${moveTo}`)
}

const rangeOf = (uids: readonly number[]) => uids.join(',')
