import { sql } from 'kysely'
import type { Db } from '#platform/database/connection.ts'
import type { MailAttachment } from '#platform/mailbox/received-mail.ts'
import type { Verdicts } from '#platform/mailbox/verdicts.ts'

export interface CaseMail {
  readonly id: string
  readonly caseId: string
  readonly direction: 'in' | 'out'
  /** The platform's row of it. */
  readonly mailId: string
  readonly mailboxId: string | null
  readonly messageId: string | null
  readonly references: readonly string[]
  readonly fromName: string
  /** In small letters; of one that came in where answers to it go. */
  readonly fromAddress: string
  readonly toAddress: string
  readonly subject: string
  readonly body: string
  readonly html: string | null
  readonly files: readonly MailAttachment[]
  readonly language: string | null
  /** What kind of machine wrote it; null where a person did. */
  readonly automatic: string | null
  /** What the own mail server found about who sent it; null where it is not asked, and of what went out. */
  readonly verdicts?: Verdicts | null
  readonly at: Date
}

const columns = sql`id, case_id as "caseId", direction, mail_id as "mailId", mailbox_id as "mailboxId", message_id as "messageId", reference_ids as "references",
  from_name as "fromName", from_address as "fromAddress", to_address as "toAddress", subject, body, html, files, language, automatic, verdicts, at`

export async function insertMail(db: Db, customerId: string, mail: CaseMail): Promise<void> {
  await db
    .insertInto('cases.mail')
    .values({
      customer_id: customerId,
      id: mail.id,
      case_id: mail.caseId,
      direction: mail.direction,
      mail_id: mail.mailId,
      mailbox_id: mail.mailboxId,
      message_id: mail.messageId,
      reference_ids: [...mail.references],
      from_name: mail.fromName,
      from_address: mail.fromAddress,
      to_address: mail.toAddress,
      subject: mail.subject,
      body: mail.body,
      html: mail.html,
      files: JSON.stringify(mail.files),
      language: mail.language,
      automatic: mail.automatic,
      verdicts: mail.verdicts == null ? null : JSON.stringify(mail.verdicts),
      at: mail.at,
    })
    .execute()
}

/** The mails of some cases of one customer, strictly before a place; the newest first. */
export async function mailsOf(
  db: Db,
  customerId: string,
  caseIds: readonly string[],
  before: { readonly at: Date; readonly id: string } | null,
  limit: number,
): Promise<readonly CaseMail[]> {
  const behind = before ? sql`and (at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``
  const { rows } = await sql<CaseMail>`
    select ${columns} from cases.mail where customer_id = ${customerId}::uuid and case_id = any(${[...caseIds]}::uuid[]) ${behind}
    order by at desc, id desc limit ${limit}`.execute(db)
  return rows
}

export async function mailById(db: Db, customerId: string, id: string): Promise<CaseMail | null> {
  const { rows } =
    await sql<CaseMail>`select ${columns} from cases.mail where customer_id = ${customerId}::uuid and id = ${id}::uuid`.execute(db)
  return rows[0] ?? null
}

/** The newest mail of some cases that a person wrote to us: what is answered. */
export async function lastFromCustomer(db: Db, customerId: string, caseIds: readonly string[]): Promise<CaseMail | null> {
  const { rows } = await sql<CaseMail>`
    select ${columns} from cases.mail where customer_id = ${customerId}::uuid and case_id = any(${[...caseIds]}::uuid[])
      and direction = 'in' and automatic is null
    order by at desc, id desc limit 1`.execute(db)
  return rows[0] ?? null
}

/** Those of some addresses, in small letters, to which a mail of some cases went. */
export async function writtenTo(
  db: Db,
  customerId: string,
  caseIds: readonly string[],
  addresses: readonly string[],
): Promise<ReadonlySet<string>> {
  const small = addresses.map((address) => address.toLowerCase())
  const { rows } = await sql<{ address: string }>`
    select distinct lower(to_address) as address from cases.mail where customer_id = ${customerId}::uuid and case_id = any(${[...caseIds]}::uuid[])
      and direction = 'out' and lower(to_address) = any(${small}::text[])`.execute(db)
  return new Set(rows.map(({ address }) => address))
}

/** Whether a file came or went with a mail of some cases. */
export async function isOfMails(db: Db, customerId: string, caseIds: readonly string[], fileId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from cases.mail where customer_id = ${customerId}::uuid and case_id = any(${[...caseIds]}::uuid[])
      and files @> ${JSON.stringify([{ fileId }])}::jsonb limit 1`.execute(db)
  return rows.length > 0
}

/** Whether a customer has sent this mail already, be it to another mailbox. */
export async function isTaken(db: Db, customerId: string, mailId: string, messageId: string | null): Promise<boolean> {
  const { rows } = await sql`
    select 1 from cases.mail where customer_id = ${customerId}::uuid and direction = 'in'
      and (mail_id = ${mailId}::uuid or message_id = ${messageId}) limit 1`.execute(db)
  return rows.length > 0
}

/** Whose the last mail from an address was; null where none came. */
export async function customerOfSender(db: Db, address: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select customer_id::text as id from cases.mail where from_address = ${address} and direction = 'in' order by at desc limit 1`.execute(
    db,
  )
  return rows[0]?.id ?? null
}

/** The pictures of a mail lie here now; nothing where somebody has fetched them before. */
export async function setPictures(
  db: Db,
  customerId: string,
  { id, html: before, files }: CaseMail,
  html: string,
  more: readonly MailAttachment[],
): Promise<void> {
  await db
    .updateTable('cases.mail')
    .set({ html, files: JSON.stringify([...files, ...more]) })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .where('html', '=', before)
    .execute()
}

/** Files that came or went with mails of these customers. */
export async function filesOfMails(db: Db, customerIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct f->>'fileId' as id from cases.mail m, jsonb_array_elements(m.files) f where m.customer_id = any(${[...customerIds]}::uuid[])`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}
