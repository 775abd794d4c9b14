import { z } from 'zod'
import { endpoint, instant, nothing, page, paging } from '../contract.ts'

/** Why a mailbox cannot be read, as one word that texts translate. */
export const MailboxProblem = z.enum([
  'address-not-allowed',
  'name-unknown',
  'no-answer-in-time',
  'not-reachable',
  'not-secure',
  'wrong-password',
  'no-such-folder',
  'refused',
  'broken-off',
  'secret-unreadable',
  'cannot-file',
])
export type MailboxProblem = z.output<typeof MailboxProblem>

const signature = z.string().trim().max(2000)
const Signatures = z.object({ en: signature, 'zh-CN': signature, 'zh-TW': signature })

const Security = z.enum(['tls', 'starttls', 'plain'])
const AfterTaking = z.enum(['seen', 'move', 'delete'])

const values = {
  /** What the company calls it, such as "Care". */
  name: z.string().trim().min(1).max(120),
  address: z.string().trim().toLowerCase().pipe(z.email()),
  host: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9.:_-]{1,253}$/, 'must be the name or address of a mail server'),
  port: z.int().min(1).max(65_535),
  security: Security,
  username: z.string().trim().min(1).max(320),
  /** Whether the server may lie in the company's own network; without that it is only ever reached by TLS. */
  ownNetwork: z.boolean().default(false),
  folder: z.string().trim().min(1).max(500).default('INBOX'),
  afterTaking: AfterTaking.default('seen'),
  moveTo: z.string().trim().min(1).max(500).nullable().default(null),
  /** What comes in from the first day: only what arrives from now on, or also what lies there. */
  fromStart: z.boolean().default(false),
  fromName: z.string().trim().max(120).default(''),
  signatures: Signatures.default({ en: '', 'zh-CN': '', 'zh-TW': '' }),
  /** Whether mail to `name+anything@…` arrives here too: then answers find their thread also where a program loses what they answer. */
  plusAddresses: z.boolean().default(false),
  /** The name under which the company's own server writes what it found about senders (Authentication-Results); null: nothing is believed. */
  authServer: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9._-]{1,253}$/)
    .nullable()
    .default(null),
  limitMegabytes: z.int().min(1).max(100).default(25),
  /** So many mails that begin something new are handed on within an hour; the others wait for somebody to look at them. */
  hourlyLimit: z.int().min(1).max(100_000).default(600),
  /** So many days after it was settled what a mail says is forgotten here; whoever took it has what they need. */
  keptDays: z.int().min(1).max(3650).default(90),
}
const secret = z.string().min(1).max(1000)

const MailboxView = z.object({
  id: z.uuid(),
  ...values,
  /** To be sent back with a change. */
  version: z.int(),
  createdAt: instant,
  disabledAt: instant.nullable(),
  lookedAt: instant.nullable(),
  failingSince: instant.nullable(),
  problem: MailboxProblem.nullable(),
  /** The server's own words. */
  problemDetail: z.string().nullable(),
})

const one = z.object({ id: z.uuid() })
const permission = 'mailbox.manage'
const about = 'nobody'

const Person = z.object({ name: z.string(), address: z.string() })
const Attachment = z.object({ fileId: z.uuid(), name: z.string(), mediaType: z.string(), bytes: z.int(), inline: z.boolean() })

const MailInState = z.enum(['new', 'taken', 'failed', 'ignored'])
/** Why nobody was handed a mail: no module took it, too many came from one sender, or it is one of ours that came back to us. */
const Ignored = z.enum(['nobody', 'too-many', 'own'])
const MailInView = z.object({
  id: z.uuid(),
  mailboxId: z.uuid(),
  from: Person.nullable(),
  subject: z.string(),
  receivedAt: instant,
  state: MailInState,
  reason: Ignored.nullable(),
  automatic: z.enum(['auto-reply', 'bounce', 'receipt', 'list', 'bulk']).nullable(),
  cut: z.enum(['too-large', 'too-complex', 'unreadable']).nullable(),
  attempts: z.int(),
  /** When it is tried again; null where nobody tries. */
  dueAt: instant.nullable(),
  problem: z.string().nullable(),
  forgotten: z.boolean(),
})

const MailOutState = z.enum(['queued', 'sent', 'failed'])
const MailOutProblem = z.enum(['refused', 'not-reachable', 'not-set-up', 'came-back', 'too-many', 'file-missing', 'restored'])
const MailOutView = z.object({
  id: z.uuid(),
  mailboxId: z.uuid().nullable(),
  to: Person,
  subject: z.string(),
  createdAt: instant,
  state: MailOutState,
  attempts: z.int(),
  dueAt: instant.nullable(),
  problem: MailOutProblem.nullable(),
  problemDetail: z.string().nullable(),
  forgotten: z.boolean(),
})

export const mailboxApi = {
  list: endpoint('GET /mailboxes', {
    summary: 'The mailboxes that are read, how each is doing, and whether mail goes out at all',
    permission,
    about,
    input: nothing,
    result: z.object({ mailboxes: z.array(MailboxView), sends: z.boolean() }),
  }),
  add: endpoint('POST /mailboxes', {
    summary: 'Adds a mailbox; from now on its mails come in',
    permission,
    about,
    input: z.object({ ...values, secret }),
    result: MailboxView,
  }),
  change: endpoint('PUT /mailboxes/:id', {
    summary:
      'Changes a mailbox; without a secret the one that is there stays. Refused when somebody else has changed it since the given version',
    permission,
    about,
    input: z.object({ ...one.shape, ...values, secret: secret.nullable().default(null), version: z.int().min(1) }),
    result: MailboxView,
  }),
  remove: endpoint('DELETE /mailboxes/:id', {
    summary: 'Removes a mailbox with what is still known of its mails; nothing happens on its server',
    permission,
    about,
    input: one.extend({ version: z.int().min(1) }),
    result: nothing,
  }),
  switch: endpoint('PUT /mailboxes/:id/state', {
    summary: 'Stops reading a mailbox, or begins again; what arrived in between comes in then',
    permission,
    about,
    input: z.object({ ...one.shape, enabled: z.boolean() }),
    result: MailboxView,
  }),
  tryOut: endpoint('POST /mailboxes/:id/trials', {
    summary: 'Connects to a mailbox and to the server by which mail goes out, without reading or sending anything; a run says how it went',
    permission,
    about,
    input: one,
    result: z.object({ runId: z.uuid() }),
  }),
  received: endpoint('GET /mails-in', {
    summary: 'Mails that came in, the newest first, kept until they are forgotten',
    permission,
    about: 'everybody',
    notes: 'list',
    input: z.object({ state: MailInState.optional(), ...paging }),
    result: page(MailInView),
  }),
  receivedOne: endpoint('GET /mails-in/:id', {
    summary: 'What a mail that came in says',
    permission,
    about: 'everybody',
    notes: 'list',
    input: one,
    result: MailInView.extend({
      to: z.array(Person),
      text: z.string(),
      /** Safe: without anything that runs or loads. */
      html: z.string().nullable(),
      /** How many pictures it would show that lie on other machines. */
      remotePictures: z.int(),
      attachments: z.array(Attachment),
    }),
  }),
  showPictures: endpoint('POST /mails-in/:id/pictures', {
    summary: 'Fetches the pictures that a mail shows from other machines; whoever sent it learns that somebody looked',
    permission,
    about: 'everybody',
    input: one,
    result: nothing,
  }),
  receivedFile: endpoint('GET /mails-in/:id/files/:fileId', {
    summary: 'A file that came with a mail',
    permission,
    about: 'everybody',
    kind: 'download',
    notes: 'file',
    input: z.object({ ...one.shape, fileId: z.uuid() }),
    result: z.unknown(),
  }),
  repeatReceived: endpoint('POST /mails-in/:id/repetition', {
    summary: 'Hands a mail that failed or was ignored to the modules again',
    permission,
    about: 'everybody',
    input: one,
    result: nothing,
  }),
  sent: endpoint('GET /mails-out', {
    summary: 'Mails that went out or wait for it, the newest first, kept until they are forgotten',
    permission,
    about: 'everybody',
    notes: 'list',
    input: z.object({ state: MailOutState.optional(), ...paging }),
    result: page(MailOutView),
  }),
  repeatSent: endpoint('POST /mails-out/:id/repetition', {
    summary: 'Sends a mail that failed again, with the same Message-ID',
    permission,
    about: 'everybody',
    input: one,
    result: nothing,
  }),
}
