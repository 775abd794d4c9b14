import { useWords } from '#ui/words.ts'
import { useKeyNames } from './report-words.ts'

interface Matter {
  readonly cause: string | null
  readonly category: string | null
  readonly reason: string | null
  readonly productCode: string | null
}

/** What the complaints of a problem have in common, in words. */
export function useProblemMatter(): (matter: Matter) => string {
  const t = useWords('cases')
  const nameOf = useKeyNames()
  return ({ cause, category, reason, productCode }) =>
    [
      cause && nameOf('cause')(cause),
      category && (reason ? nameOf('reason')(`${category}/${reason}`) : t(`category.${category}`)),
      productCode,
    ]
      .filter(Boolean)
      .join(' · ')
}
