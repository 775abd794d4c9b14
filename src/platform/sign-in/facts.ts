import { z } from 'zod'
import { code, fact, personal } from '../fact.ts'

const user = z.object({ userId: z.uuid() })

/** Somebody asked for a link to choose a new password. Whoever knows how to write mails sends it. */
export const passwordLinkRequested = fact('platform.password-link-requested', user)
export const passwordChanged = fact('platform.password-changed', user)
export const secondFactorSetUp = fact('platform.second-factor-set-up', user)
export const secondFactorRemoved = fact('platform.second-factor-removed', user)
export const recoveryCodesRenewed = fact('platform.recovery-codes-renewed', user)
/** Somebody came in without their device; a good moment to ask whether it was them. */
export const recoveryCodeUsed = fact('platform.recovery-code-used', user)

/** From now on somebody comes in by an account at a provider; `isNew`: they came into being by it. */
export const identityLinked = fact('platform.identity-linked', z.object({ userId: z.uuid(), issuer: code, isNew: z.boolean() }))
export const identityUnlinked = fact('platform.identity-unlinked', z.object({ userId: z.uuid(), issuer: code }))

/** Somebody signed in, or out. `from` is the address of whoever sent the request. */
export const signedIn = fact('platform.signed-in', z.object({ userId: z.uuid(), from: personal(z.string()) }))
export const signedOut = fact('platform.signed-out', user)
/** A wrong password for an account that exists. Attempts at others leave nothing, so that nobody can fill the trail from outside. */
export const signInRefused = fact('platform.sign-in-refused', z.object({ userId: z.uuid(), from: personal(z.string()) }))
