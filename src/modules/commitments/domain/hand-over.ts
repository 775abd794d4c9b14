/**
 * Shares out what somebody who leaves still owes: a commitment about a customer goes to whoever looks after that customer by now, where that is a successor; anything else to whoever got the fewest
 * so far, of equals to whoever stands earlier. Asked for one commitment after the other, with the owner of its customer (null: about nobody, or nobody's customer); answers who takes it over. At least
 * one successor.
 */
export function takingOver(successors: readonly string[]): (accountOwner: string | null) => string {
  const counts = new Map(successors.map((id) => [id, 0]))
  return (accountOwner) => {
    const least = successors.reduce((fewest, id) => (counts.get(id)! < counts.get(fewest)! ? id : fewest))
    const next = accountOwner !== null && counts.has(accountOwner) ? accountOwner : least
    counts.set(next, counts.get(next)! + 1)
    return next
  }
}
