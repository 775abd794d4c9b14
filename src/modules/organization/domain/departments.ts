/** Whether putting a department below `parentId` would make it stand below itself. `parents` says below which department each stands now. */
export function wouldCircle(id: string, parentId: string | null, parents: ReadonlyMap<string, string | null>): boolean {
  const passed = new Set<string>()
  for (let at = parentId; at !== null; at = parents.get(at) ?? null) {
    if (at === id || passed.has(at)) return true
    passed.add(at)
  }
  return false
}

/** Departments as a list in which each stands behind its parent, with its depth (0: at the top); siblings keep their order. What hangs in the air comes last, at the top. */
export function inTree<D extends { readonly id: string; readonly parentId: string | null }>(
  departments: readonly D[],
): { readonly department: D; readonly depth: number }[] {
  const below = Map.groupBy(departments, ({ parentId }) => parentId)
  const placed: { department: D; depth: number }[] = []
  const seen = new Set<string>()
  const place = (department: D, depth: number) => {
    if (seen.has(department.id)) return
    seen.add(department.id)
    placed.push({ department, depth })
    for (const child of below.get(department.id) ?? []) place(child, depth + 1)
  }
  for (const department of below.get(null) ?? []) place(department, 0)
  for (const department of departments) place(department, 0)
  return placed
}

interface Places {
  readonly departments: readonly { readonly id: string; readonly headId: string | null; readonly deputyIds: readonly string[] }[]
  readonly teams: readonly { readonly id: string; readonly memberIds: readonly string[] }[]
}

/** Where somebody stands: departments that they head or deputize in, and teams that they are in. */
export const placesOf = <P extends Places>({ departments, teams }: P, userId: string) => ({
  departments: departments.filter(({ headId, deputyIds }) => headId === userId || deputyIds.includes(userId)) as P['departments'],
  teams: teams.filter(({ memberIds }) => memberIds.includes(userId)) as P['teams'],
})

/** The same places as they are to be once somebody has left, with a successor in their place, or (null) nobody. No one stands twice in a place, and no head deputizes for themselves. */
export function succeeded<P extends Places>(all: P, userId: string, successor: string | null) {
  const { departments, teams } = placesOf(all, userId)
  const replaced = (ids: readonly string[]) => [
    ...new Set(ids.flatMap((id) => (id !== userId ? [id] : successor === null ? [] : [successor]))),
  ]
  return {
    departments: departments.map((department) => {
      const headId = department.headId === userId ? successor : department.headId
      return { ...department, headId, deputyIds: replaced(department.deputyIds).filter((id) => id !== headId) }
    }) as P['departments'],
    teams: teams.map((team) => ({ ...team, memberIds: replaced(team.memberIds) })) as P['teams'],
  }
}
