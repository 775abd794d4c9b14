/**
 * Area under the receiver operating characteristic: the probability that a random positive has a higher score than a random negative,
 * ties counting one half (the Mann–Whitney statistic; Hanley & McNeil, Radiology 143, 1982). 0.5 is chance. Null without both kinds.
 *
 * @example areaUnderCurve([1, 2, 3, 4], [0, 0, 1, 1]) // => 1
 */
export function areaUnderCurve(scores: ArrayLike<number>, positive: ArrayLike<number>): number | null {
  let count = 0
  for (let i = 0; i < scores.length; i++) if (positive[i]! > 0) count++
  const others = scores.length - count
  if (count === 0 || others === 0) return null
  const high = new Float64Array(count)
  const low = new Float64Array(others)
  let h = 0
  let l = 0
  for (let i = 0; i < scores.length; i++) {
    if (positive[i]! > 0) high[h++] = scores[i]!
    else low[l++] = scores[i]!
  }
  high.sort()
  low.sort()
  let below = 0
  let upTo = 0
  let wins = 0
  for (let i = 0; i < count; i++) {
    const score = high[i]!
    while (below < others && low[below]! < score) below++
    if (upTo < below) upTo = below
    while (upTo < others && low[upTo]! <= score) upTo++
    wins += (below + upTo) / 2
  }
  return wins / (count * others)
}
