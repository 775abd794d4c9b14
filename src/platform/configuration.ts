import { isIP } from 'node:net'
import { isAbsolute, relative, resolve } from 'node:path'
import { z } from 'zod'

/** Everything that is set from outside, read once at the start. Nobody else looks into the environment. */
export interface Configuration {
  /** Absolute path of the folder that holds the private database, keys and logs. */
  readonly dataFolder: string
  /** Address of a PostgreSQL ≥ 15; null means the private server in the data folder. */
  readonly databaseUrl: string | null
  readonly host: string
  readonly port: number
  /** Where people reach the product, without a trailing slash; null means the address it listens on. */
  readonly publicUrl: string | null
  /** Addresses or networks (CIDR) whose X-Forwarded-* headers are believed. */
  readonly trustedProxies: readonly string[]
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** Null where no outgoing mail is set up; then nothing is ever sent. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null
  /** Whether the demo company, whose passwords are printed, may be reached from other machines. */
  readonly demoPublic: boolean
  /** With what other machines may read the metrics; null: nothing. */
  readonly metricsToken: string | null
  /** The file whose first line encrypts backups; null: they are not encrypted. */
  readonly backupPassphraseFile: string | null
  /** Absolute paths of the folders below which files may be fetched by plan. */
  readonly importFolders: readonly string[]
}

/** Reads the configuration, or throws one sentence per variable that cannot be used. An empty variable counts as not set. */
export function readConfiguration(env: Readonly<Record<string, string | undefined>>): Configuration {
  const given = Object.fromEntries(variables.map((name) => [name, env[name]?.trim() || undefined]))
  const result = shape.safeParse(given)
  if (!result.success) throw new Error(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join('\n'))
  const value = result.data
  return {
    dataFolder: resolve(value.PATRON_DATA),
    databaseUrl: value.DATABASE_URL ?? null,
    host: value.HOST,
    port: value.PORT,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    trustedProxies: value.TRUSTED_PROXIES,
    logLevel: value.PATRON_LOG,
    mail: value.SMTP_URL === undefined || value.MAIL_FROM === undefined ? null : { smtpUrl: value.SMTP_URL, from: value.MAIL_FROM },
    demoPublic: value.PATRON_DEMO_PUBLIC === '1',
    metricsToken: value.PATRON_METRICS_TOKEN ?? null,
    backupPassphraseFile: value.PATRON_BACKUP_PASSPHRASE_FILE === undefined ? null : resolve(value.PATRON_BACKUP_PASSPHRASE_FILE),
    importFolders: value.PATRON_IMPORT_FOLDERS,
  }
}

const shape = z
  .object({
    PATRON_DATA: z.string().default('./data'),
    DATABASE_URL: address(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/name').optional(),
    HOST: z
      .string()
      .regex(/^[\w.:%-]+$/, 'must be a host name or an address, such as 127.0.0.1 or 0.0.0.0')
      .default('127.0.0.1'),
    PORT: z
      .string()
      .default('3000')
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'must be a whole number from 0 to 65535')
      .transform(Number),
    PUBLIC_URL: address(['http:', 'https:'], 'https://patron.example.com').optional(),
    TRUSTED_PROXIES: z
      .string()
      .default('')
      .transform((text) => text.split(/[\s,]+/).filter((item) => item !== ''))
      .refine((items) => items.every(isNetwork), 'must be addresses or networks separated by commas, such as 10.0.0.0/8, ::1'),
    PATRON_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug'], 'must be one of silent, error, warn, info, debug').default('info'),
    SMTP_URL: address(['smtp:', 'smtps:'], 'smtps://user:password@mail.example.com:465').optional(),
    MAIL_FROM: z
      .string()
      .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, 'must be a mail address, such as Patron <care@example.com>')
      .optional(),
    PATRON_DEMO_PUBLIC: z.enum(['0', '1'], 'must be 1 or 0').default('0'),
    PATRON_METRICS_TOKEN: z
      .string()
      .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 letters, figures and signs without blanks')
      .optional(),
    PATRON_BACKUP_PASSPHRASE_FILE: z.string().optional(),
    PATRON_IMPORT_FOLDERS: z
      .string()
      .default('')
      .transform((text) => text.split(',').flatMap((item) => item.trim() || []))
      .refine((items) => items.every(isAbsolute), 'must be absolute paths separated by commas, such as /srv/exports, /srv/shop')
      .transform((items) => items.map((item) => resolve(item))),
  })
  .check((context) => {
    const { SMTP_URL, MAIL_FROM } = context.value
    if (SMTP_URL !== undefined && MAIL_FROM === undefined) {
      context.issues.push({ code: 'custom', path: ['MAIL_FROM'], message: 'must be set when SMTP_URL is set', input: MAIL_FROM })
    }
    const { PATRON_DATA, PATRON_IMPORT_FOLDERS } = context.value
    if (PATRON_IMPORT_FOLDERS.some((folder) => overlaps(folder, resolve(PATRON_DATA)))) {
      const message = 'must lie apart from the data folder, which holds the keys'
      context.issues.push({ code: 'custom', path: ['PATRON_IMPORT_FOLDERS'], message, input: PATRON_IMPORT_FOLDERS })
    }
    if (MAIL_FROM !== undefined && SMTP_URL === undefined) {
      context.issues.push({ code: 'custom', path: ['SMTP_URL'], message: 'must be set when MAIL_FROM is set', input: SMTP_URL })
    }
  })

const variables = Object.keys(shape.shape)

function address(protocols: readonly string[], example: string) {
  return z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), `must be an address such as ${example}`)
}

function isNetwork(text: string): boolean {
  const [host = '', bits, ...rest] = text.split('/')
  const version = isIP(host)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** Whether one of two folders lies in the other. */
const overlaps = (a: string, b: string): boolean => isWithin(a, b) || isWithin(b, a)
const isWithin = (inner: string, outer: string): boolean => {
  const way = relative(outer, inner)
  return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..'
}
