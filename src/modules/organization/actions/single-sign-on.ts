import type { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { isForbiddenHost } from '#platform/egress.ts'
import type { Action, SettingGuard } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import type { singleSignOnApi as api } from '../api/single-sign-on.ts'
import { settingSecretReplaced } from '../facts.ts'
import { readSetting } from '../public.ts'
import { secondFactorSetting, singleSignOnSetting } from '../settings.ts'
import { saveSettingSecret, settingSecret } from '../store/settings.ts'
import { refuseBeyondOwn, refuseKey } from './doors.ts'

const { key } = singleSignOnSetting
type Provider = z.output<typeof singleSignOnSetting.schema>

export const singleSignOn: Action<typeof api.singleSignOn> = async ({ db, house }) => ({
  returnAddress: `${house.address ?? ''}/api/auth/single-sign-on/return`,
  hasSecret: (await settingSecret(db, key)) !== null,
})

export const setSingleSignOnSecret: Action<typeof api.setSingleSignOnSecret> = async (context, { secret }) => {
  const { db, house, now, actor } = context
  await guardProvider(context, await readSetting(db, singleSignOnSetting))
  if (!house.sealing) throw new Error('Secrets are kept only where they can be sealed')
  await saveSettingSecret(db, { key, sealed: await house.sealing.seal(secret, key), at: now, by: actor.id })
  await context.publish(settingSecretReplaced, { key })
  return {}
}

/** A provider whose address is a number in a network that it may not lie in could never be asked; what a name stands for is only known when somebody signs in. */
function refuseForbiddenProvider({ enabled, issuer, ownNetwork }: Provider): void {
  if (!enabled || !isForbiddenHost(issuer, ownNetwork)) return
  const detail = 'This address lies in a network that is not asked, unless that is allowed'
  throw refuse('invalid', 'provider-address-not-allowed', detail, {
    fields: [{ field: 'value.issuer', reason: 'provider-address-not-allowed', detail }],
  })
}

/** What people must pass to come in is decided by people, and a provider makes nobody who may do more than the one who names it. */
async function guardProvider(context: Context, { createsUsers, role }: Pick<Provider, 'createsUsers' | 'role'>) {
  refuseKey(context)
  if (createsUsers) await refuseBeyondOwn(context, [role])
}

/** Nobody opens or closes the second factor for a role that may do more than they may. */
async function guardSecondFactor(context: Context, before: readonly string[], after: readonly string[]): Promise<void> {
  refuseKey(context)
  const changed = [...before, ...after].filter((role) => before.includes(role) !== after.includes(role))
  await refuseBeyondOwn(context, changed)
}

export const doorGuards: Readonly<Record<string, SettingGuard>> = {
  [singleSignOnSetting.key]: async (context, { after }) => {
    refuseForbiddenProvider(after as Provider)
    await guardProvider(context, after as Provider)
  },
  [secondFactorSetting.key]: (context, { before, after }) =>
    guardSecondFactor(context, secondFactorSetting.schema.parse(before).roles, secondFactorSetting.schema.parse(after).roles),
}
