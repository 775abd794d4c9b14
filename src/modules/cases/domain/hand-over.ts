export { isHandedOver } from '#modules/commitments/domain/hand-over.ts'

/**
 * Shares out the cases of somebody who leaves: each goes to whoever looks after its customer by now, where that is a successor; any other to whoever got the fewest so far, of equals to whoever stands
 * earlier. Nobody gets a case that is about themselves; null where nobody is left for it. Asked for one case after the other.
 */
export function takingOver(
  successors: readonly string[],
): (accountOwner: string | null, about: readonly (string | null)[]) => string | null {
  const counts = new Map(successors.map((id) => [id, 0]))
  return (accountOwner, about) => {
    const able = successors.filter((id) => !about.includes(id))
    const [first, ...others] = able
    if (first === undefined) return null
    const least = others.reduce((fewest, id) => (counts.get(id)! < counts.get(fewest)! ? id : fewest), first)
    const next = accountOwner !== null && able.includes(accountOwner) ? accountOwner : least
    counts.set(next, counts.get(next)! + 1)
    return next
  }
}
