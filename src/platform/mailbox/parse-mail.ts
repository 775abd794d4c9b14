import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type AttachmentStream, MailParser, type MessageText } from 'mailparser'
import { plainFileName } from '../files.ts'
import { type Automatic, automaticOf } from './automatic.ts'
import { type DeliveryReport, messageIdIn, reportOf } from './delivery-report.ts'
import { decodedWords } from './encoded-words.ts'
import { htmlToText, isTooMuchHtml, roughText } from './html-text.ts'
import { addressesIn, dateIn, type HeaderLine, type Headers, headersOf, idsIn } from './mail-headers.ts'
import type { Cut, MailAddress, MailAttachment } from './received-mail.ts'
import { contentIdOf, safeHtml } from './safe-html.ts'

/** A mail as it was read, before anybody said whose it is. */
export interface ParsedMail {
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly from: MailAddress | null
  readonly replyTo: string | null
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  /** Every address that it was delivered to, as far as its headers say. */
  readonly recipients: readonly string[]
  readonly subject: string
  readonly sentAt: Date | null
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly MailAttachment[]
  readonly automatic: Automatic | null
  /** The `Authentication-Results`, the topmost first. */
  readonly authResults: readonly string[]
  /** Of a mail that came back: why, and which of ours it was. */
  readonly report: { readonly report: DeliveryReport | null; readonly messageId: string | null } | null
  readonly cut: Cut | null
}

/** A file of a mail while it is read. */
interface IncomingFile {
  readonly name: string
  readonly mediaType: string
  readonly content: AsyncIterable<Uint8Array>
}
/** Stores a file and answers its id and size. */
export type KeepFile = (file: IncomingFile) => Promise<{ readonly fileId: string; readonly bytes: number }>

/** What a mail may ask of us. Mail bombs are of many lines, parts, files or headers, or of mails in mails, which are files here and never looked into. */
export interface MailLimits {
  readonly bytes: number
  readonly lines: number
  readonly parts: number
  readonly files: number
  readonly headBytes: number
  readonly textLength: number
  readonly htmlLength: number
  readonly milliseconds: number
}
export const mailLimits = (bytes: number): MailLimits => ({
  bytes,
  lines: Math.max(20_000, Math.ceil(bytes / 40)),
  parts: 200,
  files: 50,
  headBytes: 256 << 10,
  textLength: 1_000_000,
  htmlLength: 1_000_000,
  milliseconds: 120_000,
})

/**
 * Reads one mail from its raw bytes, handing each file on while it comes. What is wrong with the mail cuts it short, so that at least its head is known; what goes wrong with reading or storing is thrown.
 * `headOnly`: only the head was fetched, since the rest is too large.
 */
export async function parseMail(
  source: AsyncIterable<Uint8Array>,
  keep: KeepFile,
  limits: MailLimits,
  headOnly: Cut | null = null,
): Promise<ParsedMail> {
  const read: Reading = {
    head: [],
    headBytes: 0,
    headLines: null,
    files: [],
    cids: new Map(),
    text: '',
    html: '',
    report: '',
    returned: null,
    cut: headOnly,
    outside: null,
  }
  try {
    await readInto(read, source, keep, limits)
  } catch (error) {
    if (read.outside !== null) throw read.outside
    read.cut = error instanceof TooMuch ? error.cut : isTooMuch(error) ? 'too-complex' : 'unreadable'
  }
  const headers = headersOf(read.headLines ?? linesOf(Buffer.concat(read.head)))
  try {
    return mailOf(read, headers, limits)
  } catch {
    // Whatever a stranger wrote into the text, it must not keep the next mail out.
    return mailOf({ ...read, html: '', cut: 'unreadable' }, headers, limits)
  }
}

class TooMuch extends Error {
  readonly cut: Cut
  constructor(cut: Cut) {
    super(cut)
    this.name = 'TooMuch'
    this.cut = cut
  }
}
const isTooMuch = (error: unknown) => error instanceof Error && ('code' in error ? error.code === 'EMAXLEN' : false)

interface Reading {
  readonly head: Uint8Array[]
  headBytes: number
  headLines: readonly HeaderLine[] | null
  readonly files: MailAttachment[]
  /** Files by their Content-ID. */
  readonly cids: Map<string, string>
  text: string
  html: string
  report: string
  returned: string | null
  cut: Cut | null
  /** What went wrong on our side of the mail: with its server or with the file store. */
  outside: Error | null
}

async function readInto(read: Reading, source: AsyncIterable<Uint8Array>, keep: KeepFile, limits: MailLimits): Promise<void> {
  const options = {
    maxHeadSize: limits.headBytes,
    maxChildNodes: limits.parts,
    ignoreEmbedded: true,
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  }
  const parser = new Parser(options)
  parser.on('headerLines', (lines: readonly HeaderLine[]) => {
    read.headLines = lines
  })
  let open: Readable | null = null
  parser.on('error', (error: Error) => open?.destroy(error))
  const stop = AbortSignal.timeout(limits.milliseconds)
  const fed = pipeline(Readable.from(counted(read, source, limits)), parser, { signal: stop })
  // Whoever reads the parts below hears of it first.
  fed.catch((error: Error) => open?.destroy(error))
  for await (const part of parser as AsyncIterable<AttachmentStream | MessageText>) {
    if (part.type === 'attachment') {
      open = part.content as Readable
      await takeFile(read, part, keep, limits)
      open = null
      part.release()
    } else {
      read.text = part.text ?? ''
      read.html = typeof part.html === 'string' ? part.html : ''
    }
  }
  await fed
}

/** A file of a mail that breaks off says so to whoever reads it; where nobody does any more, it must not end the process. */
class Parser extends MailParser {
  override push(part: AttachmentStream | MessageText | null): boolean {
    if (part?.type === 'attachment') (part.content as Readable).on('error', () => {})
    return super.push(part)
  }
}

/** The raw bytes as they pass: so many and so many lines, and no more; the head is remembered for a mail that cannot be read on. */
async function* counted(read: Reading, source: AsyncIterable<Uint8Array>, limits: MailLimits): AsyncGenerator<Uint8Array> {
  let bytes = 0
  let lines = 0
  const parts = source[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await parts.next().catch((error: Error) => {
        read.outside = error
        throw error
      })
      if (next.done === true) return
      const part = next.value
      bytes += part.length
      if (read.headBytes < limits.headBytes) {
        read.head.push(part.subarray(0, limits.headBytes - read.headBytes))
        read.headBytes += part.length
      }
      for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) lines++
      if (bytes > limits.bytes) throw new TooMuch('too-large')
      if (lines > limits.lines) throw new TooMuch('too-complex')
      yield part
    }
  } finally {
    await parts.return?.()
  }
}

async function takeFile(read: Reading, part: AttachmentStream, keep: KeepFile, limits: MailLimits): Promise<void> {
  const content = part.content as Readable
  const mediaType = storable((part.contentType || 'application/octet-stream').toLowerCase().slice(0, 100))
  if (mediaType === 'message/delivery-status') {
    read.report = await beginOf(content)
    return
  }
  if (read.files.length >= limits.files) {
    read.cut ??= 'too-complex'
    for await (const _ of content);
    return
  }
  const isMail = mediaType === 'message/rfc822' || mediaType === 'text/rfc822-headers'
  const begin: Uint8Array[] = []
  const name = storable(plainFileName((part.filename || (isMail ? 'message.eml' : 'attachment')).replace(/\p{Cf}/gu, '')))
  const { fileId, bytes } = await keep({ name, mediaType, content: isMail ? remembering(content, begin) : content }).catch(
    (error: Error) => {
      // The stream's own failure is the mail's fault; anything else is the store's.
      if (content.errored === null) read.outside = error
      throw error
    },
  )
  if (isMail) read.returned ??= messageIdIn(Buffer.concat(begin).toString('utf8'))
  if (part.cid) read.cids.set(contentIdOf(part.cid), fileId)
  read.files.push({ fileId, name, mediaType, bytes, inline: part.related === true && part.cid !== undefined })
}

const mostOfBegin = 64 << 10

async function* remembering(content: AsyncIterable<Uint8Array>, begin: Uint8Array[]): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const part of content) {
    if (bytes < mostOfBegin) begin.push(part.subarray(0, mostOfBegin - bytes))
    bytes += part.length
    yield part
  }
}

async function beginOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const begin: Uint8Array[] = []
  for await (const _ of remembering(content, begin));
  return Buffer.concat(begin).toString('utf8')
}

/** The lines of a head that nothing could be made of but itself. */
function linesOf(head: Buffer): readonly HeaderLine[] {
  const text = head.toString('latin1').replace(/\r\n?/g, '\n').split('\n\n', 1)[0]!
  return text
    .split(/\n(?![ \t])/)
    .filter((line) => /^[!-9;-~]+:/.test(line))
    .map((line) => ({ key: line.slice(0, line.indexOf(':')).toLowerCase(), line }))
}

function mailOf(read: Reading, headers: Headers, limits: MailLimits): ParsedMail {
  const subject = storable(decodedWords(headers.get('subject') ?? ''))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 1000)
  const tooMuch = isTooMuchHtml(read.html, limits.htmlLength)
  const html = tooMuch ? '' : safeHtml(read.html, read.cids).html
  const words = () => (tooMuch ? roughText(read.html, limits.htmlLength) : htmlToText(read.html))
  const text = read.text.trim() === '' && read.html !== '' ? words() : read.text
  const to = addressesIn(headers, 'to')
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'].flatMap((name) => addressesIn(headers, name))
  const cc = addressesIn(headers, 'cc')
  return {
    messageId: idsIn(headers.get('message-id'))[0] ?? null,
    inReplyTo: idsIn(headers.get('in-reply-to'))[0] ?? null,
    references: idsIn(headers.get('references')).slice(-50),
    from: addressesIn(headers, 'from')[0] ?? null,
    replyTo: addressesIn(headers, 'reply-to')[0]?.address ?? null,
    to,
    cc,
    recipients: [...to, ...cc, ...delivered].map(({ address }) => address),
    subject,
    sentAt: dateIn(headers.get('date')),
    text: storable(text).slice(0, limits.textLength).trimEnd(),
    html: html === '' ? null : storable(html),
    attachments: read.files.map((file) => ({ ...file, inline: file.inline && html.includes(file.fileId) })),
    automatic: automaticOf(headers, subject),
    authResults: headers.all('authentication-results'),
    report: read.report === '' && read.returned === null ? null : { report: reportOf(read.report), messageId: read.returned },
    cut: read.cut ?? (tooMuch || text.length > limits.textLength ? 'too-complex' : null),
  }
}

/** PostgreSQL keeps no NUL, and JSON of it no half characters. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '')
