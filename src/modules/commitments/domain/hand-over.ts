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

/** For how long after a hand-over what was left behind may still change hands, in milliseconds. */
const settles = 60_000

/** Whether what somebody owed is changing hands at a moment: a hand-over of theirs waits or works, or has ended within the last minute. Of works that the reader may not read nothing is known. */
export const isHandedOver = (
  handOvers: readonly { readonly state: string; readonly input: unknown; readonly finishedAt: Date | null }[],
  userId: string,
  now: Date,
): boolean =>
  handOvers.some(
    ({ state, input, finishedAt }) =>
      (input as { readonly fromUserId?: string } | null)?.fromUserId === userId &&
      (state === 'waiting' || state === 'running' || (finishedAt !== null && now.getTime() - finishedAt.getTime() < settles)),
  )
