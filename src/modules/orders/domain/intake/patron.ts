import { field, listIn, type Mapped, momentIn, textIn } from './fields.ts'

const fields = ['number', 'customer', 'customerName', 'cancelled', 'day', 'placedAt', 'currency', 'channel', 'campaign', 'lines', 'terms']

/** Orders in the shape of POST /orders/batch, `{ orders: […] }`; each may say with `updatedAt` when its state came to be. */
export function fromPatron(document: unknown): Mapped[] {
  if (field(document, 'orders') === undefined)
    return [{ number: null, reason: 'not-an-order', detail: 'The message holds no list of orders' }]
  return listIn(document, 'orders').map((given): Mapped => {
    const number = textIn(given, 'number')
    if (number === null) return { number, reason: 'number-missing', detail: 'An order has no number' }
    const order = Object.fromEntries(fields.flatMap((name) => (field(given, name) === undefined ? [] : [[name, field(given, name)]])))
    return { number, stateAt: momentIn(given, 'updatedAt'), order }
  })
}
