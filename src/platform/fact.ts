import { z } from 'zod'

/** Something that happened, in the past tense. Published inside the transaction that made it true, carrying the values that were true then. */
export interface Fact<S extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly payload: S
}

/** `fact('orders.placed', z.object({ customerId: z.uuid(), … }))`. A payload with a `customerId` is found again on that customer's timeline. */
export const fact = <S extends z.ZodType>(name: `${string}.${string}`, payload: S): Fact<S> => ({ name, payload })

/** A name that we or an administrator gave to a thing of the product (a setting, a role, a field), never a word about a person; it may be told to other systems. */
export const code = z.string().meta({ code: true })

export type Publish = <S extends z.ZodType>(fact: Fact<S>, payload: z.input<S>) => Promise<void>
