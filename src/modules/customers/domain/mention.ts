interface Person {
  readonly id: string
  readonly name: string
}

/**
 * Ids of those whom a text names as `@name`, in the order of `people`. The longest name wins, so that `@Anna Wolf` is not also `@Anna`; where several bear a name, each of them is meant. Latin letters
 * and digits end a name only where no other follows, and an address of mail names nobody.
 */
export function mentionedIn(text: string, people: readonly Person[]): readonly string[] {
  const found = new Set<string>()
  let rest = text
  const names = [...new Set(people.map(({ name }) => name.trim()))].filter((name) => name !== '')
  for (const name of names.sort((a, b) => b.length - a.length)) {
    const end = /[\p{Script=Latin}\p{N}]$/u.test(name) ? '(?![\\p{Script=Latin}\\p{N}])' : ''
    const named = new RegExp(`(?<![\\p{Script=Latin}\\p{N}._-])@${name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}${end}`, 'gu')
    const without = rest.replace(named, ' ')
    if (without !== rest) found.add(name)
    rest = without
  }
  return people.filter(({ name }) => found.has(name.trim())).map(({ id }) => id)
}
