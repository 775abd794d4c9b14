import { generate } from 'lean-qr'
import { Secret, TOTP } from 'otpauth'
import type { Db } from '../database/connection.ts'
import type { Sealing } from '../sealing.ts'
import { hashOf, randomWord } from './credentials.ts'

/** RFC 6238 as every authenticator app has it: SHA-1, six figures, half a minute. A code of the half minute before or after is taken too, for clocks that differ. */
const periodSeconds = 30
const tolerance = 1
const recoveryCodes = 10

export interface SetUp {
  /** For typing into the app, in groups of four. */
  readonly key: string
  readonly address: string
  /** The address as a QR code: a square of `size` modules, and the dark ones as a path. */
  readonly code: { readonly size: number; readonly path: string }
}

/** A new secret for somebody who has no confirmed second factor; one that was begun before is forgotten. Null where there is a confirmed one. */
export async function beginSecondFactor(
  db: Db,
  sealing: Sealing,
  person: { readonly id: string; readonly email: string; readonly organization: string },
  now: Date,
): Promise<SetUp | null> {
  const secret = new Secret({ size: 20 })
  const sealed = await sealing.seal(secret.base32, purposeOf(person.id))
  const begun = await db
    .insertInto('platform.second_factor')
    .values({ user_id: person.id, secret: sealed, made_at: now })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet((eb) => ({ secret: eb.ref('excluded.secret'), made_at: eb.ref('excluded.made_at'), last_step: null }))
        .where('platform.second_factor.confirmed_at', 'is', null),
    )
    .returning('user_id')
    .executeTakeFirst()
  if (!begun) return null
  const address = new TOTP({ ...form, issuer: person.organization, label: person.email, secret }).toString()
  return { key: secret.base32.match(/.{1,4}/g)!.join(' '), address, code: drawn(address) }
}

/** Whether the code is right and was not used before. Using it up and looking whether it was are one statement, so that of two at once one passes. */
export async function takeCode(db: Db, sealing: Sealing, userId: string, code: string, now: Date): Promise<boolean> {
  const row = await db.selectFrom('platform.second_factor').select('secret').where('user_id', '=', userId).executeTakeFirst()
  if (!row || !/^\d{6}$/.test(code)) return false
  const totp = new TOTP({ ...form, secret: Secret.fromBase32(await sealing.open(row.secret, purposeOf(userId))) })
  const off = totp.validate({ token: code, timestamp: now.getTime(), window: tolerance })
  if (off === null) return false
  const step = Math.floor(now.getTime() / 1000 / periodSeconds) + off
  const taken = await db
    .updateTable('platform.second_factor')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where((eb) => eb.or([eb('last_step', 'is', null), eb('last_step', '<', step)]))
    .returning('user_id')
    .executeTakeFirst()
  return taken !== undefined
}

/** Uses up a recovery code; false where it is not one or was used. */
export async function takeRecoveryCode(db: Db, userId: string, code: string, now: Date): Promise<boolean> {
  const used = await db
    .updateTable('platform.recovery_code')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('code_hash', '=', hashOf(plainCode(code)))
    .where('used_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return used !== undefined
}

/** From now on the second factor is asked for. False where there was nothing to confirm. */
export async function confirmSecondFactor(db: Db, userId: string, now: Date): Promise<boolean> {
  const confirmed = await db
    .updateTable('platform.second_factor')
    .set({ confirmed_at: now })
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return confirmed !== undefined
}

/** New codes in place of all earlier ones. They are shown once; only their hashes stay. */
export async function newRecoveryCodes(db: Db, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodes }, () => `${randomWord(5)}-${randomWord(5)}-${randomWord(5)}`)
  await db.deleteFrom('platform.recovery_code').where('user_id', '=', userId).execute()
  await db
    .insertInto('platform.recovery_code')
    .values(codes.map((code) => ({ user_id: userId, code_hash: hashOf(plainCode(code)) })))
    .execute()
  return codes
}

/** Takes the second factor and its recovery codes away; false where there was none. */
export async function removeSecondFactor(db: Db, userId: string): Promise<boolean> {
  const removed = await db.deleteFrom('platform.second_factor').where('user_id', '=', userId).returning('confirmed_at').executeTakeFirst()
  return removed?.confirmed_at != null
}

export interface SecondFactor {
  readonly since: Date
  readonly recoveryCodesLeft: number
}

/** The confirmed second factors of some users. */
export async function secondFactorsOf(db: Db, userIds: readonly string[]): Promise<Map<string, SecondFactor>> {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('platform.second_factor as f')
    .leftJoin('platform.recovery_code as c', (join) => join.onRef('c.user_id', '=', 'f.user_id').on('c.used_at', 'is', null))
    .select(['f.user_id', 'f.confirmed_at', (eb) => eb.fn.count<string>('c.code_hash').as('left')])
    .where('f.user_id', 'in', userIds)
    .where('f.confirmed_at', 'is not', null)
    .groupBy(['f.user_id', 'f.confirmed_at'])
    .execute()
  return new Map(rows.map((row) => [row.user_id, { since: row.confirmed_at!, recoveryCodesLeft: Number(row.left) }]))
}

const form = { algorithm: 'SHA1', digits: 6, period: periodSeconds } as const
const purposeOf = (userId: string) => `second factor of ${userId}`

/** As people may type it: capitals, blanks and hyphens make no difference. */
const plainCode = (code: string) =>
  code
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

function drawn(text: string): SetUp['code'] {
  const bitmap = generate(text)
  const { size } = bitmap
  let path = ''
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if (bitmap.get(x, y)) path += `M${x} ${y}h1v1h-1z`
  return { size, path }
}
