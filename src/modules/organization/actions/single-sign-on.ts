import type { Action } from '#platform/module.ts'
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
