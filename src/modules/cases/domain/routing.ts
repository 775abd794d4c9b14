import type { Category } from './taxonomy.ts'

/** One line of the table that says who answers for what (G-06). Null: whatever it is. */
export interface Route {
  readonly id: string
  readonly category: string
  readonly reason: string | null
  readonly productCategory: string | null
  readonly departmentId: string
  /** Null: whoever of the department takes it. */
  readonly personId: string | null
  /** Who takes it where the person cannot. */
  readonly deputyId: string | null
}

export interface Matter {
  readonly category: string | null
  readonly reason: string | null
  readonly productCategory: string | null
}

/** The line that says most about a case: one with its reason before one with its kind of product, and either before one of the whole category. Null where none fits. */
export function routeFor(routes: readonly Route[], matter: Matter): Route | null {
  if (matter.category === null) return null
  const fits = (wanted: string | null, is: string | null) => wanted === null || wanted === is
  const says = (route: Route) => (route.reason === null ? 0 : 2) + (route.productCategory === null ? 0 : 1)
  return (
    routes
      .filter(
        ({ category, reason, productCategory }) =>
          category === matter.category && fits(reason, matter.reason) && fits(productCategory, matter.productCategory),
      )
      .toSorted((a, b) => says(b) - says(a) || (a.id < b.id ? -1 : 1))[0] ?? null
  )
}

/** Why somebody was not given a case that was theirs by the table. */
export const passes = ['about-them', 'away', 'left'] as const
export type Pass = (typeof passes)[number]
export interface PassedOver {
  readonly userId: string
  readonly why: Pass
}

export interface Staffing {
  /** Whom the complaint is about. */
  readonly about: readonly string[]
  /** Who may sign in. */
  readonly working: ReadonlySet<string>
  /** Who is away today, with whoever stands in for them. */
  readonly away: ReadonlyMap<string, string | null>
  readonly headId: string | null
  readonly deputyIds: readonly string[]
}

/**
 * Who of the department is given the case: the person of the line, whoever stands in for them, the deputy of the line, the head of the department, its deputies; the first who is here and whom it
 * is not about. Null where the line names nobody, or nobody is left.
 */
export function personFor(
  { personId, deputyId }: Pick<Route, 'personId' | 'deputyId'>,
  { about, working, away, headId, deputyIds }: Staffing,
): { readonly personId: string | null; readonly passed: readonly PassedOver[] } {
  if (personId === null) return { personId: null, passed: [] }
  const line = [personId, away.get(personId) ?? null, deputyId, headId, ...deputyIds]
  const asked = [...new Set(line.filter((id) => id !== null))]
  const passed: PassedOver[] = []
  for (const userId of asked) {
    const why: Pass | null = about.includes(userId) ? 'about-them' : !working.has(userId) ? 'left' : away.has(userId) ? 'away' : null
    if (why === null) return { personId: userId, passed }
    passed.push({ userId, why })
  }
  return { personId: null, passed }
}

/** Words by which departments that answer for a category are usually called. */
const usual: Readonly<Record<Category, RegExp>> = {
  freight: /储运|儲運|运输|運輸|物流|货运|貨運|仓储|倉儲|transport|freight|logistic|shipping|warehouse/i,
  'product-quality': /质量|質量|品质|品質|品管|质检|質檢|quality/i,
  contract: /合同|合約|销售|銷售|业务|業務|sales|contract/i,
  service: /服务|服務|客服|人事|人力|service|human resources/i,
}

/** The department that usually answers for a category, by its name; null where none is called so. Only a proposal: administrators choose. */
export const usualDepartment = <D extends { readonly id: string; readonly name: string }>(
  category: Category,
  departments: readonly D[],
): D | null => departments.find(({ name }) => usual[category].test(name)) ?? null
