import { z } from 'zod'
import { fact, personal } from '../fact.ts'

/** Somebody asked for a link to choose a new password. Whoever knows how to write mails sends it. */
export const passwordLinkRequested = fact('platform.password-link-requested', z.object({ userId: z.uuid() }))
export const passwordChanged = fact('platform.password-changed', z.object({ userId: z.uuid() }))

/** Somebody signed in, or out. `from` is the address of whoever sent the request. */
export const signedIn = fact('platform.signed-in', z.object({ userId: z.uuid(), from: personal(z.string()) }))
export const signedOut = fact('platform.signed-out', z.object({ userId: z.uuid() }))
/** A wrong password for an account that exists. Attempts at others leave nothing, so that nobody can fill the trail from outside. */
export const signInRefused = fact('platform.sign-in-refused', z.object({ userId: z.uuid(), from: personal(z.string()) }))
