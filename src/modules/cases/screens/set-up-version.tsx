import { Alert, Button } from 'antd'
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

/** Somebody else published meanwhile: what was typed stays until it is said which of the two goes on. */
export function Behind({ newest, take, keep }: { readonly newest: Version; readonly take: () => void; readonly keep: () => void }) {
  const t = useWords('cases')
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('setUp.behind')}
      description={
        <>
          <VersionLine of={newest} />
          <span className="row">
            <Button onClick={take}>{t('setUp.takeNewest')}</Button>
            <Button onClick={keep}>{t('setUp.keepMine')}</Button>
          </span>
        </>
      }
    />
  )
}
