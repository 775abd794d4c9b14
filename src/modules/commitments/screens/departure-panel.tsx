import { useEffect } from 'react'
import { runsApi } from '#platform/runs/api.ts'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { isHandedOver } from '../domain/hand-over.ts'
import { OwedList } from './owed-list.tsx'

/** How often it looks whether others have taken over by now, in milliseconds. */
const lookAgain = 2000

/** When somebody leaves: everything open that they owe. It empties a moment after their customers were handed over. */
export function DeparturePanel({ userId }: { userId: string }) {
  const t = useWords('commitments')
  const { may } = useSession()
  const knows = may('runs.read')
  const { data: handOvers, refetch } = useRead(runsApi.list, { kind: 'customers.hand-over', limit: 20 }, { enabled: knows })
  const open = useRead(
    commitmentsApi.list,
    { owner: userId, limit: 100 },
    {
      every: (data) => {
        const left = (data as { items: readonly unknown[] } | undefined)?.items.length ?? 0
        return left > 0 && isHandedOver(handOvers ?? [], userId, new Date()) ? lookAgain : false
      },
      keepPrevious: false,
    },
  )
  // The end of a hand-over makes the list be read again; then it is seen whether there was one.
  useEffect(() => {
    if (knows && open.dataUpdatedAt > 0) void refetch()
  }, [knows, open.dataUpdatedAt, refetch])
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
