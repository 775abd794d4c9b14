import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeSetting } from '#modules/organization/public.ts'
import { withFurtherFields } from '#platform/imports/import-run.ts'
import { inspectFile } from '#platform/imports/inspect.ts'
import { bytesSource } from '#platform/tabular/byte-source.ts'
import { type App, startApp } from '#test/app.ts'
import { customersImporter } from './importers.ts'
import { consentSetting } from './settings.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** For what consent a file's column is taken, that holds a yes and a no or nothing at all. */
async function takenFor(header: string): Promise<string | undefined> {
  const importer = await withFurtherFields(app.db, customersImporter)
  const suggested = async (cells: readonly string[]) => {
    const file = [`id,${header}`, ...cells.map((cell, i) => `K${i},${cell}`)].join('\n')
    const { columns } = (await inspectFile(bytesSource(Buffer.from(file)), importer, [])).suggested
    return Object.keys(columns).filter((field) => field.startsWith('consent.') || /^may[A-Z]/.test(field))
  }
  const [filled, empty] = [await suggested(['yes', 'no', 'yes']), await suggested(['', '', ''])]
  expect(filled, header).toEqual(empty)
  return filled[0]
}

test('a column that denies a consent, or is only like one, is suggested for none', async () => {
  const denied = [
    'No surveys phone',
    'NoSurveysPhone',
    'Surveys phone (no)',
    'Surveys e-mail unsubscribed',
    'Unsubscribe surveys e-mail',
    'Marketing e-mail opt-out',
    'Marketing e-mail (opt-out)',
    'Marketing e-mail optout',
    'Marketing e-mail (opted out)',
    'Email opt out',
    'Service phone opt-out',
    "Don't accepts e-mail",
    'Do not phone consent',
    'Stop marketing SMS',
    '不同意调查短信',
    '拒绝调查短信',
    '调查短信退订',
    '調查簡訊退訂',
    '勿發行銷簡訊',
    '禁止营销电话',
    '营销邮件（拒收）',
  ]
  const only = [
    'Surveys phone yesterday',
    'Marketing e-mail address',
    'E-mail consents',
    '调查短信内容',
    'Service phone',
    'Phone service',
    '服务电话',
    '服務電話',
  ]
  for (const header of [...denied, ...only]) expect([header, await takenFor(header)]).toEqual([header, undefined])
})

test('a header that says it word for word is suggested; those that name the first purpose are of the purpose that is first', async () => {
  const expected = {
    'Surveys E-mail': 'consent.surveys.email',
    'phone surveys': 'consent.surveys.phone',
    调查短信: 'consent.surveys.message',
    'service phone consent': 'consent.service.phone',
    'consent.service.phone': 'consent.service.phone',
    同意服务电话: 'consent.service.phone',
    mayEmail: 'mayEmail',
    accepts_email: 'mayEmail',
    电话同意: 'mayPhone',
  }
  const marketing = {
    'Marketing e-mail': 'mayEmail',
    'phone marketing': 'mayPhone',
    营销电话: 'mayPhone',
    行銷簡訊: 'mayMessage',
    营销信件: 'mayLetter',
  }
  for (const [header, field] of Object.entries({ ...expected, ...marketing }))
    expect([header, await takenFor(header)]).toEqual([header, field])

  const { purposes } = consentSetting.initial
  const inOrder = [...purposes].sort((a, b) => Number(b.key === 'service') - Number(a.key === 'service'))
  await app.transaction((context) => writeSetting(context, consentSetting, { purposes: inOrder }, 0))
  const now = {
    'Marketing e-mail': 'consent.marketing.email',
    'phone marketing': 'consent.marketing.phone',
    营销电话: 'consent.marketing.phone',
    行銷簡訊: 'consent.marketing.message',
    'service phone consent': 'mayPhone',
    'Service phone': undefined,
    accepts_email: 'mayEmail',
  }
  for (const [header, field] of Object.entries(now)) expect([header, await takenFor(header)]).toEqual([header, field])
})
