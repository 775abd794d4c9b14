import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import type { Database } from '../database/connection.ts'
import { timeOrderedId } from '../identifier.ts'
import type { Log } from '../log.ts'
import { longestPassword, shortestPassword } from './credentials.ts'
import { idleDays } from './sessions.ts'

export interface LibraryParts {
  readonly database: Database
  readonly secret: string
  readonly address: string
  readonly secure: boolean
  readonly log: Log
  readonly now: () => Date
  /** Called after somebody chose a new password by a link. */
  onPasswordReset(userId: string): Promise<void>
}

/** Carries the address of whoever sent the request from our own reading of it to the library's. */
export const senderHeader = 'x-patron-sender'

/**
 * The sign-in library, with everything switched off that we do ourselves or do not want: sign-up, rate limits by address alone, telemetry, its settings
 * from the environment. Nobody outside this folder knows which library it is.
 */
export const signInLibrary = ({ database, secret, address, secure, log, now, onPasswordReset }: LibraryParts) =>
  betterAuth({
    appName: 'Patron',
    baseURL: address,
    basePath: '/api/auth',
    // As a list, because a list from the environment would otherwise come first.
    secrets: [{ version: 1, value: secret }],
    database: { db: database.db, type: 'postgres', schemaName: 'platform', transaction: true },
    trustedOrigins: [address],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      autoSignIn: false,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: async ({ user }) => onPasswordReset(user.id),
    },
    user: { fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' } },
    session: {
      expiresIn: idleDays * 86_400,
      disableSessionRefresh: true,
      fields: {
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
      },
      additionalFields: {
        awaitsSecondFactor: { type: 'boolean', fieldName: 'awaits_second_factor', input: false, returned: false, defaultValue: true },
      },
    },
    account: {
      accountLinking: { enabled: false },
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => {
            const { disabled, hasSecondFactor } = await standingOf(database, session.userId)
            if (disabled) throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DISABLED', message: 'This account is disabled' })
            // It is born without effect and never had any; only whoever changes the password inside a full session gets a full one in exchange.
            const at = now()
            const dates = { createdAt: at, updatedAt: at, expiresAt: new Date(at.getTime() + idleDays * 86_400_000) }
            const ipAddress = context?.headers?.get(senderHeader) ?? ''
            return {
              data: { ...session, ...dates, ipAddress, awaitsSecondFactor: hasSecondFactor && context?.path !== '/change-password' },
            }
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'patron',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      database: { generateId: () => timeOrderedId(new Date()), validateSchema: false },
      ipAddress: { ipAddressHeaders: [senderHeader] },
      // The shell has checked where the request comes from before the library sees it; addresses to return to are never taken from outside.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      log: (level, message) => {
        if (level === 'error') log.error({ from: 'sign-in' }, message)
        else log.debug({ from: 'sign-in' }, message)
      },
    },
  })

async function standingOf(database: Database, userId: string): Promise<{ disabled: boolean; hasSecondFactor: boolean }> {
  const row = await database.db
    .selectFrom('platform.user as u')
    .leftJoin('platform.second_factor as f', 'f.user_id', 'u.id')
    .select(['u.disabled_at', 'f.confirmed_at'])
    .where('u.id', '=', userId)
    .executeTakeFirst()
  return { disabled: row?.disabled_at != null, hasSecondFactor: row?.confirmed_at != null }
}
