import { z } from 'zod'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import { invalidInput } from '#platform/http/problem.ts'
import type { Action, Setting } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { namesOf } from '#platform/sign-in/users.ts'
import type { api } from '../api.ts'
import { changedFields } from '../domain.ts'
import { settingChanged } from '../facts.ts'
import { settingValue } from '../settings.ts'
import { allSettings, type StoredSetting, saveSetting, settingByKey, settingChanges } from '../store/settings.ts'

export const settings: Action<typeof api.settings> = async ({ db, house, actor }) => {
  const stored = new Map((await allSettings(db)).map((row) => [row.key, row]))
  const all = house.modules.flatMap((module) => module.settings ?? [])
  const shown = all.filter(({ readBy }) => readBy === undefined || actor.can(readBy))
  return { settings: shown.map((setting) => viewOf(setting, stored.get(setting.key) ?? null)) }
}

export const changeSetting: Action<typeof api.changeSetting> = async (context, { key, value, version }) => {
  const setting = settingCalled(context, key)
  const parsed = z.object({ value: setting.schema }).safeParse({ value })
  if (!parsed.success) throw invalidInput(parsed.error)
  return viewOf(setting, await writeSetting(context, setting, parsed.data.value, version))
}

/** Decides and saves one change of a setting: asks every module that guards it, keeps the history, announces it. */
export async function writeSetting<S extends z.ZodType>(
  context: Context,
  setting: Setting<S>,
  value: z.output<S>,
  version: number,
): Promise<StoredSetting> {
  const { db, now, actor, house } = context
  const stored = await settingByKey(db, setting.key)
  if (version !== (stored?.version ?? 0)) throw changedMeanwhile()
  const before = settingValue(setting, stored?.value)
  const after: unknown = z.encode(setting.schema, value)
  if (stored && changedFields(stored.value, after).length === 0) return stored
  for (const module of house.modules) await module.settingGuards?.[setting.key]?.(context, { key: setting.key, before, after: value })
  const change = { id: context.newId(), key: setting.key, before: stored?.value, after, version, at: now, by: actor.id }
  if (!(await saveSetting(db, change))) throw changedMeanwhile()
  await context.publish(settingChanged, { key: setting.key, version: version + 1, before: stored?.value, after })
  return { key: setting.key, value: after, version: version + 1, changedAt: now, changedBy: actor.id }
}

export const settingHistory: Action<typeof api.settingHistory> = async (context, { key, cursor, limit = defaultPageSize }) => {
  settingCalled(context, key)
  const place = cursor === undefined ? null : placeOf(cursor, ['instant', 'uuid'])
  const rows = await settingChanges(context.db, key, place && { at: new Date(String(place[0])), id: String(place[1]) }, limit + 1)
  const shown = rows.slice(0, limit)
  const names = await namesOf(
    context.db,
    shown.map((row) => row.changedBy),
  )
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => ({ ...row, changedByName: names.get(row.changedBy) ?? null })),
    next: last ? cursorOf([last.changedAt.toISOString(), last.id]) : null,
  }
}

function settingCalled({ house }: Context, key: string): Setting {
  const setting = house.modules.flatMap((module) => module.settings ?? []).find((one) => one.key === key)
  if (!setting) throw refuse('missing', 'no-such-setting', `There is no setting ${key}`, { values: { key } })
  return setting
}

const viewOf = (setting: Setting, stored: StoredSetting | null) => ({
  key: setting.key,
  value: z.encode(setting.schema, settingValue(setting, stored?.value) as never),
  initial: z.encode(setting.schema, setting.initial as never),
  version: stored?.version ?? 0,
  changedAt: stored?.changedAt ?? null,
  changedBy: stored?.changedBy ?? null,
})

const changedMeanwhile = () =>
  refuse(
    'conflict',
    'setting-changed-meanwhile',
    'Somebody else has changed this setting meanwhile; look at it again and repeat your change',
  )
