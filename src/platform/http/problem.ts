import { z } from 'zod'
import { type FieldProblem, Refusal, statusOf } from '../refusal.ts'

/** The one shape of an error: RFC 9457, with the fields that are wrong and why. `reason` is stable, `detail` is for people. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  reason: z.string(),
  detail: z.string(),
  fields: z.array(z.object({ field: z.string(), reason: z.string(), detail: z.string() })).optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  request: z.string().optional(),
})
export type Problem = z.output<typeof Problem>

const titles: Readonly<Record<Refusal['kind'], string>> = {
  invalid: 'The request is not valid',
  unauthenticated: 'Please sign in',
  forbidden: 'Not allowed',
  missing: 'Not found',
  conflict: 'Conflict',
  'too large': 'Too large',
  'too many': 'Too many requests',
  'too slow': 'Took too long',
  unavailable: 'Not available now',
}

export const problemOf = (refusal: Refusal): Problem => ({
  type: 'about:blank',
  title: titles[refusal.kind],
  status: statusOf[refusal.kind],
  reason: refusal.reason,
  detail: refusal.message,
  ...(refusal.fields.length > 0 ? { fields: [...refusal.fields] } : {}),
  ...(Object.keys(refusal.values).length > 0 ? { values: refusal.values } : {}),
})

/** What is wrong with an input, field by field, from the checks that it failed. */
export function invalidInput(error: z.ZodError): Refusal {
  const fields: FieldProblem[] = error.issues.slice(0, 50).map((issue) => ({
    field: issue.path.join('.') || '(body)',
    reason: issue.code === 'invalid_type' && issue.input === undefined ? 'required' : issue.code.replaceAll('_', '-'),
    detail: issue.message,
  }))
  const first = fields[0]
  return new Refusal('invalid', 'invalid-input', first ? `${first.field}: ${first.detail}` : 'The input is not valid', { fields })
}

/** What PostgreSQL refuses because of the input rather than because of us. Anything else stays a bug. */
export function refusalOfDatabase(error: unknown): Refusal | null {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === '57014') return new Refusal('too slow', 'narrow-the-filter', 'This would take too long; narrow the filter')
  if (code === '22021' || code === '22P05') return new Refusal('invalid', 'bad-text', 'The text contains a character that cannot be stored')
  if (code === '22003') return new Refusal('invalid', 'out-of-range', 'A number is out of range')
  if (code === '22008') return new Refusal('invalid', 'out-of-range', 'A day is out of range')
  if (code === '40001' || code === '40P01')
    return new Refusal('conflict', 'try-again', 'Somebody changed the same thing at the same moment; try again')
  if (code === '57P03' || code.startsWith('08'))
    return new Refusal('unavailable', 'database-away', 'The database is not reachable at the moment; try again shortly')
  return null
}
