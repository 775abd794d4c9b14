import { z } from 'zod'
import { fact } from '../fact.ts'

/** Somebody asked for a link to choose a new password. Whoever knows how to write mails sends it. */
export const passwordLinkRequested = fact('platform.password-link-requested', z.object({ userId: z.uuid() }))
export const passwordChanged = fact('platform.password-changed', z.object({ userId: z.uuid() }))
