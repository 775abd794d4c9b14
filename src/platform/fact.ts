import { z } from 'zod'

/** Something that happened, in the past tense. Published inside the transaction that made it true, carrying the values that were true then. */
export interface Fact<S extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly payload: S
  /** Fields that name or describe a person: they are kept apart, and an erasure blanks them. */
  readonly personal: readonly string[]
}

/** `fact('orders.placed', z.object({ customerId: z.uuid(), … }))`. A payload with a `customerId` is found again on that customer's timeline. */
export const fact = <S extends z.ZodType>(name: `${string}.${string}`, payload: S): Fact<S> => ({
  name,
  payload,
  personal: payload instanceof z.ZodObject ? Object.keys(payload.shape).filter((field) => isPersonal(payload.shape[field])) : [],
})

/** Marks a field of a fact that names or describes a person, such as a name, an address or a reason in somebody's words: `z.object({ name: personal(z.string()) })`. */
export const personal = <S extends z.ZodType>(schema: S): S => schema.meta({ ...schema.meta(), personal: true })

/** The mark may stand inside or outside of `.optional()` and `.nullable()`. */
function isPersonal(schema: z.ZodType): boolean {
  if (schema.meta()?.personal === true) return true
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? isPersonal(schema.unwrap() as z.ZodType)
    : false
}

export type Publish = <S extends z.ZodType>(fact: Fact<S>, payload: z.input<S>) => Promise<void>
