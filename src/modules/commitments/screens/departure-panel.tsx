import { Loaded } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { OwedList } from './owed-list.tsx'

/** How often it looks whether others have taken over by now, in milliseconds. */
const lookAgain = 2000

/** When somebody leaves: everything open that they owe. It empties a moment after their customers were handed over. */
export function DeparturePanel({ userId }: { userId: string }) {
  const t = useWords('commitments')
  const open = useRead(
    commitmentsApi.list,
    { owner: userId, limit: 100 },
    { every: (data) => ((data as { items: readonly unknown[] } | undefined)?.items.length ? lookAgain : false), keepPrevious: false },
  )
  return (
    <Loaded of={open} lines={3}>
      {({ items, next }) => (
        <>
          {items.length === 0 ? <p className="muted">{t('departure.nothing')}</p> : <OwedList label={t('departure.title')} items={items} />}
          {next !== null && <p className="muted">{t('myDay.more')}</p>}
        </>
      )}
    </Loaded>
  )
}
