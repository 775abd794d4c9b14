import { afterAll, beforeAll } from 'vitest'
import { api } from '#modules/customers/api.ts'
import { contactSetting } from '#modules/customers/settings.ts'
import { writeSetting } from '#modules/organization/public.ts'
import type { Actor } from '#platform/context.ts'
import type { InputOf } from '#platform/contract.ts'
import type { Setting } from '#platform/module.ts'
import { type App, everybody, startApp } from './app.ts'

/** An archive of its own for the tests of one file, in a company whose numbers are dialled in China. */
export function archive() {
  let app: App
  const versions = new Map<string, number>()
  const set = async (setting: Setting, value: unknown): Promise<void> => {
    const version = versions.get(setting.key) ?? 0
    await app.transaction((context) => writeSetting(context, setting, value, version))
    versions.set(setting.key, version + 1)
  }
  beforeAll(async () => {
    app = await startApp()
    await set(contactSetting, { country: 'CN' })
  })
  afterAll(() => app.close())
  const call = () => app.as(api)
  return {
    app: (): App => app,
    call,
    set,
    create: (values: InputOf<(typeof api)['create']>['values']) => call().create({ values }),
    /** The names that a list gives, sorted. */
    named: async (input: InputOf<(typeof api)['list']>): Promise<string[]> =>
      (await call().list(input)).items.map(({ name }) => name).sort(),
  }
}

/** Somebody who may do everything but this. */
export const without = (permission: string): Actor => ({ ...everybody, id: `all but ${permission}`, can: (one) => one !== permission })
