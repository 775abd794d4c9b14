import { z } from 'zod'
import { fact } from '../fact.ts'

const user = z.object({ userId: z.uuid() })

/** Somebody asked for a link to choose a new password. Whoever knows how to write mails sends it. */
export const passwordLinkRequested = fact('platform.password-link-requested', user)
export const passwordChanged = fact('platform.password-changed', user)
export const secondFactorSetUp = fact('platform.second-factor-set-up', user)
export const secondFactorRemoved = fact('platform.second-factor-removed', user)
export const recoveryCodesRenewed = fact('platform.recovery-codes-renewed', user)
/** Somebody came in without their device; a good moment to ask whether it was them. */
export const recoveryCodeUsed = fact('platform.recovery-code-used', user)
