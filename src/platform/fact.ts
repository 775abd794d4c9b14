import type { z } from 'zod'

/** Something that happened, in the past tense. Published inside the transaction that made it true, carrying the values that were true then. */
export interface Fact<S extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly payload: S
}

/** `fact('orders.placed', z.object({ customerId: z.uuid(), … }))`. A payload with a `customerId` is found again on that customer's timeline. */
export const fact = <S extends z.ZodType>(name: `${string}.${string}`, payload: S): Fact<S> => ({ name, payload })

export type Publish = <S extends z.ZodType>(fact: Fact<S>, payload: z.input<S>) => Promise<void>
