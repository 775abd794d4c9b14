/**
 * Works on all parts in their order, some side by side in lanes from 0, so that the next is put in order while the server takes one in. The first failure ends it when the others have come to
 * their end.
 */
export async function inLanes(lanes: number, parts: number, work: (part: number, lane: number) => Promise<void>): Promise<void> {
  let next = 0
  let failed = false
  const take = async (lane: number) => {
    while (next < parts && !failed)
      await work(next++, lane).catch((error) => {
        failed = true
        throw error
      })
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, (_, lane) => take(lane)))
  for (const end of ended) if (end.status === 'rejected') throw end.reason
}

/**
 * Turns of those who work side by side: `come` waits until everybody who asked before has come to the end. Where one of them failed, those behind fail with the same error: nobody knows whether
 * what failed was done after all, as a commit may be whose answer was lost, and going on would deny it.
 */
export function turns(): <T>(work: (come: () => Promise<void>) => Promise<T>) => Promise<T> {
  let last = Promise.resolve()
  return async (work) => {
    const before = last
    const mine = Promise.withResolvers<void>()
    last = before.then(() => mine.promise)
    // Those behind hear of it; where nobody is, whoever called does.
    for (const promise of [mine.promise, last]) promise.catch(() => {})
    try {
      const result = await work(() => before)
      mine.resolve()
      return result
    } catch (error) {
      mine.reject(error)
      throw error
    }
  }
}
