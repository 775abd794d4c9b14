/**
 * Likeness of two words from 0 (nothing in common) to 1 (equal): characters in common near the same place, less half of those in another order, more for a common beginning of up to four
 * characters. Winkler, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage" (1990): MARTHA and MARHTA 0.961, DWAYNE and DUANE 0.84, DIXON and
 * DICKSONX 0.813.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Uint8Array(b.length)
  const common: string[] = []
  for (let i = 0; i < a.length; i++)
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++)
      if (!taken[j] && a[i] === b[j]) {
        taken[j] = 1
        common.push(a[i]!)
        break
      }
  if (common.length === 0) return 0
  const inB = [...b].filter((_, j) => taken[j])
  const turned = common.filter((c, i) => c !== inB[i]).length / 2
  const jaro = (common.length / a.length + common.length / b.length + (common.length - turned) / common.length) / 3
  let begin = 0
  while (begin < 4 && begin < a.length && a[begin] === b[begin]) begin++
  return jaro + begin * 0.1 * (1 - jaro)
}
