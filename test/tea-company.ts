import { organizationProfile, writeSetting } from '#modules/organization/public.ts'
import { type App, startApp } from './app.ts'

/** The time at which everything in this company happens, unless a test moves its clock: a Tuesday. */
export const start = new Date('2026-03-10T02:00:00Z')

/** A company in Shanghai in which nobody works yet. */
export async function startTeaCompany(): Promise<App> {
  const app = await startApp({ now: start })
  await app.transaction((context) =>
    writeSetting(context, organizationProfile, { name: 'Tea', currency: 'CNY', timeZone: 'Asia/Shanghai', locale: 'en' }, 0),
  )
  return app
}
