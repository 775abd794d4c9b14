import { getOut, type Outgoing, Unreachable } from '../egress.ts'

/** A picture that lay on another machine. */
export interface FetchedPicture {
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer
}

const mostPictures = 30
const largest = 2 << 20
const largestTogether = 10 << 20
const eachMilliseconds = 5000
const togetherMilliseconds = 25_000

/** How many pictures of safe HTML lie on other machines. */
export const countRemote = (html: string | null): number => html?.match(remote)?.length ?? 0

/**
 * Fetches the pictures of safe HTML that lie on other machines, the guarded way and without a word about who asked, and answers the HTML with files in their place. Whoever sent the mail learns that it was looked at, so this is done only
 * where a person asks for it, in a job. What cannot be had, or is no picture, is left out.
 */
export async function fetchPictures(
  html: string,
  keep: (picture: FetchedPicture) => Promise<string>,
  rules: Pick<Outgoing, 'ownNetwork' | 'resolve'> = { ownNetwork: false },
): Promise<string> {
  const began = performance.now()
  const files = new Map<string, string | null>()
  let bytes = 0
  for (const [, written = ''] of html.matchAll(remote)) {
    if (files.has(written)) continue
    if (files.size >= mostPictures || bytes > largestTogether || performance.now() - began > togetherMilliseconds) break
    const picture = await fetchOne(unescaped(written), rules)
    bytes += picture?.content.length ?? 0
    files.set(written, picture === null ? null : await keep(picture))
  }
  return html.replace(remote, (picture: string, written: string) => {
    const file = files.get(written)
    return picture.replace(` data-remote="${written}"`, file ? ` data-attachment="${file}"` : '')
  })
}

/** Safe HTML has its attributes in quotes, and no bracket in them. */
const remote = /<img\b[^>]*? data-remote="([^"]*)"[^>]*>/g

async function fetchOne(url: string, rules: Pick<Outgoing, 'ownNetwork' | 'resolve'>): Promise<FetchedPicture | null> {
  try {
    const answer = await getOut({
      ...rules,
      url,
      headers: { accept: 'image/png, image/jpeg, image/gif, image/webp' },
      milliseconds: eachMilliseconds,
    })
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of answer.body) {
      parts.push(part)
      bytes += part.length
      if (answer.status !== 200 || bytes > largest) return null
    }
    const content = Buffer.concat(parts)
    const mediaType = pictureType(content)
    return mediaType === null ? null : { name: `picture.${mediaType.slice(6)}`, mediaType, content }
  } catch (error) {
    if (error instanceof Unreachable) return null
    throw error
  }
}

/** What a picture is, by how it begins; what it is called by whoever sends it does not count. */
export function pictureType(content: Uint8Array): 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | null {
  const begins = Buffer.from(content.subarray(0, 12)).toString('latin1')
  if (begins.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (begins.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(begins)) return 'image/gif'
  return /^RIFF.{4}WEBP/s.test(begins) ? 'image/webp' : null
}

const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
