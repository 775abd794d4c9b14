import type { Actor, Context, House } from '../context.ts'
import type { Endpoint } from '../contract.ts'
import type { Db } from '../database/connection.ts'
import { Refusal, refuse } from '../refusal.ts'
import { withSuccessors } from './former-ids.ts'

/** Who asks at a public address and is nobody in particular. */
export const anyone: Actor = { kind: 'person', id: 'anonymous', name: '', roles: [], can: () => false, reach: () => [] }

export type AnyAction = (context: Context, input: never) => Promise<unknown>
export type Input = Readonly<Record<string, unknown>>

/** Who sends a request, as far as the endpoint asks who it is: at a public one anybody, else somebody who holds its permission. */
export async function callerOf(
  request: Request,
  { permission }: Endpoint,
  actorOf: (request: Request) => Promise<Actor | null>,
): Promise<Actor> {
  const actor = await actorOf(request)
  if (permission === 'public') return actor ?? anyone
  if (!actor) throw refuse('unauthenticated', 'sign-in-needed', 'Please sign in')
  if (!actor.can(permission))
    throw refuse('forbidden', 'permission-missing', `This needs the permission ${permission}`, { values: { permission } })
  return actor
}

/** The answer to an input; where it names what was given up, such as a customer who was merged into another, the answer to what stands for that now. */
export async function answerOrSuccessors<T>(
  db: Db,
  { modules }: Pick<House, 'modules'>,
  endpoint: Endpoint,
  asked: Input,
  answer: (input: Input) => Promise<T>,
): Promise<T> {
  return answer(asked).catch(async (error: unknown) => {
    const renewed = error instanceof Refusal && error.kind === 'missing' ? await withSuccessors(db, modules, endpoint, asked) : null
    if (renewed === null) throw error
    return answer(renewed)
  })
}
