interface Department {
  readonly id: string
  readonly parentId: string | null
  readonly headId: string | null
}

/**
 * Who answers for what somebody does, by the tree of departments: of each department for which they work its head, and where that is they themselves or nobody, the next head above. Ids of users, each once; empty where nobody
 * stands above them.
 */
export function headsAbove(departments: readonly Department[], worksFor: readonly string[], userId: string): readonly string[] {
  const byId = new Map(departments.map((one) => [one.id, one]))
  const heads = worksFor.flatMap((id) => {
    // No further than there are departments, so that a tree that bites its tail ends, too.
    let one = byId.get(id)
    for (let steps = 0; one && steps < departments.length; steps++) {
      if (one.headId !== null && one.headId !== userId) return [one.headId]
      one = one.parentId === null ? undefined : byId.get(one.parentId)
    }
    return []
  })
  return [...new Set(heads)]
}
