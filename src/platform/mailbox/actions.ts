import type { Context } from '../context.ts'
import { defaultPageSize } from '../contract.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { isForbiddenHost } from '../egress.ts'
import type { Action, Actions } from '../module.ts'
import { changedMeanwhile, refuse } from '../refusal.ts'
import { requestRun } from '../runs/store.ts'
import type { mailboxApi as api, MailboxProblem } from './api.ts'
import { secretPurpose } from './connection.ts'
import { mailboxAdded, mailboxChanged, mailboxDisabled, mailboxEnabled, mailboxRemoved } from './facts.ts'
import { removeFilesOf } from './forget-store.ts'
import { mailById, mailsBefore, repeatMail, type StoredMail } from './in-store.ts'
import {
  addMailbox,
  allMailboxes,
  changeMailbox,
  type Mailbox,
  type MailboxValues,
  mailboxById,
  mailboxOn,
  removeMailbox,
  switchMailbox,
} from './mailbox-store.ts'
import { hasLostItsLink, type MailOut, mailsOutBefore, repeatMailOut } from './out-store.ts'
import { countRemote } from './pictures.ts'
import { sendsMail } from './queue-mail.ts'
import { tryMailboxKind } from './try-run.ts'
import { mailsDue, mailsOutDue, picturesAsked } from './wakes.ts'

const mostMailboxes = 50

const list: Action<typeof api.list> = async ({ db, house }) => ({
  mailboxes: (await allMailboxes(db)).map(viewOf),
  sends: sendsMail(house),
})

const add: Action<typeof api.add> = async (context, { secret, ...values }) => {
  const { db, now, actor } = context
  refuseValues(values)
  if ((await allMailboxes(db)).length >= mostMailboxes)
    throw refuse('conflict', 'too-many-mailboxes', `There are ${mostMailboxes} already; remove one first`, {
      values: { most: mostMailboxes },
    })
  await refuseTwice(context, null, values)
  const id = context.newId()
  await addMailbox(db, { ...values, id, secret: await sealed(context, id, secret), by: actor.id, now })
  await context.publish(mailboxAdded, { mailboxId: id })
  return view(context, id)
}

const change: Action<typeof api.change> = async (context, { id, version, secret, ...values }) => {
  refuseValues(values)
  const before = await mailboxCalled(context, id)
  await refuseTwice(context, id, values)
  // A password is for one server: whoever names another one gives it again.
  const same = before.host === values.host && before.port === values.port && before.username === values.username
  if (secret === null && (!same || isWeaker(before, values)))
    throw wrong('secret', 'secret-needed', 'Give the password again, since it goes to another server or another way')
  const changed = await changeMailbox(context.db, id, values, {
    version,
    secret: secret === null ? null : await sealed(context, id, secret),
    elsewhere: before.host !== values.host || before.username !== values.username || before.folder !== values.folder,
  })
  if (!changed) throw changedMeanwhile()
  await context.publish(mailboxChanged, { mailboxId: id })
  return view(context, id)
}

const remove: Action<typeof api.remove> = async (context, { id, version }) => {
  await mailboxCalled(context, id)
  await removeFilesOf(context.db, id)
  if (!(await removeMailbox(context.db, id, version))) throw changedMeanwhile()
  await context.publish(mailboxRemoved, { mailboxId: id })
  return {}
}

const switchOnOff: Action<typeof api.switch> = async (context, { id, enabled }) => {
  const mailbox = await mailboxCalled(context, id)
  if (enabled !== (mailbox.disabledAt === null)) {
    await switchMailbox(context.db, id, enabled ? null : context.now)
    await context.publish(enabled ? mailboxEnabled : mailboxDisabled, { mailboxId: id })
  }
  return view(context, id)
}

const tryOut: Action<typeof api.tryOut> = async (context, { id }) => {
  await mailboxCalled(context, id)
  const { db, now, actor } = context
  const runId = context.newId()
  const run = { id: runId, kind: tryMailboxKind, group: tryMailboxKind, input: { mailboxId: id }, requestedBy: actor.id, now }
  await requestRun(db, run)
  return { runId }
}

const received: Action<typeof api.received> = async ({ db }, { state, cursor, limit = defaultPageSize }) => {
  const rows = await mailsBefore(db, state ?? null, beforeOf(cursor), limit + 1)
  return pageOf(rows, limit, mailView)
}

const receivedOne: Action<typeof api.receivedOne> = async ({ db }, { id }) => {
  const mail = await mailCalled(db, id)
  const { recipients, text, html, attachments } = mail
  return {
    ...mailView(mail),
    to: [...recipients.to, ...recipients.cc],
    text,
    html,
    remotePictures: countRemote(html),
    attachments: [...attachments],
  }
}

const showPictures: Action<typeof api.showPictures> = async (context, { id }) => {
  await mailCalled(context.db, id)
  await context.wake(picturesAsked, { mailId: id })
  return {}
}

const receivedFile: Action<typeof api.receivedFile> = async ({ db }, { id, fileId }) => {
  const { attachments } = await mailCalled(db, id)
  if (!attachments.some((file) => file.fileId === fileId)) throw refuse('missing', 'no-such-file', 'There is no such file')
  return { fileId }
}

const repeatReceived: Action<typeof api.repeatReceived> = async (context, { id }) => {
  if (!(await repeatMail(context.db, id, context.now))) throw noSuchMail()
  await context.wake(mailsDue, {})
  return {}
}

const sent: Action<typeof api.sent> = async ({ db }, { state, cursor, limit = defaultPageSize }) => {
  const rows = await mailsOutBefore(db, state ?? null, beforeOf(cursor), limit + 1)
  return pageOf(rows, limit, mailOutView)
}

const repeatSent: Action<typeof api.repeatSent> = async (context, { id }) => {
  if (!sendsMail(context.house))
    throw refuse('conflict', 'mail-not-set-up', 'No outgoing mail is set up; an operator sets SMTP_URL and MAIL_FROM')
  if (await hasLostItsLink(context.db, id))
    throw refuse(
      'conflict',
      'link-sent',
      'It carried a private link, which is kept nowhere once it was sent; write to them anew, so that they get another one',
    )
  if (!(await repeatMailOut(context.db, id, context.now))) throw noSuchMail()
  await context.wake(mailsOutDue, {})
  return {}
}

export const mailboxActions: Actions<typeof api> = {
  list,
  add,
  change,
  remove,
  switch: switchOnOff,
  tryOut,
  received,
  receivedOne,
  receivedFile,
  showPictures,
  repeatReceived,
  sent,
  repeatSent,
}

const wrong = (field: string, reason: string, detail: string) => refuse('invalid', reason, detail, { fields: [{ field, reason, detail }] })

function refuseValues({ host, security, ownNetwork, afterTaking, moveTo, folder }: MailboxValues): void {
  const url = `http://${host.includes(':') ? `[${host}]` : host}/`
  if (!URL.canParse(url)) throw wrong('host', 'not-a-mail-server', 'It must be the name or the address of a mail server')
  if (isForbiddenHost(url, ownNetwork))
    throw wrong('host', 'mail-server-not-allowed', 'This address lies in a network that is not connected to, unless that is allowed')
  if (security === 'plain' && !ownNetwork)
    throw wrong(
      'security',
      'not-encrypted',
      'Without encryption the password could be read on the way; that is only allowed in the own network',
    )
  if (afterTaking === 'move' && (moveTo === null || moveTo === folder))
    throw wrong('moveTo', 'folder-needed', 'Name another folder into which mails are moved')
}

/** Two that read one folder would take each other's mails. */
async function refuseTwice({ db }: Context, id: string | null, values: MailboxValues): Promise<void> {
  const other = await mailboxOn(db, values)
  if (other && other.id !== id) throw wrong('folder', 'folder-read-already', 'This folder of this user is read already')
}

const strength = { plain: 0, starttls: 1, tls: 2 } as const
/** Whether a password that is kept would go over a way that is less guarded. */
const isWeaker = (before: Mailbox, after: MailboxValues) =>
  strength[after.security] < strength[before.security] || (after.ownNetwork && !before.ownNetwork)

async function sealed({ house }: Context, id: string, secret: string): Promise<Buffer> {
  if (!house.sealing) throw new Error('Mailboxes are added only where secrets can be sealed')
  return house.sealing.seal(secret, secretPurpose(id))
}

async function mailboxCalled({ db }: Context, id: string): Promise<Mailbox> {
  const mailbox = await mailboxById(db, id)
  if (!mailbox) throw refuse('missing', 'no-such-mailbox', 'There is no such mailbox')
  return mailbox
}

async function mailCalled(db: Context['db'], id: string): Promise<StoredMail> {
  const mail = await mailById(db, id)
  if (!mail) throw noSuchMail()
  return mail
}
const noSuchMail = () => refuse('missing', 'no-such-mail', 'There is no such mail, or nothing of it is left')

const beforeOf = (cursor: string | undefined) => (cursor === undefined ? null : String(placeOf(cursor, ['uuid'])[0]))

function pageOf<R extends { readonly id: string }, V>(rows: readonly R[], limit: number, shown: (row: R) => V) {
  const items = rows.slice(0, limit)
  return { items: items.map(shown), next: rows.length > limit ? cursorOf([items.at(-1)!.id]) : null }
}

const view = async (context: Context, id: string) => viewOf(await mailboxCalled(context, id))

function viewOf({ secret: _, uidValidity: _v, lastUid: _u, failures: _f, toldAt: _t, problem, ...mailbox }: Mailbox) {
  return { ...mailbox, problem: problem as MailboxProblem | null }
}

const mailView = (mail: StoredMail) => ({
  id: mail.id,
  mailboxId: mail.mailboxId,
  from: mail.fromAddress === null ? null : { name: mail.fromName, address: mail.fromAddress },
  subject: mail.subject,
  receivedAt: mail.receivedAt,
  state: mail.state,
  reason: mail.reason,
  automatic: mail.automatic,
  cut: mail.cut,
  attempts: mail.attempts,
  dueAt: mail.dueAt,
  problem: mail.problem,
  forgotten: mail.forgottenAt !== null,
})

const mailOutView = (mail: MailOut) => ({
  id: mail.id,
  mailboxId: mail.mailboxId,
  to: { name: mail.toName, address: mail.toAddress },
  subject: mail.subject,
  createdAt: mail.createdAt,
  state: mail.state,
  attempts: mail.attempts,
  dueAt: mail.dueAt,
  problem: mail.problem,
  problemDetail: mail.problemDetail,
  forgotten: mail.forgottenAt !== null,
})
