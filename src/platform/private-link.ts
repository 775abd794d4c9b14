/**
 * Private links: whoever has one sees one thing without signing in, such as the course of their case. A link has a purpose, ends after a time, and can be revoked; of its token only the hash
 * is kept.
 *
 *   const { token } = await makeLink(context, { purpose: 'cases.follow', thingId: caseId, customerId, days: 90 })
 *   `${house.address}${requestOf(casesApi.follow, { token }).url}`                         the address to be mailed
 *   endpoint('GET /p/cases/:token', { kind: 'page', link: 'cases.follow', … })              the shell opens it
 *   const { thingId, customerId } = linkOf(context)                                          and the action reads it
 */
import { timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from './context.ts'
import type { Db } from './database/connection.ts'
import { hashOf, randomToken } from './sign-in/credentials.ts'
import { standingTopic, tellStream } from './stream.ts'

export interface PrivateLink {
  readonly id: string
  /** `<module>.<purpose>`. */
  readonly purpose: string
  readonly thingId: string
  /** Whom it was made for, under the id that is theirs now; null where nobody is known yet. */
  readonly customerId: string | null
  /** It was shown to whoever typed something, and proves nothing of who they are: by it less is seen. */
  readonly narrow: boolean
  readonly expiresAt: Date
}

export interface NewLink {
  readonly purpose: `${string}.${string}`
  readonly thingId: string
  readonly customerId: string | null
  readonly days: number
  readonly narrow?: boolean
}

export async function makeLink({ db, now, newId }: Context, link: NewLink): Promise<{ id: string; token: string; expiresAt: Date }> {
  const id = newId()
  const token = randomToken()
  const expiresAt = new Date(now.getTime() + link.days * 86_400_000)
  await db
    .insertInto('platform.private_link')
    .values({
      id,
      token_hash: hashOf(token),
      ...purposeOf(link.purpose),
      thing_id: link.thingId,
      customer_id: link.customerId,
      narrow: link.narrow ?? false,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return { id, token, expiresAt }
}

/** The link of a token, where it holds now and was made for this. One that was made up, has ended or was revoked costs the same look and answers the same. */
export async function findLink(db: Db, purpose: string, token: string, now: Date): Promise<PrivateLink | null> {
  const hash = hashOf(token)
  const row = await db.selectFrom('platform.private_link').selectAll().where('token_hash', '=', hash).executeTakeFirst()
  const isRight = timingSafeEqual(row?.token_hash ?? nobody, hash)
  if (!row || !isRight || row.revoked_at !== null || row.expires_at <= now || `${row.module}.${row.purpose}` !== purpose) return null
  return { id: row.id, purpose, thingId: row.thing_id, customerId: row.customer_id, narrow: row.narrow, expiresAt: row.expires_at }
}
const nobody = Buffer.alloc(32)

/** A text without the keys of the links that stand in it, as also programs between us and whoever reads a mail write them; what is kept of a text opens nothing. Pure. */
export const struckLinks = (text: string): string => text.replace(linkIn, '$1…')
const linkIn = /((?:\/|%2F)(?:p|[a-z-]{1,40}-links)(?:(?:\/|%2F)[a-z-]{1,40}){0,2}(?:\/|%2F))[\w-]{43}(?![\w-])/gi

/** Of an action behind a private link: the link. */
export function linkOf({ link }: Context): PrivateLink {
  if (!link) throw new Error('Only an endpoint that asks for a private link has one')
  return link
}

/** A link as those see it who made it; nobody can see its token again. */
export interface LinkView {
  readonly id: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly revokedAt: Date | null
  readonly narrow: boolean
  /** How often it was opened, and when last. */
  readonly uses: number
  readonly usedAt: Date | null
}

/** The links of a thing for a purpose, the newest first. */
export async function linksOf(db: Db, purpose: NewLink['purpose'], thingId: string): Promise<LinkView[]> {
  const { module, purpose: what } = purposeOf(purpose)
  const rows = await db
    .selectFrom('platform.private_link')
    .select(['id', 'created_at', 'expires_at', 'revoked_at', 'narrow', 'uses', 'used_at'])
    .where('module', '=', module)
    .where('thing_id', '=', thingId)
    .where('purpose', '=', what)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    narrow: row.narrow,
    uses: row.uses,
    usedAt: row.used_at,
  }))
}

/** Ends links of a thing: all of a purpose, or one. What is open by them closes within five seconds. Answers how many ended. */
export async function revokeLinks(
  context: Pick<Context, 'db' | 'now'>,
  purpose: NewLink['purpose'],
  thingId: string,
  id?: string,
): Promise<number> {
  const { module, purpose: what } = purposeOf(purpose)
  const rows = await context.db
    .updateTable('platform.private_link')
    .set({ revoked_at: context.now })
    .where('module', '=', module)
    .where('thing_id', '=', thingId)
    .where('purpose', '=', what)
    .where('revoked_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id!))
    .returning('id')
    .execute()
  if (rows.length > 0) await tellStream(context, [{ topic: standingTopic, kind: 'changed' }])
  return rows.length
}

/** Lets the links that were made before for a thing end by a moment; those that end sooner stay as they are. The narrow ones are left alone. */
export async function endEarlierLinks({ db }: Pick<Context, 'db'>, purpose: NewLink['purpose'], thingId: string, by: Date): Promise<void> {
  const { module, purpose: what } = purposeOf(purpose)
  await db
    .updateTable('platform.private_link')
    .set({ expires_at: by })
    .where('module', '=', module)
    .where('thing_id', '=', thingId)
    .where('purpose', '=', what)
    .where('narrow', '=', false)
    .where('expires_at', '>', by)
    .execute()
}

/** What must outlive a restore: a link that was revoked after the backup was written does not come back to life. */
export const carryRevoked = async (db: Db): Promise<readonly string[]> =>
  (await db.selectFrom('platform.private_link').select('id').where('revoked_at', 'is not', null).execute()).map(({ id }) => id)

export async function revokeAgain({ db, now }: Pick<Context, 'db' | 'now'>, carried: unknown): Promise<void> {
  const ids = Array.isArray(carried) ? carried.filter((id) => typeof id === 'string') : []
  if (ids.length === 0) return
  await db
    .updateTable('platform.private_link')
    .set({ revoked_at: now })
    .where('revoked_at', 'is', null)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute()
}

const keptDays = 30

/** Forgets links some time after their end; until then it can be seen whether they were opened. */
export const forgetLinks = (db: Db, now: Date) =>
  db
    .deleteFrom('platform.private_link')
    .where('expires_at', '<', new Date(now.getTime() - keptDays * 86_400_000))
    .execute()

/** How often links were opened: noted in memory, written in batches beside the requests, because looking writes nothing. */
export interface LinkUses {
  note(id: string, at: Date): void
  write(): Promise<void>
  stop(): Promise<void>
}

const everyMilliseconds = 10_000

export function noteLinkUses(db: Db, onProblem: (error: unknown) => void): LinkUses {
  const noted = new Map<string, { at: Date; times: number }>()
  async function write(): Promise<void> {
    const uses = [...noted]
    noted.clear()
    if (uses.length === 0) return
    const ids = uses.map(([id]) => id)
    const moments = uses.map(([, { at }]) => at.toISOString())
    const times = uses.map(([, one]) => one.times)
    await sql`
      update platform.private_link l set uses = l.uses + n.times, used_at = greatest(l.used_at, n.at)
      from unnest(${ids}::uuid[], ${moments}::timestamptz[], ${times}::int[]) as n (id, at, times) where l.id = n.id`.execute(db)
  }
  const timer = setInterval(() => void write().catch(onProblem), everyMilliseconds)
  timer.unref()
  return {
    note(id, at) {
      const before = noted.get(id)
      noted.set(id, { at, times: (before?.times ?? 0) + 1 })
    },
    write,
    async stop() {
      clearInterval(timer)
      await write().catch(onProblem)
    },
  }
}

function purposeOf(name: string): { module: string; purpose: string } {
  const [module = '', purpose = ''] = name.split('.')
  if (!module || !purpose) throw new Error(`${name} is no purpose; it is called <module>.<purpose>`)
  return { module, purpose }
}
