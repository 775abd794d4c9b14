import { z } from 'zod'
import { fact } from '../fact.ts'
import { MailboxProblem } from './api.ts'

const mailbox = z.object({ mailboxId: z.uuid() })

export const mailboxAdded = fact('mailbox.added', mailbox)
export const mailboxChanged = fact('mailbox.changed', mailbox)
export const mailboxRemoved = fact('mailbox.removed', mailbox)
export const mailboxDisabled = fact('mailbox.disabled', mailbox)
export const mailboxEnabled = fact('mailbox.enabled', mailbox)
/** It could not be read for half an hour. */
export const mailboxFailing = fact('mailbox.failing', mailbox.extend({ problem: MailboxProblem }))
/** A mail came in of which no module could make anything, however often it was tried. */
export const mailGivenUp = fact('mailbox.mail-given-up', mailbox.extend({ mailId: z.uuid() }))
/** A mail of ours will not arrive: nobody would take it, or it came back. */
export const mailNotDelivered = fact('mailbox.mail-not-delivered', z.object({ mailId: z.uuid(), threadId: z.uuid().nullable() }))
