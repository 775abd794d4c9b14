import { afterAll, beforeAll } from 'vitest'
import { casesApi } from '#modules/cases/api.ts'
import { writeSetting } from '#modules/organization/public.ts'
import { customerPagesSetting } from '#modules/organization/settings.ts'
import { wordsOut } from '#platform/mailbox/queue-mail.ts'
import { type App, startApp } from './app.ts'
import { hiddenOf } from './trial-pages.ts'

/** What somebody types where a test does not care. */
export const complaint = { text: 'The lid of the pot arrived broken', name: 'Ann Lee', email: 'ann@example.com' }
export const pathOf = (location: string) => location.split('?')[0]!
export const tokenOf = (location: string) => pathOf(location).split('/').at(-1)!

/** The pages for customers of a company, for the tests of one file, and what somebody without an account does there. It is three in the night. */
export function portal() {
  let app: App
  beforeAll(async () => {
    app = await startApp({
      now: new Date('2026-03-09T03:00:00Z'),
      mail: { smtpUrl: 'smtp://127.0.0.1:1', from: 'Care <care@example.com>' },
      address: 'https://patron.example.com',
    })
    await app.transaction((context) =>
      writeSetting(context, customerPagesSetting, { email: '', colour: '', logo: '', sites: ['https://shop.example.com'] }, 0),
    )
  })
  afterAll(() => app.close())

  let senders = 0
  /** The headers of a sender who was not here before. */
  const fresh = (more: Record<string, string> = {}) => ({ 'x-test-sender': `203.0.113.${++senders % 250}-${senders}`, ...more })
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.request(path, { headers }, null)
    return { status: response.status, text: await response.text() }
  }
  const post = async (path: string, body: URLSearchParams | FormData, headers: Record<string, string> = fresh()) => {
    const response = await app.request(path, { method: 'POST', body, headers }, null)
    return { status: response.status, text: await response.text(), location: response.headers.get('location') ?? '' }
  }
  const later = (seconds: number) => {
    app.now = new Date(app.now.getTime() + seconds * 1000)
  }
  /** What a form carries a moment after it was shown. */
  async function shown(path: string, action = path, headers: Record<string, string> = {}): Promise<Record<string, string>> {
    const { text } = await get(path, headers)
    later(5)
    return hiddenOf(text, action)
  }
  return {
    app: (): App => app,
    fresh,
    get,
    post,
    later,
    shown,
    async say(path: string, values: Record<string, string>, headers: Record<string, string> = {}) {
      return post(path, new URLSearchParams({ ...(await shown(path, path, headers)), ...values }), fresh(headers))
    },
    async act(path: string, resource: string, values: Record<string, string>) {
      const action = `${path}/${resource}`
      return post(action, new URLSearchParams({ ...(await shown(path, action)), ...values }))
    },
    newest: async () => (await app.as(casesApi).list({ queue: 'all' })).items[0]!,
    /** The private link of the newest mail that waits to go out. */
    mailedLink: () =>
      app.transaction(async ({ db, house }) => {
        const row = await db
          .selectFrom('platform.mail_out')
          .select(['id', 'body as text', 'sealed_link as sealedLink'])
          .where('sealed_link', 'is not', null)
          .orderBy('id', 'desc')
          .executeTakeFirstOrThrow()
        return /https:\/\/patron\.example\.com(\/p\/case\/[\w-]{43})/.exec(await wordsOut(house, row))![1]!
      }),
  }
}
