import { z } from 'zod'
import { fact } from '../fact.ts'

/** Wakes the job that hands mails to the modules; it is never logged. */
export const mailsDue = fact('mailbox.mails-due', z.object({}))
/** Wakes the job that sends. */
export const mailsOutDue = fact('mailbox.mails-out-due', z.object({}))
/** Wakes the job that fetches what a mail shows from other machines. */
export const picturesAsked = fact('mailbox.pictures-asked', z.object({ mailId: z.uuid() }))
/** Wakes whoever shows what became of a mail of theirs: it has gone out. It is never logged. */
export const mailWentOut = fact('mailbox.mail-went-out', z.object({ mailId: z.uuid(), threadId: z.uuid() }))
