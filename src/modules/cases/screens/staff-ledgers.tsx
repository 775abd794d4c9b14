import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { entryKinds } from '../domain/staff-entry.ts'
import { useEntryColumns } from './entry-columns.tsx'
import { useYear } from './use-year.ts'

/** The two ledgers of somebody who works here, apart: points for what they did for others, and penalties in money (P-04, N-10, P-08). */
export function StaffLedgers({ userId }: { readonly userId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const scores = useRead(casesApi.staffScores, useYear())
  return (
    <>
      <Loaded of={scores} lines={2}>
        {({ items }) => {
          const score = items.find((one) => one.userId === userId)
          return (
            <dl className="facts" aria-label={t('scorecard.year')}>
              <div>
                <dt>{t('scorecard.points')}</dt>
                <dd>{format.number(score?.points ?? 0)}</dd>
              </div>
              <div>
                <dt>{t('scorecard.penalties')}</dt>
                <dd>{format.money(score?.penaltyMinor ?? 0)}</dd>
              </div>
            </dl>
          )
        }}
      </Loaded>
      {entryKinds.toReversed().map((kind) => (
        <Ledger key={kind} userId={userId} kind={kind} />
      ))}
    </>
  )
}

function Ledger({ userId, kind }: { readonly userId: string; readonly kind: (typeof entryKinds)[number] }) {
  const t = useWords('cases')
  const pages = usePages(casesApi.staffEntries, { userId, kind, limit: 10 })
  const columns = useEntryColumns({ whose: false })
  return (
    <section aria-label={t(`ledger.${kind}`)}>
      <h4>{t(`ledger.${kind}`)}</h4>
      <DataTable
        name={`staff-ledger-${kind}`}
        label={t(`ledger.${kind}`)}
        columns={columns}
        pages={pages}
        rowKey={(entry) => entry.id}
        empty={<Empty title={t(`ledger.none.${kind}`)} />}
      />
    </section>
  )
}
