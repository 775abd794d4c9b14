import type { Context } from '#platform/context.ts'
import { inSavepoint } from '#platform/database/connection.ts'
import { isPassing } from '#platform/database/passing.ts'
import { Refusal } from '#platform/refusal.ts'
import { BatchOrder } from '../api.ts'
import { isUnusable, type MappedOrder } from '../domain/intake/fields.ts'
import { mappedOrders } from '../domain/intake/forms.ts'
import { type Intake, intakeById } from '../store/intake.ts'
import { type DueDelivery, type IntakeProblem, knownStates, noteAttempt, noteStates, takeDueDelivery } from '../store/intake-deliveries.ts'
import { writeActions } from './write.ts'

/** How long is waited after each failure, in minutes: what is missing, such as the rate of a day, may come by itself. */
const waits = [5, 60, 360, 1440]
/** Without a signed moment of its own a message is only believed while what it tells is so young. */
const youngDays = 3
const mostOrders = 1000

/** Brings in the orders of the message that has waited longest; false where none waits. */
export async function bringDueDelivery(context: Context): Promise<boolean> {
  const { db, now } = context
  const delivery = await takeDueDelivery(db, now)
  if (!delivery) return false
  const intake = (await intakeById(db, delivery.intakeId))!
  const { brought, problems } = await bring(context, intake, delivery)
  const attempts = delivery.attempts + 1
  const wait = problems.some(({ reason }) => !hopeless.has(reason)) ? waits[attempts - 1] : undefined
  const state = problems.length === 0 ? 'done' : wait === undefined ? 'failed' : 'waiting'
  const dueAt = new Date(now.getTime() + (wait ?? 0) * 60_000)
  await noteAttempt(db, delivery.id, { state, attempts, dueAt, brought, problems: problems.slice(0, 100).map(storable), at: now })
  return true
}

/** No waiting helps with these; they are tried again when a person says so. */
const hopeless: ReadonlySet<string> = new Set([
  'not-json',
  'not-an-order',
  'number-missing',
  'customer-missing',
  'lines-missing',
  'amount-unreadable',
  'bad-text',
  'invalid-order',
  'too-many-orders',
  'too-old',
  'time-missing',
])

interface Usable {
  readonly number: string
  readonly stateAt: number | null
  readonly order: BatchOrder
}

async function bring(context: Context, intake: Intake, delivery: DueDelivery): Promise<{ brought: number; problems: IntakeProblem[] }> {
  const read = documentOf(delivery.body)
  if ('reason' in read) return { brought: 0, problems: [{ number: null, ...read }] }
  const mapped = mappedOrders(intake.form, read.document)
  if (mapped.length > mostOrders)
    return { brought: 0, problems: [{ number: null, reason: 'too-many-orders', detail: `A message holds at most ${mostOrders} orders` }] }
  const problems: IntakeProblem[] = []
  const usable: Usable[] = []
  for (const one of mapped) {
    const checked = isUnusable(one) ? one : checkedOrder(intake, delivery, one)
    if ('reason' in checked) problems.push(checked)
    else usable.push(checked)
  }
  const { brought, refused } = await writeAll(context, intake, await newestStates(context, intake, usable))
  return { brought, problems: [...problems, ...refused] }
}

function documentOf(body: Buffer): { readonly document: unknown } | Omit<IntakeProblem, 'number'> {
  try {
    return { document: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) }
  } catch {
    return { reason: 'not-json', detail: 'The message is not JSON' }
  }
}

function checkedOrder({ signature }: Intake, { receivedAt }: DueDelivery, { number, stateAt, order }: MappedOrder): Usable | IntakeProblem {
  if (signature !== 'standard' && stateAt === null)
    return { number, reason: 'time-missing', detail: 'The order does not say when it was changed last' }
  if (signature !== 'standard' && stateAt! < receivedAt.getTime() - youngDays * 86_400_000)
    return { number, reason: 'too-old', detail: `The message tells of a change more than ${youngDays} days before it came` }
  const parsed = BatchOrder.safeParse(order)
  if (parsed.success && /\\u0000|\\ud[89a-f]/i.test(JSON.stringify(parsed.data)))
    return { number, reason: 'bad-text', detail: 'A text holds characters that cannot be stored' }
  if (parsed.success) return { number: parsed.data.number, stateAt, order: parsed.data }
  const issue = parsed.error.issues[0]!
  return { number, reason: 'invalid-order', detail: `${issue.path.join('.')}: ${issue.message}`.slice(0, 300) }
}

/** Of each order the newest state of the message, unless a newer one is in: messages overtake each other. */
async function newestStates({ db }: Context, intake: Intake, usable: readonly Usable[]): Promise<Usable[]> {
  const newest = new Map<string, Usable>()
  for (const one of usable) {
    const other = newest.get(one.number)
    if (!other || (one.stateAt ?? 0) >= (other.stateAt ?? 0)) newest.set(one.number, one)
  }
  const known = await knownStates(db, intake.id, [...newest.keys()])
  return [...newest.values()].filter(({ number, stateAt }) => stateAt === null || stateAt >= (known.get(number)?.getTime() ?? 0))
}

/** All at once, which is quick; where that is refused each by itself, so that one does not keep out the others. */
async function writeAll(
  context: Context,
  intake: Intake,
  orders: readonly Usable[],
): Promise<{ brought: number; refused: IntakeProblem[] }> {
  if (orders.length === 0) return { brought: 0, refused: [] }
  const problem = await write(context, intake, orders)
  if (!problem) return { brought: orders.length, refused: [] }
  if (orders.length === 1) return { brought: 0, refused: [{ number: orders[0]!.number, ...problem }] }
  const refused: IntakeProblem[] = []
  for (const order of orders) {
    const found = await write(context, intake, [order])
    if (found) refused.push({ number: order.number, ...found })
  }
  return { brought: orders.length - refused.length, refused }
}

async function write(context: Context, intake: Intake, orders: readonly Usable[]): Promise<Omit<IntakeProblem, 'number'> | null> {
  const { db } = context
  try {
    await inSavepoint(db, async () => {
      await writeActions.batch(context, { source: intake.source, orders: orders.map(({ order }) => order) })
      const states = orders.flatMap(({ number, stateAt }) => (stateAt === null ? [] : [{ number, at: new Date(stateAt) }]))
      await noteStates(db, intake.id, states)
    })
    return null
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.reason, detail: error.message }
    if (isPassing(error)) throw error
    // Whatever it is that we did not foresee: it is kept with its message, and the others are not held up by it.
    return { reason: 'unexpected', detail: (error instanceof Error ? error.message : String(error)).slice(0, 300) }
  }
}

/** A message may hold characters that the database does not. */
const storable = ({ number, reason, detail }: IntakeProblem): IntakeProblem => ({
  number: number === null ? null : plain(number),
  reason,
  detail: plain(detail),
})
const plain = (text: string) => text.toWellFormed().replaceAll('\u0000', '\ufffd')
