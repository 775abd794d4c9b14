import type { Db } from '#platform/database/connection.ts'
import { prepared } from '#platform/database/prepared.ts'
import { forget, remembered } from '#platform/database/remembered.ts'

export interface StoredSetting {
  readonly key: string
  readonly value: unknown
  readonly version: number
  readonly changedAt: Date
  readonly changedBy: string
}

export function settingByKey(db: Db, key: string): Promise<StoredSetting | null> {
  return remembered(db, `setting ${key}`, async () => {
    const [row] = await oneSetting(db, [key])
    return row ? settingOf(row) : null
  })
}

const oneSetting = prepared<Parameters<typeof settingOf>[0]>(
  'select key, value, version, changed_at, changed_by from organization.setting where key = $1',
)

/** What is stored for a setting, as a part of another statement's text: for reads so frequent that a statement of its own would cost more than it finds. `key` is written in the program. */
export const storedSettingText = (key: string): string => `(select s.value from organization.setting s where s.key = '${key}')`

export async function allSettings(db: Db): Promise<StoredSetting[]> {
  const rows = await db.selectFrom('organization.setting').selectAll().orderBy('key').execute()
  return rows.map(settingOf)
}

export interface SettingChange {
  readonly id: string
  readonly key: string
  readonly before: unknown
  readonly after: unknown
  /** The version that the change was made to; 0 where nobody had set it yet. */
  readonly version: number
  readonly at: Date
  readonly by: string
}

/** Saves a setting with its history. False where somebody else has changed it since the given version; then nothing is written. */
export async function saveSetting(db: Db, change: SettingChange): Promise<boolean> {
  const values = {
    key: change.key,
    value: JSON.stringify(change.after),
    version: change.version + 1,
    changed_at: change.at,
    changed_by: change.by,
  }
  const saved =
    change.version === 0
      ? await db
          .insertInto('organization.setting')
          .values(values)
          .onConflict((conflict) => conflict.column('key').doNothing())
          .returning('key')
          .executeTakeFirst()
      : await db
          .updateTable('organization.setting')
          .set(values)
          .where('key', '=', change.key)
          .where('version', '=', change.version)
          .returning('key')
          .executeTakeFirst()
  forget(db)
  if (!saved) return false
  await db
    .insertInto('organization.setting_change')
    .values({
      id: change.id,
      key: change.key,
      before: change.before === undefined ? null : JSON.stringify(change.before),
      after: JSON.stringify(change.after),
      changed_at: change.at,
      changed_by: change.by,
    })
    .execute()
  return true
}

export interface PastChange {
  readonly id: string
  readonly before: unknown
  readonly after: unknown
  readonly changedAt: Date
  readonly changedBy: string
}

/** Changes of one setting, newest first, strictly before the given place. */
export async function settingChanges(db: Db, key: string, before: { at: Date; id: string } | null, limit: number): Promise<PastChange[]> {
  const rows = await db
    .selectFrom('organization.setting_change')
    .select(['id', 'before', 'after', 'changed_at', 'changed_by'])
    .where('key', '=', key)
    .$if(before !== null, (query) => query.where((eb) => eb(eb.refTuple('changed_at', 'id'), '<', eb.tuple(before!.at, before!.id))))
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    before: row.before,
    after: row.after,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }))
}

/** The sealed secret that belongs to a setting, or null. */
export async function settingSecret(db: Db, key: string): Promise<Buffer | null> {
  const row = await db.selectFrom('organization.setting_secret').select('sealed').where('key', '=', key).executeTakeFirst()
  return row?.sealed ?? null
}

export async function saveSettingSecret(db: Db, secret: { key: string; sealed: Buffer; at: Date; by: string }): Promise<void> {
  await db
    .insertInto('organization.setting_secret')
    .values({ key: secret.key, sealed: secret.sealed, changed_at: secret.at, changed_by: secret.by })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet((eb) => ({
        sealed: eb.ref('excluded.sealed'),
        changed_at: eb.ref('excluded.changed_at'),
        changed_by: eb.ref('excluded.changed_by'),
      })),
    )
    .execute()
}

const settingOf = (row: { key: string; value: unknown; version: number; changed_at: Date; changed_by: string }): StoredSetting => ({
  key: row.key,
  value: row.value,
  version: row.version,
  changedAt: row.changed_at,
  changedBy: row.changed_by,
})

/** When which of some settings were changed between two moments (the second not included) and by whom, the newest first; not what they held. */
export async function settingsChanged(
  db: Db,
  keys: readonly string[],
  from: Date,
  to: Date,
  limit: number,
): Promise<readonly { readonly key: string; readonly at: Date; readonly by: string }[]> {
  if (keys.length === 0) return []
  return db
    .selectFrom('organization.setting_change')
    .select(['key', 'changed_at as at', 'changed_by as by'])
    .where('key', 'in', [...keys])
    .where('changed_at', '>=', from)
    .where('changed_at', '<', to)
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** How often some settings were changed between two moments, the second not included. */
export async function settingsChangedCount(db: Db, keys: readonly string[], from: Date, to: Date): Promise<number> {
  if (keys.length === 0) return 0
  const { n } = await db
    .selectFrom('organization.setting_change')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('key', 'in', [...keys])
    .where('changed_at', '>=', from)
    .where('changed_at', '<', to)
    .executeTakeFirstOrThrow()
  return Number(n)
}
