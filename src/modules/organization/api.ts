import { z } from 'zod'
import { endpoint, flag, instant, list, nothing, page, paging } from '#platform/contract.ts'
import { absenceEndpoints } from './api/absences.ts'
import { accessApi } from './api/access.ts'
import { auditApi } from './api/audit.ts'
import { backupsApi } from './api/backups.ts'
import { calendarEndpoints } from './api/calendars.ts'
import { customerPageEndpoints } from './api/customer-pages.ts'
import { departmentEndpoints } from './api/departments.ts'
import { invitationsApi } from './api/invitations.ts'
import { notificationEndpoints } from './api/notifications.ts'
import { roleEndpoints } from './api/roles.ts'
import { singleSignOnApi } from './api/single-sign-on.ts'
import { staffEndpoints } from './api/staff.ts'
import { isCurrency, isTimeZone, languages, scopes, themes } from './domain.ts'

const language = z.enum(languages)
const theme = z.enum(themes)
const name = z.string().trim().min(1).max(120)
const email = z.string().trim().max(254).regex(z.regexes.email, 'must be an e-mail address')
/** Long enough to be worth guessing; the finer checks answer with a reason of their own. */
const password = z.string().max(1000)
/** Which permissions a role holds, and as far as which customers. */
const grants = z.record(z.string().max(100), z.enum(scopes))
/** Some of them: null takes one away, what is not named stays. */
const someGrants = z.record(z.string().max(60), z.record(z.string().max(100), z.enum(scopes).nullable()))
const Role = z.object({ name: z.string(), builtIn: z.boolean(), permissions: grants })
const roles = z.array(z.string().max(60)).max(20)

const profile = z.object({
  name: z.string().trim().min(1).max(200),
  currency: z.string().refine(isCurrency, 'must be a currency code such as USD'),
  timeZone: z.string().max(100).refine(isTimeZone, 'must be a time zone such as Asia/Shanghai'),
  locale: language,
})

export const UserView = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  enabled: z.boolean(),
  /** The password was made by somebody else and was not changed yet. */
  initialPassword: z.boolean(),
  secondFactor: z.boolean(),
  createdAt: instant,
})

export const SettingView = z.object({
  key: z.string(),
  value: z.unknown(),
  initial: z.unknown(),
  /** 0 while nobody has set it; to be sent back with a change. */
  version: z.int(),
  changedAt: instant.nullable(),
  changedBy: z.string().nullable(),
})

/** A password that somebody else now has to be told; it is shown once. Null where a link was sent by mail. */
const oncePassword = z.string().nullable()

export const api = {
  ...auditApi,
  ...backupsApi,
  ...departmentEndpoints,
  ...staffEndpoints,
  ...absenceEndpoints,
  ...roleEndpoints,
  ...calendarEndpoints,
  ...notificationEndpoints,
  ...customerPageEndpoints,
  state: endpoint('GET /organization/state', {
    about: 'nobody',
    summary: 'What a page needs to know before anybody signs in',
    permission: 'public',
    input: nothing,
    result: z.object({
      hasUsers: z.boolean(),
      mailConfigured: z.boolean(),
      /** What the button of the company’s own sign-in provider says; null where there is none. */
      singleSignOn: z.string().nullable(),
      name: z.string(),
      languages: z.array(language),
      shortestPassword: z.int(),
    }),
  }),
  createFirstAdministrator: endpoint('POST /organization/first-administrator', {
    about: 'nobody',
    summary: 'Makes the first administrator with the one-time token of the printed address; works only while there is no user',
    permission: 'public',
    idempotency: 'none',
    input: z.object({ token: z.string().max(200), name, email, password, organization: profile }),
    result: z.object({ userId: z.uuid() }),
  }),
  session: endpoint('GET /organization/session', {
    about: 'nobody',
    summary: 'Who is signed in, with permissions and the organization’s profile',
    permission: 'public',
    input: nothing,
    result: z.object({
      user: z
        .object({ id: z.uuid(), name: z.string(), email: z.string(), roles: z.array(z.string()), initialPassword: z.boolean() })
        .nullable(),
      permissions: z.array(z.string()),
      /** Those of the permissions that end at some customers. */
      limited: z.array(z.string()),
      /** What the person chose on any device; null before the first choice. */
      preference: z.object({ language, theme }).nullable(),
      profile: z.object({ name: z.string(), currency: z.string(), timeZone: z.string(), locale: language }),
      languages: z.array(language),
    }),
  }),
  changeMyself: endpoint('PATCH /organization/session', {
    about: 'nobody',
    summary: 'Changes one’s own name, language or theme',
    permission: 'organization.read',
    input: z.object({ name: name.optional(), language: language.optional(), theme: theme.optional() }),
    result: z.object({ name: z.string(), language, theme }),
  }),
  people: endpoint('GET /organization/people', {
    about: 'nobody',
    summary: 'Names of the people who work here, for showing who did what and choosing who is responsible',
    permission: 'organization.read',
    input: z.object({
      ...paging,
      /** A part of the name. */
      q: z.string().trim().max(100).optional(),
      ids: list(z.uuid()).optional(),
      /** Only those who may sign in, or only those who may not. */
      enabled: flag.optional(),
    }),
    result: page(z.object({ id: z.uuid(), name: z.string(), enabled: z.boolean() })),
  }),
  users: endpoint('GET /organization/users', {
    about: 'nobody',
    summary: 'Everybody who may sign in or once could',
    permission: 'organization.manage-users',
    input: z.object(paging),
    result: page(UserView),
  }),
  changeUserRoles: endpoint('PUT /organization/users/:userId/roles', {
    about: 'nobody',
    summary: 'Gives somebody just these roles; refused when they are no longer those that the writer saw (`before`)',
    permission: 'organization.manage-users',
    input: z.object({ userId: z.uuid(), before: roles, roles }),
    result: UserView,
  }),
  changeUserAccess: endpoint('PUT /organization/users/:userId/access', {
    about: 'nobody',
    summary: 'Lets somebody sign in, or stops them and ends their sessions',
    permission: 'organization.manage-users',
    input: z.object({ userId: z.uuid(), enabled: z.boolean() }),
    result: UserView,
  }),
  replaceUserPassword: endpoint('POST /organization/users/:userId/password', {
    about: 'nobody',
    summary: 'Gives somebody a new first password, shown once, or sends a link by mail that holds for an hour; ends their sessions',
    permission: 'organization.manage-users',
    idempotency: 'none',
    input: z.object({ userId: z.uuid(), by: z.enum(['password', 'mail']).default('password') }),
    result: z.object({ password: oncePassword }),
  }),
  roles: endpoint('GET /organization/roles', {
    about: 'nobody',
    summary: 'Roles with their permissions, and every permission there is',
    permission: 'organization.manage-users',
    input: nothing,
    result: z.object({
      roles: z.array(Role),
      /** `scoped`: it is about customers, so that a role may hold it for some of them only. */
      permissions: z.array(z.object({ name: z.string(), scoped: z.boolean() })),
    }),
  }),
  changeRolePermissions: endpoint('PATCH /organization/roles', {
    about: 'nobody',
    summary:
      'Gives and takes permissions of roles, all or nothing: those that are named, by role, each as far as its scope; null takes one away. `before` is what the writer saw of them. The administrator keeps all',
    permission: 'organization.manage-users',
    input: z.object({ before: someGrants, after: someGrants }),
    result: z.object({ roles: z.array(Role) }),
  }),
  settings: endpoint('GET /organization/settings', {
    about: 'nobody',
    summary: 'Every setting of every module that one may read, with what holds now',
    permission: 'organization.read',
    input: nothing,
    result: z.object({ settings: z.array(SettingView) }),
  }),
  changeSetting: endpoint('PUT /organization/settings/:key', {
    about: 'nobody',
    summary: 'Sets a value; refused when somebody else has changed it since the given version',
    permission: 'organization.manage',
    input: z.object({ key: z.string().max(100), value: z.unknown(), version: z.int().min(0) }),
    result: SettingView,
  }),
  settingHistory: endpoint('GET /organization/settings/:key/changes', {
    about: 'nobody',
    summary: 'Who changed a setting from what to what, newest first',
    permission: 'organization.manage',
    input: z.object({ key: z.string().max(100), ...paging }),
    result: page(
      z.object({
        id: z.uuid(),
        before: z.unknown(),
        after: z.unknown(),
        changedAt: instant,
        changedBy: z.string(),
        changedByName: z.string().nullable(),
      }),
    ),
  }),
  ...accessApi,
  ...invitationsApi,
  ...singleSignOnApi,
}
