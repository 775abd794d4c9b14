import type { Db } from '../database/connection.ts'
import { namesOf } from '../sign-in/users.ts'
import type { SubjectHouse } from './subject.ts'

/** Cells of some rows with names in place of the ids that stand in them. */
export type Naming = (rows: readonly (readonly string[])[]) => Promise<readonly (readonly string[])[]>

const anyId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Says names of colleagues, and what else modules call by an id, wherever one stands in a cell. An id that nobody knows stays. Each is asked for once. */
export function namingOf(db: Db, { modules }: SubjectHouse): Naming {
  const asked = new Set<string>()
  const names = new Map<string, string>()
  return async (rows) => {
    const met = new Set(rows.flatMap((cells) => cells.flatMap((cell) => cell.match(anyId) ?? [])))
    const fresh = [...met].filter((id) => !asked.has(id))
    for (const id of fresh) asked.add(id)
    const found = [await namesOf(db, fresh)]
    if (fresh.length > 0) for (const { subject } of modules) if (subject?.named) found.push(new Map(await subject.named(db, fresh)))
    for (const some of found) for (const [id, name] of some) names.set(id, name)
    return rows.map((cells) => cells.map((cell) => cell.replace(anyId, (id) => names.get(id) ?? id)))
  }
}
