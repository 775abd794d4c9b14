/**
 * Whether a file's name fits a pattern in which `*` stands for any letters and `?` for one; capitals do not matter. Never hidden files, names with control characters, or the markers that say that
 * a file is complete. Takes time in proportion to both lengths multiplied, whatever they are.
 */
export function fitsPattern(name: string, pattern: string): boolean {
  if (name.startsWith('.') || name.length > 200 || /\p{Cc}|\ufffd/u.test(name) || isMarker(name)) return false
  return fits([...folded(name)], [...folded(pattern)])
}

/** The empty file beside another that says that it is complete. */
export const markerOf = (name: string): string => `${name}.done`
const isMarker = (name: string): boolean => name.toLowerCase().endsWith('.done')

const folded = (text: string): string => text.normalize('NFC').toLowerCase()

/** Goes back to the last star only: what an earlier one could take, the last can take as well. */
function fits(name: readonly string[], pattern: readonly string[]): boolean {
  let n = 0
  let p = 0
  let star = -1
  let from = 0
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++
      from = n
    } else if (pattern[p] === '?' || pattern[p] === name[n]) {
      n++
      p++
    } else if (star >= 0) {
      p = star + 1
      n = ++from
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
