import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, holder, startApp } from '#test/app.ts'
import { api } from './api.ts'
import { isSite, pictureIn } from './domain/customer-pages.ts'
import { customerLook } from './public.ts'

const key = 'organization.customer-pages'
const png = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('a picture', () => {
  test.each([png, 'data:image/jpeg;base64,/9j/4AAQ', 'data:image/webp;base64,UklGRh4A'])('%s', (address) =>
    expect(pictureIn(address)).not.toBe(null),
  )
  test.each([
    'data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+',
    'data:text/html;base64,PHNjcmlwdD4=',
    // What it says is not what it is.
    'data:image/png;base64,PHNjcmlwdD4=',
    'data:image/png,iVBORw0KGgo',
    'https://example.com/logo.png',
    'javascript:alert(1)',
    '',
  ])('%s is none', (address) => expect(pictureIn(address)).toBe(null))
})

describe('the address of a site', () => {
  test.each(['https://www.example.com', 'http://shop.local:8080', 'https://xn--fiqs8s.example'])('%s', (text) =>
    expect(isSite(text)).toBe(true),
  )
  test.each([
    'https://www.example.com/',
    'https://www.example.com/page',
    'https://*.example.com',
    '*',
    'https:',
    "https://a.example; script-src 'unsafe-inline'",
    'https://a.example https://b.example',
    'javascript:alert(1)',
    'https://user@example.com',
    'https://example.com:443',
    'HTTPS://EXAMPLE.COM',
    '',
  ])('%s is none', (text) => expect(isSite(text)).toBe(false))
})

describe('the company’s page for customers', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp()
  })
  afterAll(() => app.close())
  const change = async (value: object, version = 0) =>
    app.as(api).changeSetting({ key, value: { email: '', colour: '', logo: '', sites: [], ...value }, version })
  const page = async (language = 'en') =>
    (await app.request('/p/', { headers: { 'accept-language': language, 'x-test-sender': crypto.randomUUID() } }, null)).text()

  test('offers what can be done, under the company’s name', async () => {
    expect(await customerLook(app.db)).toMatchObject({ name: 'Patron', email: null, colour: null, logo: null, sites: [] })
    const text = await page()
    expect(text).toContain('<h1>What would you like to do?</h1>')
    expect(text).toContain('class="offer" href="/p/complaint"')
    expect(text).not.toContain('mailto:')
  })
  test.each([
    ['value.email', 'a word', { email: 'nobody' }],
    ['value.colour', 'more than a colour', { colour: 'red; background: url(//x)' }],
    ['value.logo', 'a drawing that may hold scripts', { logo: 'data:image/svg+xml;base64,PHN2Zz4=' }],
    ['value.logo', 'a large picture', { logo: `data:image/png;base64,iVBORw0KGgo${'A'.repeat(90_000)}` }],
    ['value.sites.0', 'more than a site', { sites: ['https://a.example; script-src *'] }],
  ])('does not take for %s %s', async (field, _, value) => {
    await expect(change(value)).rejects.toMatchObject({ status: 422, fields: [{ field }] })
  })
  test('shows what was set, in the customer’s language', async () => {
    await change({ email: 'care@example.com', colour: '#AA3300', logo: png, sites: ['https://www.example.com'] })
    expect(await customerLook(app.db)).toMatchObject({ email: 'care@example.com', colour: '#aa3300', sites: ['https://www.example.com'] })
    app.now = new Date(app.now.getTime() + 60_000)
    const text = await page('zh-TW')
    expect(text).toContain('<h1>您想辦理什麼？</h1>')
    expect(text).toContain('您可以寫信給我們：<a href="mailto:care@example.com">care@example.com</a>')
  })
  test('is set by whoever manages the company, who alone reads how it is set', async () => {
    const reader = app.as(api, holder('organization.read'))
    await expect(reader.changeSetting({ key, value: {}, version: 1 })).rejects.toMatchObject({ status: 403 })
    expect((await reader.settings({})).settings.map((one) => one.key)).not.toContain(key)
  })
})
