import { randomBytes } from 'node:crypto'
import type { Context } from '#platform/context.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import { hashOf, randomToken } from '#platform/sign-in/credentials.ts'
import type { intakeApi } from '../api/intake.ts'
import { deliveriesDue } from '../facts/intake-due.ts'
import { messageReceived } from '../facts.ts'
import {
  addIntake,
  allIntakes,
  changeIntake,
  type Intake,
  intakeById,
  intakeByToken,
  removeIntake,
  replaceIntakeSecret,
  switchIntake,
} from '../store/intake.ts'
import { addDelivery, deliveriesBefore, repeatDelivery } from '../store/intake-deliveries.ts'
import { isPing, isStandardSecret, signedBy } from './intake-signature.ts'

const mostIntakes = 50

export const intakeActions: Actions<typeof intakeApi> = {
  async intakes(context) {
    const items = await allIntakes(context.db)
    return { items: await Promise.all(items.map(async ({ hasFailed, ...intake }) => viewOf(context, intake, hasFailed))) }
  },

  async addIntake(context, { secret: given, ...values }) {
    const { db, now, actor } = context
    if ((await allIntakes(db)).length >= mostIntakes)
      throw refuse('conflict', 'too-many-intakes', `There are ${mostIntakes} already; remove one first`, { values: { most: mostIntakes } })
    const id = context.newId()
    const token = randomToken()
    const secret = secretFor(values.signature, given)
    const sealed = { token: await seal(context, id, 'token', token), secret: await seal(context, id, 'secret', secret) }
    await addIntake(db, { ...values, ...sealed, id, tokenHash: hashOf(token), by: actor.id, now })
    return { intake: await view(context, id), secret: given === undefined ? secret : null }
  },

  async changeIntake(context, { id, version, name }) {
    await existing(context, id)
    if (!(await changeIntake(context.db, id, { name }, version))) throw changedMeanwhile()
    return view(context, id)
  },

  async switchIntake(context, { id, enabled }) {
    await existing(context, id)
    await switchIntake(context.db, id, enabled ? null : context.now)
    return view(context, id)
  },

  async replaceIntakeSecret(context, { id, secret: given }) {
    const { signature } = await existing(context, id)
    const secret = secretFor(signature, given)
    await replaceIntakeSecret(context.db, id, await seal(context, id, 'secret', secret))
    return { intake: await view(context, id), secret: given === undefined ? secret : null }
  },

  async removeIntake(context, { id, version }) {
    await existing(context, id)
    if (!(await removeIntake(context.db, id, version))) throw changedMeanwhile()
    return {}
  },

  async intakeDeliveries(context, { id, cursor, limit = defaultPageSize }) {
    await existing(context, id)
    const before = cursor === undefined ? null : String(placeOf(cursor, ['uuid'])[0])
    const rows = await deliveriesBefore(context.db, id, before, limit + 1)
    const shown = rows.slice(0, limit)
    return {
      items: shown.map((row) => ({ ...row, problems: row.problems.map((problem) => ({ ...problem })) })),
      next: rows.length > limit ? cursorOf([shown.at(-1)!.id]) : null,
    }
  },

  async repeatIntake(context, { id, deliveryId }) {
    await existing(context, id)
    if (!(await repeatDelivery(context.db, id, deliveryId, context.now)))
      throw refuse('missing', 'no-such-delivery', 'There is no such message that is not in')
    await context.wake(deliveriesDue, {})
    return {}
  },

  async receiveOrders(context, { token, body: encoded, headers }) {
    const body = Buffer.from(encoded, 'base64')
    if (isPing(headers, body)) return { received: true as const }
    const intake = await intakeByToken(context.db, hashOf(token))
    // An address that does not exist costs the same work as one whose signature is wrong, and gets the same answer.
    const secret = intake ? await open(context, intake.id, 'secret', intake.secret) : randomBytes(32).toString('base64')
    const signed = signedBy(intake?.signature ?? 'standard', secret, headers, body, context.now)
    if (!intake || intake.disabledAt || !signed)
      throw refuse('missing', 'no-such-intake', 'There is nothing at this address, or the signature is not right')
    const id = context.newId()
    const fresh = await addDelivery(context.db, { ...signed, id, intakeId: intake.id, body, now: context.now })
    if (!fresh) return { received: true as const }
    await context.publish(messageReceived, { intakeId: intake.id, deliveryId: id })
    return { received: true as const }
  },
}

async function existing({ db }: Context, id: string): Promise<Intake> {
  const intake = await intakeById(db, id)
  if (!intake) throw refuse('missing', 'no-such-intake', 'There is no such address')
  return intake
}

/** The secret that the shop gave, or a new one. */
function secretFor(signature: Intake['signature'], given: string | undefined): string {
  const made = randomBytes(32).toString('base64')
  if (given === undefined) return signature === 'standard' ? `whsec_${made}` : made.replace(/[+/=]/g, '')
  if (signature === 'standard' && !isStandardSecret(given)) {
    const detail = 'It begins with whsec_ and holds at least 24 bytes in base64'
    throw refuse('invalid', 'not-a-secret', detail, { fields: [{ field: 'secret', reason: 'not-a-secret', detail }] })
  }
  return given
}

const view = async (context: Context, id: string) => viewOf(context, await existing(context, id), false)

async function viewOf(context: Context, { token, secret: _, ...intake }: Intake, hasFailed: boolean) {
  const way = `/api/v1/order-intake/${await open(context, intake.id, 'token', token)}`
  return { ...intake, hasFailed, address: `${context.house.address ?? ''}${way}` }
}

const seal = (context: Context, id: string, what: 'token' | 'secret', text: string) =>
  sealingOf(context).seal(text, `order-intake ${id} ${what}`)
const open = (context: Context, id: string, what: 'token' | 'secret', sealed: Buffer) =>
  sealingOf(context).open(sealed, `order-intake ${id} ${what}`)

function sealingOf({ house }: Context) {
  if (!house.sealing) throw new Error('Addresses for orders are there only where secrets can be sealed')
  return house.sealing
}
