import type { Automatic } from './automatic.ts'
import type { Verdicts } from './verdicts.ts'

export interface MailAddress {
  /** As the sender wrote it; empty where there is none. It proves nothing. */
  readonly name: string
  /** In small letters. */
  readonly address: string
}

/** A file that came with a mail. It lies in the file store under its id; whoever takes the mail holds on to it with `keepFile`, or it goes when the mail is forgotten. */
export interface MailAttachment {
  readonly fileId: string
  readonly name: string
  /** As the sender says; the store gives every file as an attachment of no kind. */
  readonly mediaType: string
  readonly bytes: number
  /** Whether it is a picture within the text: the safe HTML names its file in `data-attachment`. */
  readonly inline: boolean
}

/**
 * Why not all of a mail is there: larger than the mailbox takes, of too many parts, lines or files, or not to be understood. What could be read, at least who wrote and about what, is; the mail itself lies
 * on its server, where it is not deleted.
 */
export type Cut = 'too-large' | 'too-complex' | 'unreadable'

/** How a mail belongs to a thread: by a token of ours, or because it names an earlier mail of the same sender. The second is worth what the sender's address is: look at the verdicts. */
export type ThreadBy = 'token' | 'earlier-mail'

/** A mail that came in, as the modules are handed it. Everything in it was written by a stranger: who it is from is a claim, and so is every name. */
export interface ReceivedMail {
  readonly id: string
  readonly mailbox: { readonly id: string; readonly name: string; readonly address: string }
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly from: MailAddress | null
  /** Where an answer goes. */
  readonly answerTo: string | null
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  readonly subject: string
  /** Without what answering and forwarding put before it. */
  readonly plainSubject: string
  /** When it was written, as its writer says. */
  readonly sentAt: Date | null
  /** When its server took it. */
  readonly receivedAt: Date
  /** All of it as text. */
  readonly text: string
  /** Without the mail that it answers, and without signature. */
  readonly newText: string
  /** Safe to be shown by `MailBody` of the browser's parts; null where it was plain text. */
  readonly html: string | null
  readonly attachments: readonly MailAttachment[]
  /** Not written by a person: never to be answered by itself. */
  readonly automatic: Automatic | null
  /** Only where the mailbox says which server to believe. */
  readonly verdicts: Verdicts | null
  readonly thread: { readonly id: string; readonly by: ThreadBy } | null
  /** It names a thread with a token that this installation never made, and belongs to none. */
  readonly threadForged: boolean
  /** The mail of ours that could not be delivered, where it says so. */
  readonly bounceOf: string | null
  readonly cut: Cut | null
}
