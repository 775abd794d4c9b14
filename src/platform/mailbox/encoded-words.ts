import { TextDecoder } from 'node:util'

/**
 * Text in headers. What is not ASCII stands there in encoded words (RFC 2047), or, against the rules, as it is, in UTF-8 or in whatever the writer's system uses. Pure.
 */
export function decodedWords(text: string): string {
  return text.replace(sequence, (words) => {
    let decoded = ''
    let bytes: Buffer[] = []
    let charset = ''
    const end = () => {
      if (bytes.length > 0) decoded += textOf(Buffer.concat(bytes), charset)
      bytes = []
    }
    // A character may be cut in two by the end of a word, so words of one kind are put together before they are read.
    for (const [, name = '', kind = '', content = ''] of words.matchAll(word)) {
      const next = name.split('*', 1)[0]!.toLowerCase()
      if (next !== charset) end()
      charset = next
      bytes.push(kind.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : unquoted(content))
    }
    end()
    return decoded
  })
}

const word = /=\?([\w.:*-]{1,60})\?([bq])\?([^?]*)\?=/gi
const sequence = /=\?[\w.:*-]{1,60}\?[bq]\?[^?]*\?=(?:\s*=\?[\w.:*-]{1,60}\?[bq]\?[^?]*\?=)*/gi

const unquoted = (content: string) =>
  Buffer.from(
    content.replaceAll('_', ' ').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

/** Bytes as text: in the charset that is named, where it is known and fits, else in UTF-8 or in what most Chinese mails are written in that say nothing. */
export function textOf(bytes: Uint8Array, charset: string | null): string {
  const named = charset === null ? null : decoderOf(charset)
  // What says ASCII or Latin and is UTF-8 all the same is UTF-8.
  if (named === null || named.encoding === 'utf-8' || named.encoding === 'windows-1252') {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      return (named === null || named.encoding === 'utf-8' ? new TextDecoder('gb18030') : named).decode(bytes)
    }
  }
  return named.decode(bytes)
}

/** The charset of that name as the web knows it; GB2312 and GBK are read as the larger set of which they are part. */
function decoderOf(charset: string): TextDecoder | null {
  const name = charset.trim().toLowerCase()
  try {
    return new TextDecoder(/^(?:gb2312|gbk|gb_2312.*|x-gbk|cp936|hz-gb-2312)$/.test(name) ? 'gb18030' : name)
  } catch {
    return null
  }
}
