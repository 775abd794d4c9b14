import type { z } from 'zod'
import { isForbiddenHost } from '#platform/egress.ts'
import type { Action, SettingGuard } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { singleSignOnApi as api } from '../api/single-sign-on.ts'
import { settingSecretReplaced } from '../facts.ts'
import { singleSignOnSetting } from '../settings.ts'
import { saveSettingSecret, settingSecret } from '../store/settings.ts'

const { key } = singleSignOnSetting

export const singleSignOn: Action<typeof api.singleSignOn> = async ({ db, house }) => ({
  returnAddress: `${house.address ?? ''}/api/auth/single-sign-on/return`,
  hasSecret: (await settingSecret(db, key)) !== null,
})

export const setSingleSignOnSecret: Action<typeof api.setSingleSignOnSecret> = async (context, { secret }) => {
  const { db, house, now, actor } = context
  if (!house.sealing) throw new Error('Secrets are kept only where they can be sealed')
  await saveSettingSecret(db, { key, sealed: await house.sealing.seal(secret, key), at: now, by: actor.id })
  await context.publish(settingSecretReplaced, { key })
  return {}
}

/** A provider whose address is a number in a network that it may not lie in could never be asked; what a name stands for is only known when somebody signs in. */
export const refuseForbiddenProvider: SettingGuard = async (_, { after }) => {
  const { enabled, issuer, ownNetwork } = after as z.output<typeof singleSignOnSetting.schema>
  if (!enabled || !isForbiddenHost(issuer, ownNetwork)) return
  const detail = 'This address lies in a network that is not asked, unless that is allowed'
  throw refuse('invalid', 'provider-address-not-allowed', detail, {
    fields: [{ field: 'value.issuer', reason: 'provider-address-not-allowed', detail }],
  })
}
