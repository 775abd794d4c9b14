import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeSetting } from '#modules/organization/public.ts'
import { customerPagesSetting, organizationProfile } from '#modules/organization/settings.ts'
import { readFile } from '#platform/files.ts'
import { type App, startApp } from '#test/app.ts'
import { hiddenOf, said, trial, trialSent } from '#test/trial-pages.ts'

let app: App
beforeAll(async () => {
  app = await startApp({ further: [trial] })
  await app.transaction(async (context) => {
    await writeSetting(context, organizationProfile, { name: 'Otter & <Co>', currency: 'EUR', timeZone: 'UTC', locale: 'en' }, 0)
    await writeSetting(
      context,
      customerPagesSetting,
      { email: 'care@example.com', colour: '#ffee00', logo: `data:image/png;base64,${png}`, sites: ['https://shop.example.com'] },
      0,
    )
  })
})
afterAll(() => app.close())

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly location: string
}
const answered = async (response: Response): Promise<Answer> => ({
  status: response.status,
  text: await response.text(),
  headers: response.headers,
  location: response.headers.get('location') ?? '',
})
const get = async (path: string, headers: Record<string, string> = {}) => answered(await app.request(path, { headers }, null))
const post = async (path: string, body: URLSearchParams | FormData, headers: Record<string, string> = {}) =>
  answered(await app.request(path, { method: 'POST', body, headers }, null))
const later = (milliseconds: number) => {
  app.now = new Date(app.now.getTime() + milliseconds)
}
/** What the form on a page sends when a person has filled it in, some seconds after it was shown. */
async function filled(values: Record<string, string> = {}, { wait = 5000, page = '/p/trial' } = {}): Promise<Record<string, string>> {
  const { text } = await get(page)
  later(wait)
  return { ...hiddenOf(text, '/p/trial'), text: 'The lid does not close', ...values }
}
let senders = 0
/** Nobody is slowed down by what another test has sent. */
const fresh = () => ({ 'x-test-sender': `198.51.100.${++senders}` })
const send = (values: Record<string, string>, headers: Record<string, string> = fresh()) =>
  post('/p/trial', new URLSearchParams(values), headers)
const count = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from platform.fact where name = ${trialSent.name}`.execute(app.db)).rows[0]!.n

describe('a page', () => {
  test('is HTML with its own strict policy, and sets no cookie', async () => {
    const { status, text, headers } = await get('/p/trial?order=N-1')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(text).toContain('<html lang="en">')
    expect(text).toContain('value="N-1"')
    expect(text).toContain('Otter &amp; &lt;Co&gt;')
    expect(headers.getSetCookie()).toEqual([])
    const policy = headers.get('content-security-policy')!
    const nonce = /script-src 'nonce-([\w-]{20,})'/.exec(policy)?.[1]
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(policy).not.toContain('unsafe')
    expect(text).toContain(`<style nonce="${nonce}">`)
    expect((await get('/p/trial')).headers.get('content-security-policy')).not.toContain(nonce)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(text).not.toMatch(/<script(?! type="module" nonce=)|\son\w+=|javascript:/i)
  })
  test('is framed by the sites that the company allows, and by nobody where its contract does not say so', async () => {
    expect((await get('/p/trial')).headers.get('content-security-policy')).toContain('frame-ancestors https://shop.example.com')
    expect((await get('/p/trial')).headers.has('x-frame-options')).toBe(false)
    expect((await app.request('/api/v1/organization/state')).headers.get('x-frame-options')).toBe('DENY')
  })
  test('speaks the language of the browser, of the address, or what it was told to remember', async () => {
    expect((await get('/p/trial', { 'accept-language': 'zh-HK,zh;q=0.9' })).text).toContain('<h1>告訴我們</h1>')
    const asked = await get('/p/trial?lang=zh-CN', { 'accept-language': 'zh-HK' })
    expect(asked.text).toContain('<h1>告诉我们</h1>')
    // What the address asks for is carried along in every link and form of the page.
    expect(asked.text).toContain('href="/p/?lang=zh-CN"')
    expect(asked.text).toContain('action="/p/trial?lang=zh-CN"')
    expect(asked.headers.get('content-language')).toBe('zh-CN')
    const values = { ...hiddenOf(asked.text, '/p/language') }
    expect(values).toMatchObject({ language: 'zh-CN', path: '/p/trial' })
    const kept = await post('/p/language?lang=zh-CN', new URLSearchParams(values), fresh())
    expect(kept).toMatchObject({ status: 303, location: '/p/trial' })
    expect(kept.headers.getSetCookie()).toEqual(['patron.language=zh-CN; Max-Age=31536000; Path=/p; SameSite=Lax; HttpOnly'])
    expect((await get('/p/trial', { cookie: 'patron.language=zh-CN', 'accept-language': 'en' })).text).toContain('<h1>告诉我们</h1>')
    // Where the browser is told to go is within these pages.
    for (const path of ['https://evil.example.com/', '//evil.example.com', '/\\evil.example.com', '/p\\..', '/sign-in']) {
      const { text } = await get('/p/trial?lang=en')
      const led = await post('/p/language', new URLSearchParams({ ...hiddenOf(text, '/p/language'), path }), fresh())
      expect(led).toMatchObject({ status: 303, location: '/p/' })
    }
  })
  test('that is not there, and what goes wrong, is said on a page, in the customer’s language', async () => {
    const missing = await get('/p/nothing', { 'accept-language': 'zh-CN' })
    expect(missing.status).toBe(404)
    expect(missing.text).toContain('<h1>这里没有内容</h1>')
    expect(missing.headers.get('x-robots-tag')).toContain('noindex')
    expect(await get('/p')).toMatchObject({ status: 308, location: '/p/' })
    const broken = await send(await filled({ order: 'broken' }))
    expect(broken.status).toBe(500)
    expect(broken.text).toContain('Something went wrong')
    expect(broken.text).not.toContain('A mistake of ours')
  })
  test('of the company lists what its modules offer, and the logo lies beside it', async () => {
    const { text, headers } = await get('/p/', { 'accept-language': 'zh-TW' })
    expect(text).toMatch(/<a class="offer" href="\/p\/trial"><strong>告訴我們哪裡不好<\/strong>/)
    expect(text).not.toContain('/p/never')
    expect(text).toContain('mailto:care@example.com')
    expect(headers.has('x-robots-tag')).toBe(false)
    const logo = /src="(\/p\/logo\?v=[\w-]+)"/.exec(text)?.[1] ?? ''
    const picture = await app.request(logo, {}, null)
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect(picture.headers.get('cache-control')).toContain('immutable')
    expect(Buffer.from(await picture.arrayBuffer()).toString('base64')).toBe(png)
  })
  test('can be asked for so often from one address, and then says when to come again', async () => {
    const from = fresh()
    const statuses = new Set<number>()
    for (let i = 0; i < 310; i++) statuses.add((await app.request('/p/trial', { headers: from }, null)).status)
    expect([...statuses]).toEqual([200, 429])
    const refused = await get('/p/trial', from)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(refused.text).toContain('One moment, please')
    expect((await get('/p/trial', fresh())).status).toBe(200)
  })
})

describe('a form', () => {
  test('that is right is taken once, and leads on to a private page', async () => {
    const before = await count()
    const values = await filled({ email: 'ann@example.com', about: 'tea' })
    const taken = await send(values)
    expect(taken.status, taken.text).toBe(303)
    expect(taken.location).toMatch(/^\/p\/trial\/[\w-]{43}$/)
    // Loaded again, pressed twice: the same, and nothing happens again.
    expect(await send(values)).toMatchObject({ status: 303, location: taken.location })
    expect(await count()).toBe(before + 1)
    const seen = await get(taken.location)
    expect(seen.text).toContain('The lid does not close')
    expect(seen.headers.get('x-robots-tag')).toBe('noindex, nofollow')
    expect(seen.headers.get('cache-control')).toBe('private, no-store')
    // Where it led is a secret, and lies nowhere in words.
    const token = taken.location.split('/').at(-1)!
    for (const table of ['platform.idempotency', 'platform.fact', 'platform.private_link'])
      expect((await sql`select from ${sql.table(table)} t where t::text like ${`%${token}%`}`.execute(app.db)).rows, table).toEqual([])
  })
  test('twice at the same moment is taken once', async () => {
    const before = await count()
    const values = await filled()
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(values)))
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1)
    expect(await count()).toBe(before + 1)
  })
  test('that is wrong is shown again with what was typed, and each field says why in the customer’s language', async () => {
    const values = await filled({ text: '<b>', email: 'nobody', order: 'N-7', about: 'cup' })
    const again = await send(values, { ...fresh(), 'accept-language': 'zh-CN' })
    expect(again.status).toBe(422)
    expect(again.text).toContain('<h1>告诉我们</h1>')
    expect(again.text).toMatch(/<textarea id="field-text"[^>]*>\n&lt;b&gt;<\/textarea>/)
    expect(again.text).toContain('value="nobody"')
    expect(again.text).toContain('value="N-7"')
    expect(again.text).toMatch(/value="cup" checked/)
    // The module's own word for this field, and the word of all pages for the other.
    expect(again.text).toContain('<p class="problem" id="field-text-problem">请再多写一点。</p>')
    expect(again.text).toContain('<p class="problem" id="field-email-problem">格式看起来不对。</p>')
    expect(again.text).toMatch(/<input id="field-email"[^>]*aria-invalid="true"[^>]*aria-describedby="field-email-problem"/)
    expect(again.text).toContain('<li><a href="#field-text">')
    // Mended, it is taken without another wait.
    expect((await send({ ...values, ...hiddenOf(again.text, '/p/trial'), text: 'The lid is loose', email: '' })).status).toBe(303)
  })
  test('that the action refuses is shown again too', async () => {
    const again = await send(await filled({ order: 'none' }))
    expect(again.status).toBe(409)
    expect(again.text).toContain('There is no such order.')
    expect(again.text).toContain('The lid does not close</textarea>')
  })
  test('that needs a field says so', async () => {
    const again = await send(await filled({ text: '   ' }))
    expect(again.text).toContain('id="field-text-problem">Please fill this in.')
  })
  test.each([
    ['a character that cannot be kept', { text: 'The lid\0 is loose' }, 'cannot be kept'],
    ['half a character', { text: 'The lid \ud800 is loose' }, null],
  ])('with %s is never a failure of ours', async (_, values, words) => {
    const { status, text } = await send(await filled(values))
    expect(status).toBeLessThan(500)
    if (words) expect(text).toContain(words)
  })
})

describe('what programs and other sites send', () => {
  const refusedWith = async (answer: Promise<Answer> | Answer, words: string) => {
    const { status, text } = await answer
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(text).toContain(words)
  }
  test('from another site is refused', async () => {
    const before = await count()
    const values = await filled()
    for (const headers of [
      { origin: 'https://evil.example.com' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[])
      await refusedWith(send(values, { ...fresh(), ...headers }), 'sent from another site')
    expect(await count()).toBe(before)
    expect((await send(values, { ...fresh(), origin: 'http://localhost', host: 'localhost' })).status).toBe(303)
  })
  test('without having been shown the form, with one that was made up, or with one of yesterday, is shown the form', async () => {
    const before = await count()
    const { _form: token, ...values } = await filled()
    await refusedWith(send(values), 'lay open for very long')
    await refusedWith(send({ ...values, _form: `${token!.slice(0, -4)}AAAA` }), 'lay open for very long')
    await refusedWith(send({ ...values, _form: 'x'.repeat(5000) }), 'lay open for very long')
    later(25 * 3_600_000)
    const again = await send({ ...values, _form: token! })
    await refusedWith(again, 'lay open for very long')
    expect(again.text).toContain('The lid does not close</textarea>')
    expect(await count()).toBe(before)
    later(5000)
    expect((await send({ ...values, ...hiddenOf(again.text, '/p/trial') })).status).toBe(303)
  })
  test('as soon as it is shown, or into the field that people leave empty, is refused kindly', async () => {
    const before = await count()
    const values = await filled({}, { wait: 500 })
    await refusedWith(send(values), 'That was very quick')
    await refusedWith(send({ ...values, homepage: 'https://spam.example.com' }), 'leave the field that says so empty')
    expect(await count()).toBe(before)
    // A person who was quick presses again.
    later(2000)
    expect((await send(values)).status).toBe(303)
  })
  test('more often than one address may, is told when to come again; and all together are limited as well', async () => {
    const from = fresh()
    later(600_000)
    for (let i = 0; i < 5; i++) expect((await send(await filled(), from)).status).toBe(303)
    await refusedWith(send(await filled(), from), 'A lot was sent from here. Please try again in 10 minutes.')
    expect((await send(await filled())).status).toBe(303)
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await send(await filled())).status)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
    later(600_000)
    expect((await send(await filled(), from)).status).toBe(303)
  })
  test('of mistakes people make, none costs them their allowance', async () => {
    later(600_000)
    const from = fresh()
    for (let i = 0; i < 8; i++) expect((await send(await filled({ text: 'x' }), from)).status).toBe(422)
    expect((await send(await filled(), from)).status).toBe(303)
  })
  test('the same form with something else in it is asked about', async () => {
    later(600_000)
    const values = await filled()
    expect((await send(values)).status).toBe(303)
    const again = await send({ ...values, text: 'And the cup is chipped' })
    expect(again.status).toBe(409)
    expect(again.text).toContain('was sent already')
    later(5000)
    expect((await send({ ...values, text: 'And the cup is chipped', ...hiddenOf(again.text, '/p/trial') })).status).toBe(303)
  })
  test('that is no form, or too much of one, is refused without being read to its end', async () => {
    const body = JSON.stringify({ text: 'x' })
    const as = (type: string, content: string) =>
      app.request('/p/trial', { method: 'POST', body: content, headers: { 'content-type': type, ...fresh() } }, null)
    expect((await as('application/json', body)).status).toBe(422)
    expect((await as('application/x-www-form-urlencoded', `text=${'x'.repeat(300_000)}`)).status).toBe(413)
    expect((await as('application/x-www-form-urlencoded', Array.from({ length: 400 }, (_, i) => `f${i}=x`).join('&'))).status).toBe(422)
    expect((await as('multipart/form-data; boundary=B', '--B\r\nnonsense')).status).toBe(422)
  })
})

describe('files of a form', () => {
  const withFiles = async (files: readonly (readonly [string, string | Uint8Array])[], values: Record<string, string> = {}) => {
    const data = new FormData()
    for (const [name, value] of Object.entries(await filled(values))) data.append(name, value)
    for (const [name, content] of files) data.append('files', new Blob([content as Uint8Array<ArrayBuffer>]), name)
    return data
  }
  const stored = async () =>
    (await sql<{ id: string; name: string }>`select id, name from platform.file order by id desc`.execute(app.db)).rows
  beforeAll(() => later(600_000))

  test('go into the file store as what they are, and a choice that was left empty is none', async () => {
    const taken = await post(
      '/p/trial',
      await withFiles([
        ['a/../lid.png', 'PNG'],
        ['note.txt', '名'],
      ]),
      fresh(),
    )
    expect(taken.status, taken.text).toBe(303)
    const [first, second] = (await stored()).slice(0, 2).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    expect([first!.name, second!.name]).toEqual(['lid.png', 'note.txt'])
    const pieces: Uint8Array[] = []
    for await (const piece of readFile(app.db, second!.id)) pieces.push(piece)
    expect(Buffer.concat(pieces).toString('utf8')).toBe('名')
    expect((await post('/p/trial', await withFiles([['', '']]), fresh())).status).toBe(303)
  })
  test('that are too large, too many or of another kind are named; the rest stays chosen and is sent with the form that was mended', async () => {
    const before = (await stored()).length
    const again = await post(
      '/p/trial',
      await withFiles([
        ['good.png', 'fine'],
        ['large.png', new Uint8Array((1 << 20) + 1)],
      ]),
      fresh(),
    )
    expect(again.status).toBe(422)
    expect(again.text).toContain('A file is larger than 1 MB.')
    expect(again.text).toContain('The lid does not close</textarea>')
    const kept = /<input type="checkbox" name="files" value="([^"]+)" checked> <span>good.png<\/span>/.exec(again.text)?.[1]
    expect(kept).toBeDefined()
    expect((await stored()).length).toBe(before + 1)
    const mended = new FormData()
    for (const [name, value] of Object.entries({ ...hiddenOf(again.text, '/p/trial'), text: 'The lid is loose', files: kept! }))
      mended.append(name, value)
    mended.append('files', new Blob(['more']), 'more.png')
    expect((await post('/p/trial', mended, fresh())).status).toBe(303)
    const { rows } = await sql<{
      files: number
    }>`select (payload->>'files')::int as files from platform.fact where name = ${trialSent.name} order by id desc limit 1`.execute(app.db)
    expect(rows[0]!.files).toBe(2)
    expect(
      (
        await post(
          '/p/trial',
          await withFiles([
            ['a.png', ''],
            ['b.png', ''],
            ['c.png', ''],
          ]),
          fresh(),
        )
      ).text,
    ).toContain('No more than 2 files')
    expect((await post('/p/trial', await withFiles([['run.exe', 'MZ']]), fresh())).text).toContain('Files of this kind')
  })
  test('are not taken in for a form that nobody was shown, nor by names that were made up', async () => {
    const before = (await stored()).length
    const forged = await withFiles([['a.png', 'x']])
    forged.set('_form', 'made-up')
    expect((await post('/p/trial', forged, fresh())).status).toBe(422)
    expect((await stored()).length).toBe(before)
    const stolen = await withFiles([], { files: (await stored())[0]!.id })
    expect((await post('/p/trial', stolen, fresh())).status).toBe(303)
    const { rows } = await sql<{
      files: number
    }>`select (payload->>'files')::int as files from platform.fact where name = ${trialSent.name} order by id desc limit 1`.execute(app.db)
    expect(rows[0]!.files).toBe(0)
  })
  test('leave nothing behind where the whole is refused', async () => {
    const before = (await stored()).length
    const whole = new Uint8Array(4 << 20)
    expect(
      (
        await post(
          '/p/trial',
          await withFiles([
            ['a.png', 'x'],
            ['b.png', whole],
          ]),
          fresh(),
        )
      ).status,
    ).toBe(413)
    expect((await stored()).length).toBe(before)
  })
})

test('what a form of a reply says is told on its page only', async () => {
  later(600_000)
  const taken = await send(await filled())
  const seen = await get(taken.location)
  const to = `${taken.location}/replies`
  const again = await post(to, new URLSearchParams({ ...hiddenOf(seen.text, to), text: '' }), fresh())
  expect(again.status).toBe(422)
  expect(again.text).toContain('The lid does not close')
  expect(await post(to, new URLSearchParams({ ...hiddenOf(again.text, to), text: 'Any news?' }), fresh())).toMatchObject({
    status: 303,
    location: taken.location,
  })
  expect([...said.values()].at(-1)).toEqual(['The lid does not close', 'Any news?'])
})
