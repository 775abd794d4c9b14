/** So many characters of it a list shows. */
const longest = 80

/** What a case is called in lists where nobody has named it: the first line of what was said, as far as a list shows it. */
export function subjectOf(text: string): string {
  const line = (text.split('\n').find((one) => one.trim() !== '') ?? text).trim()
  const characters = [...line]
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`
}
