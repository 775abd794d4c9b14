import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Action } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { hashOf, shortestPassword } from '#platform/sign-in/credentials.ts'
import { anyUser, checkPassword, createUser, rename, type User, userById, usersAfter } from '#platform/sign-in/users.ts'
import type { api } from '../api.ts'
import { type Language, languages, type Theme, themes } from '../domain.ts'
import { profileChanged, userAdded } from '../facts.ts'
import { readSetting } from '../public.ts'
import { organizationProfile, singleSignOnSetting } from '../settings.ts'
import { type Preference, preferenceOf, savePreference, useFirstAdministratorToken } from '../store/people.ts'
import { giveRoles, grantsOf } from '../store/roles.ts'
import { settingByKey, settingSecret } from '../store/settings.ts'
import { writeSetting } from './settings.ts'

export const state: Action<typeof api.state> = async ({ db, house }) => ({
  hasUsers: await anyUser(db),
  mailConfigured: Boolean(house.mail),
  singleSignOn: await providerName(db),
  name: (await readSetting(db, organizationProfile)).name,
  languages: [...languages],
  shortestPassword,
})

export const createFirstAdministrator: Action<typeof api.createFirstAdministrator> = async (context, input) => {
  const { db, now } = context
  const userId = context.newId()
  checkPassword(input.password, [input.name, input.email, ...input.email.split('@'), input.organization.name])
  // Of two at the same moment the second waits here for the first, and then finds no token and somebody who exists.
  const fits = await useFirstAdministratorToken(db, hashOf(input.token))
  if (await anyUser(db))
    throw refuse('conflict', 'administrator-exists', 'There is an administrator already; sign in, or ask for an account')
  if (!fits)
    throw refuse(
      'forbidden',
      'token-wrong',
      'This address is not the one that was printed at the last start; start again and use the new one',
    )
  await createUser(db, { ...input, id: userId, initialPassword: false }, now)
  await giveRoles(db, userId, ['administrator'])
  await savePreference(db, userId, { language: input.organization.locale, theme: 'system' })
  const self = context.actingAs({
    kind: 'person',
    id: userId,
    name: input.name,
    roles: ['administrator'],
    can: () => true,
    reach: () => 'all',
  })
  const version = (await settingByKey(db, organizationProfile.key))?.version ?? 0
  await writeSetting(self, organizationProfile, input.organization, version)
  await self.publish(userAdded, { userId, roles: ['administrator'] })
  return { userId }
}

export const session: Action<typeof api.session> = async ({ db, actor }) => {
  const profile = await readSetting(db, organizationProfile)
  const user = actor.kind === 'person' ? await userById(db, actor.id) : null
  if (!user) return { user: null, permissions: [], limited: [], preference: null, profile, languages: [...languages] }
  const { roles, permissions } = await grantsOf(db, user.id)
  const { id, name, email, initialPassword } = user
  const chosen = await preferenceOf(db, id)
  return {
    user: { id, name, email, roles: [...roles], initialPassword },
    permissions: [...permissions.keys()],
    limited: [...permissions].filter(([, reach]) => reach !== 'all').map(([permission]) => permission),
    preference: chosen && known(chosen, profile.locale),
    profile,
    languages: [...languages],
  }
}

export const changeMyself: Action<typeof api.changeMyself> = async ({ db, actor, now, publish }, change) => {
  const user = await me(db, actor.id)
  const { locale } = await readSetting(db, organizationProfile)
  const before = known(await preferenceOf(db, user.id), locale)
  const after = { language: change.language ?? before.language, theme: change.theme ?? before.theme }
  await savePreference(db, user.id, after)
  if (change.name !== undefined && change.name !== user.name) await rename(db, user.id, change.name, now)
  const fields = (['name', 'language', 'theme'] as const).filter((field) => change[field] !== undefined)
  await publish(profileChanged, { userId: user.id, fields })
  return { name: change.name ?? user.name, ...after }
}

export const people: Action<typeof api.people> = async ({ db }, { cursor, limit = defaultPageSize, ...wish }) => {
  const after = cursor === undefined ? null : String(placeOf(cursor, ['text'])[0])
  const rows = await usersAfter(db, after, limit + 1, wish)
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(({ id, name, disabledAt }) => ({ id, name, enabled: disabledAt === null })),
    next: rows.length > limit ? cursorOf([shown.at(-1)!.email]) : null,
  }
}

async function providerName(db: Context['db']): Promise<string | null> {
  const { enabled, name, issuer } = await readSetting(db, singleSignOnSetting)
  if (!enabled || !(await settingSecret(db, singleSignOnSetting.key))) return null
  return name || new URL(issuer).hostname
}

async function me(db: Context['db'], id: string): Promise<User> {
  const user = await userById(db, id)
  if (!user) throw refuse('missing', 'no-such-user', 'Only somebody who signed in with an account of their own can change it')
  return user
}

/** What was chosen, as far as this version still knows it. */
function known(preference: Preference | null, language: Language): { language: Language; theme: Theme } {
  return {
    language: languages.find((one) => one === preference?.language) ?? language,
    theme: themes.find((one) => one === preference?.theme) ?? 'system',
  }
}
