import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'

type Security = 'tls' | 'starttls' | 'plain'
type AfterTaking = 'seen' | 'move' | 'delete'
export type Signatures = Readonly<Record<'en' | 'zh-CN' | 'zh-TW', string>>

/** What people say about a mailbox. */
export interface MailboxValues {
  readonly name: string
  readonly address: string
  readonly host: string
  readonly port: number
  readonly security: Security
  readonly username: string
  readonly ownNetwork: boolean
  readonly folder: string
  readonly afterTaking: AfterTaking
  readonly moveTo: string | null
  readonly fromStart: boolean
  readonly fromName: string
  readonly signatures: Signatures
  readonly plusAddresses: boolean
  readonly authServer: string | null
  readonly limitMegabytes: number
  readonly hourlyLimit: number
  readonly keptDays: number
}

export interface Mailbox extends MailboxValues {
  readonly id: string
  readonly secret: Buffer
  readonly version: number
  readonly createdAt: Date
  readonly disabledAt: Date | null
  readonly uidValidity: number | null
  readonly lastUid: number
  readonly lookedAt: Date | null
  readonly problem: string | null
  readonly problemDetail: string | null
  readonly failingSince: Date | null
  readonly failures: number
  readonly toldAt: Date | null
}

export const mailboxColumns = [
  'id',
  'name',
  'address',
  'host',
  'port',
  'security',
  'username',
  'secret',
  'own_network as ownNetwork',
  'folder',
  'after_taking as afterTaking',
  'move_to as moveTo',
  'from_start as fromStart',
  'from_name as fromName',
  'signatures',
  'plus_addresses as plusAddresses',
  'auth_server as authServer',
  'limit_megabytes as limitMegabytes',
  'hourly_limit as hourlyLimit',
  'kept_days as keptDays',
  'version',
  'created_at as createdAt',
  'disabled_at as disabledAt',
  'uid_validity as uidValidity',
  'last_uid as lastUid',
  'looked_at as lookedAt',
  'problem',
  'problem_detail as problemDetail',
  'failing_since as failingSince',
  'failures',
  'told_at as toldAt',
] as const

export const mailboxView = (row: Readonly<Record<string, unknown>>): Mailbox => row as unknown as Mailbox

export async function allMailboxes(db: Db): Promise<Mailbox[]> {
  return (await db.selectFrom('platform.mailbox').select(mailboxColumns).orderBy('id').execute()).map(mailboxView)
}

export async function mailboxById(db: Db, id: string): Promise<Mailbox | null> {
  const row = await db.selectFrom('platform.mailbox').select(mailboxColumns).where('id', '=', id).executeTakeFirst()
  return row ? mailboxView(row) : null
}

/** The mailbox of the same server and folder, which two may not read. */
export async function mailboxOn(db: Db, { host, username, folder }: Pick<MailboxValues, 'host' | 'username' | 'folder'>) {
  return db
    .selectFrom('platform.mailbox')
    .select('id')
    .where('host', '=', host)
    .where('username', '=', username)
    .where('folder', '=', folder)
    .executeTakeFirst()
}

const rowOf = (values: MailboxValues) => ({
  name: values.name,
  address: values.address,
  host: values.host,
  port: values.port,
  security: values.security,
  username: values.username,
  own_network: values.ownNetwork,
  folder: values.folder,
  after_taking: values.afterTaking,
  move_to: values.moveTo,
  from_start: values.fromStart,
  from_name: values.fromName,
  signatures: JSON.stringify(values.signatures),
  plus_addresses: values.plusAddresses,
  auth_server: values.authServer,
  limit_megabytes: values.limitMegabytes,
  hourly_limit: values.hourlyLimit,
  kept_days: values.keptDays,
})

export async function addMailbox(
  db: Db,
  {
    id,
    secret,
    by,
    now,
    ...values
  }: MailboxValues & { readonly id: string; readonly secret: Buffer; readonly by: string; readonly now: Date },
): Promise<void> {
  await db
    .insertInto('platform.mailbox')
    .values({ id, ...rowOf(values), secret, version: 1, created_by: by, created_at: now })
    .execute()
}

/** What people changed holds at once: whoever reads the mailbox sees another version and begins anew. `elsewhere`: it is another folder now, of which nothing was read. False where it is not the given version any more. */
export async function changeMailbox(
  db: Db,
  id: string,
  values: MailboxValues,
  { version, secret, elsewhere }: { readonly version: number; readonly secret: Buffer | null; readonly elsewhere: boolean },
): Promise<boolean> {
  const row = await db
    .updateTable('platform.mailbox')
    .set({
      ...rowOf(values),
      ...(secret === null ? {} : { secret }),
      ...(elsewhere ? { uid_validity: null, last_uid: 0 } : {}),
      ...clean,
      version: version + 1,
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Of a mailbox of which nothing is wrong. */
export const clean = { problem: null, problem_detail: null, failing_since: null, failures: 0, told_at: null, paused_until: null }

/** False where it is not the given version any more. */
export const removeMailbox = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.deleteFrom('platform.mailbox').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !==
  undefined

/** Switches it off, or on again with a clean slate. Whoever reads it hears of either by the version. */
export async function switchMailbox(db: Db, id: string, disabledAt: Date | null): Promise<void> {
  await db
    .updateTable('platform.mailbox')
    .set((eb) => ({ disabled_at: disabledAt, ...clean, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Mailboxes that are read and fail, for the doctor. */
export async function failingMailboxes(db: Db): Promise<{ name: string; problem: string; since: Date }[]> {
  const { rows } = await sql<{ name: string; problem: string; since: Date }>`
    select name, problem, failing_since as since from platform.mailbox
    where disabled_at is null and failing_since is not null order by failing_since, name limit 20`.execute(db)
  return rows
}
