import { useEffect } from 'react'
import { Link } from 'react-router'
import { runsApi } from '#platform/runs/api.ts'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { isHandedOver } from '../domain/hand-over.ts'
import { CaseCustomer } from './case-customer.tsx'
import './cases.css'

/** How often it looks whether others have taken over by now, in milliseconds. */
const lookAgain = 2000

/** When somebody leaves: the cases that they handle and that have not ended. It empties a moment after their customers were handed over. */
export function DeparturePanel({ userId }: { readonly userId: string }) {
  const t = useWords('cases')
  const { may } = useSession()
  const knows = may('runs.read')
  const { data: handOvers, refetch } = useRead(runsApi.list, { kind: 'customers.hand-over', limit: 20 }, { enabled: knows })
  const held = useRead(
    casesApi.ofHandler,
    { userId, limit: 100 },
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
    if (knows && held.dataUpdatedAt > 0) void refetch()
  }, [knows, held.dataUpdatedAt, refetch])
  return (
    <Loaded of={held} lines={3}>
      {({ items, next }) => (
        <>
          {items.length === 0 ? (
            <p className="muted">{t('departure.nothing')}</p>
          ) : (
            <ul className="plain-list" aria-label={t('departure.title')}>
              {items.map(({ id, number, subject, customer }) => (
                <li key={id}>
                  <Link to={`/cases/${id}`}>
                    <span className="case-number">{number}</span> {subject}
                  </Link>{' '}
                  · <CaseCustomer of={customer} />
                </li>
              ))}
            </ul>
          )}
          {next !== null && <p className="muted">{t('departure.more')}</p>}
        </>
      )}
    </Loaded>
  )
}
