import { productsByCode } from '#modules/orders/public.ts'
import { allDepartments } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import { enabledAmong } from '#platform/sign-in/users.ts'
import { happened, type NewEvent } from '../domain/event.ts'
import { stepOf } from '../domain/process.ts'
import { personFor, routeFor } from '../domain/routing.ts'
import { aboutWhom } from '../domain/standing.ts'
import { allRoutes } from '../store/setup.ts'
import { awayToday } from './people.ts'
import type { Known } from './performing.ts'

/** What the table and the staff are that cases are given to, read once for many cases. */
export interface RoutingGround {
  readonly routes: Awaited<ReturnType<typeof allRoutes>>
  readonly departments: Awaited<ReturnType<typeof allDepartments>>
  readonly away: Awaited<ReturnType<typeof awayToday>>
}

export async function routingGround(context: Context): Promise<RoutingGround> {
  const routes = await allRoutes(context.db)
  if (routes.length === 0) return { routes, departments: [], away: new Map() }
  return { routes, departments: await allDepartments(context.db), away: await awayToday(context) }
}

/** What the table says about a case that stands where a department is chosen and has none (G-06); null where nothing is to be done, or the table says nothing. */
export async function routedByTable(
  context: Context,
  { process, state }: Pick<Known, 'process' | 'state'>,
  ground: RoutingGround | null = null,
): Promise<NewEvent | null> {
  const chooses = stepOf(process, state.step)?.needs.some(({ need }) => need === 'department') ?? false
  if (!chooses || state.state !== 'open' || state.departmentId !== null || state.record.category === null) return null
  const { category, reason, productCode } = state.record
  const answers = await whoAnswers(context, { category, reason, productCode }, aboutWhom(state), ground)
  if (!answers) return null
  const { departmentId, personId, routeId, passed } = answers
  return happened('routed', { departmentId, personId, note: null, shares: [], byTable: { routeId, passed } })
}

/** Which department and person answer for a matter by the table; null where it says nothing. `about`: whom the case is about. */
export async function whoAnswers(
  context: Context,
  { category, reason, productCode }: { readonly category: string; readonly reason: string | null; readonly productCode: string | null },
  about: readonly string[],
  ground: RoutingGround | null = null,
) {
  const { db } = context
  const { routes, departments, away } = ground ?? (await routingGround(context))
  const byProduct = routes.some((route) => route.productCategory !== null)
  const productCategory =
    productCode === null || !byProduct ? null : ((await productsByCode(db, [productCode])).get(productCode)?.category ?? null)
  const route = routeFor(routes, { category, reason, productCategory })
  const department = route && departments.find(({ id }) => id === route.departmentId)
  // A department that was dissolved answers for nothing: somebody chooses by hand.
  if (!route || !department) return null
  const line = [route.personId, route.deputyId, department.headId, ...department.deputyIds, ...away.values()].filter((id) => id !== null)
  const working = new Set(await enabledAmong(db, [...new Set(line)]))
  const { headId, deputyIds } = department
  const { personId, passed } = personFor(route, { about, working, away, headId, deputyIds })
  return { routeId: route.id, departmentId: department.id, headId, personId, passed }
}
