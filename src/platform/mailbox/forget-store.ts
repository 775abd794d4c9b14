import { sql } from 'kysely'
import type { Db } from '../database/connection.ts'
import { mailedMediaType, removeMailedFiles } from '../files.ts'

/** What a forgotten mail leaves: that it came, so that it does not come again. */
const nothingIn = {
  message_id: null,
  in_reply_to: null,
  reference_ids: [] as string[],
  from_name: '',
  from_address: null,
  reply_to: null,
  recipients: '{"to": [], "cc": []}',
  subject: '',
  body: '',
  html: null,
  attachments: '[]',
  verdicts: null,
  due_at: null,
  problem: null,
}
const nothingOut = {
  to_name: '',
  to_address: '',
  copies: '[]',
  subject: '',
  body: '',
  html: null,
  sealed_link: null,
  attachments: '[]',
  due_at: null,
  problem_detail: null,
}

/** Forgets what mails say that were settled so long ago as their mailbox says; at most so many at once. Answers how many. */
export async function forgetSettled(db: Db, now: Date, most: number): Promise<number> {
  const { rows: old } = await sql<{ id: string }>`
    select m.id from platform.mail_in m join platform.mailbox b on b.id = m.mailbox_id
    where m.forgotten_at is null and m.settled_at < ${now}::timestamptz - make_interval(days => b.kept_days)
    order by m.settled_at limit ${most}`.execute(db)
  await forgetMails(
    db,
    old.map(({ id }) => id),
    now,
  )
  const { rows: sent } = await sql<{ id: string }>`
    select o.id from platform.mail_out o left join platform.mailbox b on b.id = o.mailbox_id
    where o.forgotten_at is null and o.settled_at < ${now}::timestamptz - make_interval(days => coalesce(b.kept_days, 90))
    order by o.settled_at limit ${most}`.execute(db)
  await forgetMailsOut(
    db,
    sent.map(({ id }) => id),
    now,
  )
  return old.length + sent.length
}

async function forgetMails(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<{ id: string }>`
    select (a->>'fileId')::uuid as id from platform.mail_in m, jsonb_array_elements(m.attachments) a where m.id = any(${ids}::uuid[])`.execute(
    db,
  )
  await removeMailedFiles(
    db,
    rows.map(({ id }) => id),
  )
  await db
    .updateTable('platform.mail_in')
    .set((eb) => ({
      ...nothingIn,
      forgotten_at: now,
      settled_at: eb.fn.coalesce('settled_at', eb.val(now)),
      // Nothing is left to hand on.
      state: eb.case().when('state', '=', 'taken').then('taken').else('ignored').end(),
    }))
    .where('id', 'in', ids)
    .execute()
}

async function forgetMailsOut(db: Db, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('platform.mail_out')
    .set((eb) => ({
      ...nothingOut,
      forgotten_at: now,
      settled_at: eb.fn.coalesce('settled_at', eb.val(now)),
      state: eb.case().when('state', '=', 'sent').then('sent').else('failed').end(),
    }))
    .where('id', 'in', ids)
    .execute()
}

/** Forgets every mail from and to some addresses. Answers how many rows of which table. */
export async function forgetCorrespondence(db: Db, addresses: readonly string[], now: Date): Promise<Record<string, number>> {
  const wanted = addresses.map((address) => address.toLowerCase())
  if (wanted.length === 0) return {}
  const received = await db
    .selectFrom('platform.mail_in')
    .select('id')
    // What somebody wrote through a form of another site comes from there, and names them as the one to answer.
    .where((e) => e.or([e('from_address', 'in', wanted), e('reply_to', 'in', wanted)]))
    .execute()
  const sent = await db.selectFrom('platform.mail_out').select('id').where('to_address', 'in', wanted).execute()
  await forgetMails(
    db,
    received.map(({ id }) => id),
    now,
  )
  await forgetMailsOut(
    db,
    sent.map(({ id }) => id),
    now,
  )
  return {
    ...(received.length > 0 ? { 'platform.mail_in': received.length } : {}),
    ...(sent.length > 0 ? { 'platform.mail_out': sent.length } : {}),
  }
}

/** Removes the files of all mails of a mailbox that nothing holds on to. */
export async function removeFilesOf(db: Db, mailboxId: string): Promise<void> {
  await sql`delete from platform.file f using platform.mail_in m, jsonb_array_elements(m.attachments) a
    where m.mailbox_id = ${mailboxId}::uuid and f.id = (a->>'fileId')::uuid and f.media_type = ${mailedMediaType}`.execute(db)
}

/** Removes files of mails that a crash kept from being noted. */
export async function sweepMailedFiles(db: Db, before: Date): Promise<void> {
  await sql`delete from platform.file f where f.media_type = ${mailedMediaType} and f.created_at < ${before}::timestamptz
    and f.id not in (select (a->>'fileId')::uuid from platform.mail_in m, jsonb_array_elements(m.attachments) a where m.forgotten_at is null)`.execute(
    db,
  )
}
