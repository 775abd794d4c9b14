import { z } from 'zod'
import { fact } from '#platform/fact.ts'

/** Wakes the job that fetches what a mail shows from other machines; it is never logged. */
export const mailPicturesAsked = fact('cases.mail-pictures-asked', z.object({ caseId: z.uuid(), caseMailId: z.uuid() }))
