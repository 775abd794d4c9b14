import addressparser from 'nodemailer/lib/addressparser'
import { decodedWords, textOf } from './encoded-words.ts'
import type { MailAddress } from './received-mail.ts'

/** One header with its name in small letters; the line is as it came, a character for each byte. */
export interface HeaderLine {
  readonly key: string
  readonly line: string
}

/** The headers of a mail, decoded, the topmost first. */
export interface Headers {
  get(name: string): string | undefined
  all(name: string): readonly string[]
}

export function headersOf(lines: readonly HeaderLine[]): Headers {
  const charset = charsetOf(lines)
  const values = new Map<string, string[]>()
  for (const { key, line } of lines) {
    const value = textOf(Buffer.from(line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=[ \t])/g, ''), 'latin1'), charset).trim()
    const known = values.get(key)
    if (known) known.push(value)
    else values.set(key, [value])
  }
  return {
    get: (name) => values.get(name)?.[0],
    all: (name) => values.get(name) ?? [],
  }
}

/** What a mail says of itself, for headers that are written as they are. */
function charsetOf(lines: readonly HeaderLine[]): string | null {
  const type = lines.find(({ key }) => key === 'content-type')?.line ?? ''
  return /charset\s*=\s*"?([\w.:-]{1,60})/i.exec(type)?.[1] ?? null
}

/** The people that a header names. */
export function addressesIn(headers: Headers, name: string): MailAddress[] {
  return headers
    .all(name)
    .flatMap((value) => addressparser(value.slice(0, longestList), { flatten: true }))
    .flatMap((one) => {
      const address = one.address.trim().toLowerCase()
      if (!/^[^\s@<>"(),:;\\]+@[^\s@<>"(),:;\\]+$/.test(address) || address.length > 254) return []
      return [
        {
          name: decodedWords(one.name)
            .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
            .trim()
            .slice(0, 200)
            .toWellFormed(),
          address: address.toWellFormed(),
        },
      ]
    })
    .slice(0, mostAddresses)
}
const longestList = 64_000
const mostAddresses = 200

/** The ids of mails in a header, in their order. A control character is no part of one: a database cannot hold them all. */
export const idsIn = (value: string | undefined): string[] =>
  value
    ?.slice(0, longestList)
    .match(/<[^<>\s\p{Cc}]{3,250}>/gu)
    ?.map((id) => id.toWellFormed()) ?? []

/** When a mail says that it was written. */
export function dateIn(value: string | undefined): Date | null {
  const milliseconds = Date.parse((value ?? '').replace(/\([^()]*\)/g, ''))
  const date = new Date(milliseconds)
  return Number.isNaN(milliseconds) || date.getUTCFullYear() < 1980 || date.getUTCFullYear() > 2200 ? null : date
}
