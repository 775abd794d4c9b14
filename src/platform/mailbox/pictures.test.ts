import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countRemote, type FetchedPicture, fetchPictures, pictureType } from './pictures.ts'
import { safeHtml } from './safe-html.ts'

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
let server: Server
let base = ''
const asked: { url: string; headers: Record<string, unknown> }[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ url: request.url!, headers: request.headers })
    if (request.url === '/large') return void response.end(Buffer.concat([png, Buffer.alloc(3 << 20)]))
    if (request.url === '/page') return void response.end('<script>x</script>')
    if (request.url === '/svg') return void response.setHeader('content-type', 'image/svg+xml').end('<svg onload="x"/>')
    if (request.url === '/elsewhere') return void response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
    response.end(png)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterAll(() => server.close())

const kept: FetchedPicture[] = []
const keep = async (picture: FetchedPicture) => `file${kept.push(picture)}`

test('pictures are fetched once each, and lie here then', async () => {
  const { html } = safeHtml(
    `<img src="${base}/a.png?x=1&amp;y=2" alt="A"><p>and</p><img src="${base}/a.png?x=1&amp;y=2"><img src="${base}/b.png">`,
  )
  expect(countRemote(html)).toBe(3)
  const fetched = await fetchPictures(html, keep, { ownNetwork: true })
  expect(fetched).toBe(
    '<img alt="A" data-attachment="file1" /><p>and</p><img alt="" data-attachment="file1" /><img alt="" data-attachment="file2" />',
  )
  expect(countRemote(fetched)).toBe(0)
  expect(asked.map(({ url }) => url)).toEqual(['/a.png?x=1&y=2', '/b.png'])
  expect(Object.keys(asked[0]!.headers)).not.toContain('cookie')
  expect(Object.keys(asked[0]!.headers)).not.toContain('referer')
  expect(kept[0]).toMatchObject({ name: 'picture.png', mediaType: 'image/png', content: png })
})

test('what is no picture, is too large, or points elsewhere is left out', async () => {
  kept.length = 0
  const { html } = safeHtml(['large', 'page', 'svg', 'elsewhere'].map((path) => `<img src="${base}/${path}" alt="${path}">`).join(''))
  expect(await fetchPictures(html, keep, { ownNetwork: true })).toBe(
    '<img alt="large" /><img alt="page" /><img alt="svg" /><img alt="elsewhere" />',
  )
  expect(kept).toEqual([])
})

test('nothing of the own network is ever asked for a stranger', async () => {
  asked.length = 0
  const { html } = safeHtml(
    `<img src="${base}/a.png" alt="x"><img src="http://169.254.169.254/latest" alt="y"><img src="http://inside.example/a.png" alt="z">`,
  )
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  expect(await fetchPictures(html, keep, { ownNetwork: false, resolve })).toBe('<img alt="x" /><img alt="y" /><img alt="z" />')
  expect(asked).toEqual([])
})

test('words that look like a picture are nothing to fetch', async () => {
  const { html } = safeHtml(
    `<p title="&lt;img data-remote=&quot;${base}/&quot;&gt;">&lt;img data-remote="${base}/"&gt; data-remote="${base}/"</p>`,
  )
  expect(countRemote(html)).toBe(0)
  expect(await fetchPictures(html, keep)).toBe(html)
})

test('a picture is known by how it begins', () => {
  expect(pictureType(png)).toBe('image/png')
  expect(pictureType(Buffer.from('\xff\xd8\xff\xe0', 'latin1'))).toBe('image/jpeg')
  expect(pictureType(Buffer.from('GIF89a'))).toBe('image/gif')
  expect(pictureType(Buffer.from('RIFF\0\0\0\0WEBP'))).toBe('image/webp')
  expect(pictureType(Buffer.from('<svg'))).toBeNull()
  expect(pictureType(Buffer.alloc(0))).toBeNull()
})
