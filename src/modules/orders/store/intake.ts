import type { Db } from '#platform/database/connection.ts'
import type { IntakeForm, IntakeSignature } from '../domain/intake/forms.ts'

export interface Intake {
  readonly id: string
  readonly name: string
  readonly source: string
  readonly form: IntakeForm
  readonly signature: IntakeSignature
  readonly token: Buffer
  readonly secret: Buffer
  readonly version: number
  readonly createdAt: Date
  readonly disabledAt: Date | null
}
export type IntakeValues = Pick<Intake, 'name' | 'source' | 'form' | 'signature'>

export async function allIntakes(db: Db): Promise<(Intake & { readonly hasFailed: boolean })[]> {
  const rows = await db
    .selectFrom('orders.intake')
    .select(columns)
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('orders.intake_delivery as d')
            .select('d.id')
            .whereRef('d.intake_id', '=', 'orders.intake.id')
            .where('d.state', '=', 'failed'),
        )
        .as('hasFailed'),
    )
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...intakeOf(row), hasFailed: Boolean(row.hasFailed) }))
}

export async function intakeById(db: Db, id: string): Promise<Intake | undefined> {
  const row = await db.selectFrom('orders.intake').select(columns).where('id', '=', id).executeTakeFirst()
  return row && intakeOf(row)
}

export async function intakeByToken(db: Db, tokenHash: Buffer): Promise<Intake | undefined> {
  const row = await db.selectFrom('orders.intake').select(columns).where('token_hash', '=', tokenHash).executeTakeFirst()
  return row && intakeOf(row)
}

export interface NewIntake extends IntakeValues {
  readonly id: string
  readonly tokenHash: Buffer
  readonly token: Buffer
  readonly secret: Buffer
  readonly by: string
  readonly now: Date
}

export const addIntake = (db: Db, { tokenHash, by, now, ...intake }: NewIntake) =>
  db
    .insertInto('orders.intake')
    .values({ ...intake, token_hash: tokenHash, version: 1, created_by: by, created_at: now })
    .execute()

/** False where somebody else has changed it since the given version. */
export async function changeIntake(db: Db, id: string, values: Pick<IntakeValues, 'name'>, version: number): Promise<boolean> {
  const row = await db
    .updateTable('orders.intake')
    .set({ ...values, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export const switchIntake = (db: Db, id: string, disabledAt: Date | null) =>
  db.updateTable('orders.intake').set({ disabled_at: disabledAt }).where('id', '=', id).execute()

export const replaceIntakeSecret = (db: Db, id: string, secret: Buffer) =>
  db.updateTable('orders.intake').set({ secret }).where('id', '=', id).execute()

/** It goes with everything that came to it; the orders stay. */
/** False where it is not the given version any more. */
export const removeIntake = async (db: Db, id: string, version: number): Promise<boolean> =>
  (await db.deleteFrom('orders.intake').where('id', '=', id).where('version', '=', version).returning('id').executeTakeFirst()) !==
  undefined

const columns = [
  'id',
  'name',
  'source',
  'form',
  'signature',
  'token',
  'secret',
  'version',
  'created_at as createdAt',
  'disabled_at as disabledAt',
] as const

const intakeOf = (row: Omit<Intake, 'form' | 'signature'> & { readonly form: string; readonly signature: string }): Intake => ({
  ...row,
  form: row.form as IntakeForm,
  signature: row.signature as IntakeSignature,
})
