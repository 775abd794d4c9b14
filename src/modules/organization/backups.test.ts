import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '#platform/context.ts'
import { type App, holder, startApp } from '#test/app.ts'
import { waitForRun } from '#test/wait-for-run.ts'
import { api } from './api.ts'
import { nextBackup } from './domain.ts'
import { jobs } from './jobs.ts'
import { backupsSetting, readSetting, writeSetting } from './public.ts'

let app: App
let folder: string
beforeAll(async () => {
  app = await startApp({ work: true, now: new Date('2026-03-10T10:00:00Z') })
  folder = await app.transaction(async ({ house }) => join(house.dataFolder!, 'backups'))
})
afterAll(() => app.close())

const keeper = holder('organization.backup')
const files = () => readdir(folder).catch(() => [])

test('whoever may asks for one, has it checked, and downloads it', async () => {
  const { runId } = await app.as(api, keeper).makeBackup({})
  await waitForRun(app, runId)
  const { items, nextAt } = await app.as(api, keeper).backups({})
  expect(items).toMatchObject([{ id: runId, occasion: 'asked', problem: null, here: true, verifiedAt: null }])
  expect(nextAt).toEqual(app.now)
  await waitForRun(app, (await app.as(api, keeper).verifyBackup({ backupId: runId })).runId)
  expect((await app.as(api, keeper).backups({})).items[0]!.verifiedAt).not.toBeNull()
  const response = await app.request(`/api/v1/backups/${runId}/file`, {}, keeper)
  expect(response.headers.get('content-disposition')).toContain('attachment; filename="patron-')
  expect((await response.arrayBuffer()).byteLength).toBe(items[0]!.bytes)
  expect((await app.request(`/api/v1/backups/${runId}/file`, {}, holder('organization.manage'))).status).toBe(403)
})

test('one that was damaged on the disk is marked as such', async () => {
  const { items } = await app.as(api, keeper).backups({})
  await writeFile(join(folder, items[0]!.fileName), 'PATRON BACKUP 1\n{"encryption":null}\nxxxx')
  const { runId } = await app.as(api, keeper).verifyBackup({ backupId: items[0]!.id })
  expect(await waitForRun(app, runId)).toMatchObject({ state: 'failed', problem: expect.stringMatching(/damaged/) })
  expect((await app.as(api, keeper).backups({})).items[0]!.problem).toMatch(/^This backup is damaged/)
})

test('the backup of the day is asked for once, from its hour on, and old ones go', async () => {
  const job = jobs.find(({ name }) => name === 'organization.back-up')!
  const wake = () => app.transaction((context: Context) => job.run(context, {} as never))
  const open = async () =>
    (
      await app.db
        .selectFrom('platform.run')
        .select('id')
        .where('kind', '=', 'organization.backup')
        .where('state', 'in', ['waiting', 'running'])
        .execute()
    ).map(({ id }) => id)
  await app.transaction(async (context) =>
    writeSetting(
      context,
      backupsSetting,
      { ...(await readSetting(context.db, backupsSetting)), hour: 11, daily: 2, weekly: 0, monthly: 0 },
      0,
    ),
  )
  await wake()
  expect(await open()).toEqual([])
  const scheduled = () =>
    app.db
      .selectFrom('platform.backup')
      .select(['made_at', 'removed_at', 'path'])
      .where('occasion', '=', 'scheduled')
      .orderBy('made_at')
      .execute()
  for (const day of ['10', '11', '12']) {
    app.now = new Date(`2026-03-${day}T11:05:00Z`)
    await wake()
    await wake()
    const [run, ...more] = await open()
    expect(more).toEqual([])
    await waitForRun(app, run!)
    // Runs go by the real clock; the day is what counts here.
    await app.db.updateTable('platform.backup').set({ made_at: app.now }).where('id', '=', run!).execute()
    await wake()
    expect(await open()).toEqual([])
  }
  const rows = await scheduled()
  expect(rows).toHaveLength(3)
  expect(rows.map(({ removed_at }) => removed_at !== null)).toEqual([true, false, false])
  await expect(stat(rows[0]!.path)).rejects.toThrow()
  expect((await files()).every((name) => !name.endsWith('.part'))).toBe(true)
})

test('it is due at its hour by the clock of the company, also over a change of clocks', () => {
  const next = (now: string, last: string | null) =>
    nextBackup({ timeZone: 'Europe/Berlin', hour: 2, now: new Date(now), last: last === null ? null : new Date(last) }).toISOString()
  expect(next('2026-01-10T00:30:00Z', null)).toBe('2026-01-10T01:00:00.000Z')
  expect(next('2026-01-10T05:00:00Z', '2026-01-10T01:02:00Z')).toBe('2026-01-11T01:00:00.000Z')
  expect(next('2026-07-10T05:00:00Z', '2026-07-09T00:02:00Z')).toBe('2026-07-10T00:00:00.000Z')
  expect(next('2026-03-28T05:00:00Z', '2026-03-28T01:02:00Z')).toBe('2026-03-29T01:00:00.000Z')
})
