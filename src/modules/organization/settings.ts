import { z } from 'zod'
import { type Setting, setting } from '#platform/module.ts'
import { isLogo, isSite } from './domain/customer-pages.ts'
import { isCurrency, isTimeZone, languages } from './domain.ts'

/** What tells an attacker how the house is guarded is read by those who set it. */
const guarded = { readBy: 'organization.manage' }

/** Who the company is: the name on its pages, the currency of its amounts, the time zone of its days, the language of those who chose none. */
export const organizationProfile = setting(
  'organization.profile',
  z.object({
    name: z.string().trim().min(1).max(200),
    currency: z.string().refine(isCurrency, 'must be a currency code such as USD'),
    timeZone: z.string().max(100).refine(isTimeZone, 'must be a time zone such as Asia/Shanghai'),
    locale: z.enum(languages),
  }),
  { name: 'Patron', currency: 'USD', timeZone: 'UTC', locale: 'en' },
)

/** How many days the files of finished imports are kept; what was rejected in them stays with the import. */
export const uploadsSetting = setting('organization.uploads', z.object({ keptDays: z.int().min(1).max(3650) }), { keptDays: 90 })

/** Roles whose holders must have a second factor: without one they can do nothing but set it up. */
export const secondFactorSetting = setting(
  'organization.second-factor',
  z.object({ roles: z.array(z.string().max(60)).max(100) }),
  { roles: [] },
  guarded,
)

/** The company's own sign-in provider (OpenID Connect). Its secret is kept apart, sealed. */
export const singleSignOnSetting = setting(
  'organization.single-sign-on',
  z
    .object({
      enabled: z.boolean(),
      /** What the button says. */
      name: z.string().trim().max(60),
      issuer: z.string().trim().max(500),
      clientId: z.string().trim().max(300),
      domains: z.array(z.string().trim().toLowerCase().regex(z.regexes.domain, 'must be a domain such as example.com')).max(50),
      createsUsers: z.boolean(),
      role: z.string().max(60),
      /** Whether it may lie in the company's own network. */
      ownNetwork: z.boolean(),
    })
    .refine(({ enabled, issuer }) => !enabled || isProvider(issuer), {
      path: ['issuer'],
      message: 'must be an address that begins with https://',
    })
    .refine(({ enabled, clientId }) => !enabled || clientId !== '', { path: ['clientId'], message: 'must be given' })
    .refine(({ enabled, domains }) => !enabled || domains.length > 0, { path: ['domains'], message: 'must name at least one domain' }),
  { enabled: false, name: '', issuer: '', clientId: '', domains: [], createsUsers: false, role: 'agent', ownNetwork: false },
  guarded,
)

/** http only on this very machine, for trying out. */
const isProvider = (issuer: string) =>
  URL.canParse(issuer) && /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])/.test(new URL(issuer).href)

/** How the company shows itself on its pages for customers, where they write to, and which sites may show these pages inside of theirs. */
export const customerPagesSetting = setting(
  'organization.customer-pages',
  z.object({
    email: z
      .string()
      .trim()
      .max(254)
      .refine((email) => email === '' || z.regexes.email.test(email), 'must be an e-mail address'),
    colour: z
      .string()
      .toLowerCase()
      .refine((colour) => colour === '' || /^#[0-9a-f]{6}$/.test(colour), 'must be a colour such as #1d5f52'),
    logo: z
      .string()
      .max(90_000, 'must be a picture of at most 60 kB')
      .refine((logo) => logo === '' || isLogo(logo), 'must be a picture: PNG, JPEG or WebP'),
    sites: z.array(z.string().trim().max(200).refine(isSite, 'must be the address of a site such as https://www.example.com')).max(20),
  }),
  { email: '', colour: '', logo: '', sites: [] },
  { readBy: 'organization.manage' },
)

/** How many days it is kept who looked at which customer; what was done is kept for ever. */
export const auditSetting = setting('organization.audit', z.object({ readsKeptDays: z.int().min(30).max(3650) }), { readsKeptDays: 400 })

/** When backups are written, where (a name stands inside the data folder), and how many days, weeks and months keep one. */
export const backupsSetting = setting(
  'organization.backups',
  z.object({
    enabled: z.boolean(),
    hour: z.int().min(0).max(23),
    folder: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .refine((path) => !path.split(/[\\/]/).includes('..') && !path.includes('\0'), 'must be a name, or a whole path without ..'),
    daily: z.int().min(1).max(366),
    weekly: z.int().min(0).max(520),
    monthly: z.int().min(0).max(240),
    beforeUpgrade: z.boolean(),
  }),
  { enabled: true, hour: 2, folder: 'backups', daily: 7, weekly: 4, monthly: 6, beforeUpgrade: true },
  guarded,
)

/**
 * What holds for a setting whose stored value is given; undefined where nobody has set it. Fields that a later version added take their initial values.
 * A stored value that no longer fits is an error that names the setting, never silently something else.
 */
export function settingValue<S extends z.ZodType>(setting: Setting<S>, stored: unknown): z.output<S> {
  if (stored === undefined) return setting.initial
  const initial: unknown = z.encode(setting.schema, setting.initial)
  const whole = isRecord(stored) && isRecord(initial) ? { ...initial, ...stored } : stored
  const parsed = setting.schema.safeParse(whole)
  if (!parsed.success) throw new Error(`The setting ${setting.key} holds a value that does not fit: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
