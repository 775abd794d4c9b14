import { seededRandom } from '#numerics/seeded-random.ts'
import en from './words/en.json' with { type: 'json' }
import simplified from './words/zh-CN.json' with { type: 'json' }
import traditional from './words/zh-TW.json' with { type: 'json' }

/** Who of the demo's people handles cases. */
export const seedStaff = ['agent', 'manager', 'loyalty', 'supervisor', 'department', 'executive', 'administrator'] as const
export type SeedStaff = (typeof seedStaff)[number]

export const seedDepartments = { service: 'Customer service', sales: 'Sales', freight: 'Warehouse and freight' } as const
export type SeedDepartment = keyof typeof seedDepartments

/** By what ids the demo's people, departments, catalogues, customers and orders are known where it is loaded. */
export interface Cast {
  person(staff: SeedStaff): string
  department(key: SeedDepartment): string
  cause(key: string): string
  offer(key: string): string
  customer(key: string): string
  order(key: string): string
  /** Of a case, by its key in the story; of what belongs to one, by any other. */
  id(kind: 'case' | 'message' | 'part', key: string): string
}

/** What customers, and people who write to them, say in each language. */
export const said = { en, 'zh-CN': simplified, 'zh-TW': traditional } as const
export type Said = typeof en
export const saidIn = (language: string): Said => said[(language in said ? language : 'en') as keyof typeof said]

/** Chance for one story that nothing before it changes. */
export const chanceOf = (seed: number, key: string) =>
  seededRandom([...key].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)!) % 2_147_483_647, seed))
