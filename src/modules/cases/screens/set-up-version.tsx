import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { useWords } from '#ui/words.ts'

interface Version {
  readonly version: number
  readonly madeAt: Date | null
  readonly madeBy: string | null
}

/** Which version of a table this is, and whose. */
export function VersionLine({ of }: { readonly of: Version }) {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  if (!of.madeAt) return <p className="muted">{t('setUp.shipped')}</p>
  return (
    <p className="muted">{t('setUp.version', { version: of.version, at: format.instant(of.madeAt), name: people.nameOf(of.madeBy) })}</p>
  )
}
