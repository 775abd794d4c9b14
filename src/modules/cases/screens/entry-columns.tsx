import { Button, Tag } from 'antd'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import type { Column } from '#ui/table.tsx'
import { useWords } from '#ui/words.ts'
import type { casesApi } from '../api.ts'
import { refusedToDecide } from '../domain/staff-entry.ts'

export type Entry = ResultOf<typeof casesApi.staffEntries>['items'][number]

/** The columns of a list of penalties and recognitions. */
export function useEntryColumns({
  whose,
  decide,
}: {
  readonly whose: boolean
  readonly decide?: (entry: Entry) => void
}): readonly Column<Entry>[] {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { user, may } = useSession()
  return [
    ...(whose ? [{ key: 'who', title: t('scorecard.who'), cell: (entry: Entry) => people.nameOf(entry.userId) }] : []),
    {
      key: 'what',
      title: t('scorecard.what'),
      cell: (entry) => (entry.role ? `${t('scorecard.penalty')} · ${t(`penaltyRole.${entry.role}`)}` : t(`recognition.${entry.act}`)),
    },
    {
      key: 'amount',
      title: t('scorecard.worth'),
      align: 'end',
      cell: (entry) => (entry.kind === 'penalty' ? format.money(entry.amountMinor) : t('scorecard.pointsOf', { count: entry.points })),
    },
    {
      key: 'reason',
      title: t('said.reason'),
      cell: (entry) => (
        <>
          {entry.reason}
          {entry.basis && (
            <div>
              <small className="muted">
                {t('penalty.line', {
                  rate: format.percent(entry.basis.rate.basisPoints / 10_000, 2),
                  base: t(`penaltyBase.${entry.basis.rate.of}`),
                  of: format.money(entry.basis.ofMinor),
                  amount: format.money(entry.amountMinor),
                })}
              </small>
            </div>
          )}
          {entry.note && (
            <div>
              <small className="muted">{entry.note}</small>
            </div>
          )}
        </>
      ),
    },
    {
      key: 'case',
      title: t('nav.cases'),
      cell: (entry) =>
        entry.caseId && may('cases.read') ? <Link to={`/cases/${entry.caseId}`}>{entry.caseNumber}</Link> : (entry.caseNumber ?? ''),
    },
    { key: 'state', title: t('scorecard.state'), cell: (entry) => <Tag>{t(`entryState.${entry.state}`)}</Tag> },
    {
      key: 'by',
      title: t('scorecard.by'),
      optional: true,
      cell: (entry) => `${people.nameOf(entry.proposedBy)} · ${format.instant(entry.proposedAt)}`,
    },
    ...(decide
      ? [
          {
            key: 'decide',
            title: t('setUp.actions'),
            cell: (entry: Entry) => {
              const refused = refusedToDecide(entry, user.id)
              return refused ? (
                <small className="muted">{t(`refusal.${refused}`)}</small>
              ) : (
                <Button
                  size="small"
                  onClick={() => decide(entry)}
                  aria-label={t('scorecard.decideOn', { name: people.nameOf(entry.userId) })}
                >
                  {t('scorecard.decide')}
                </Button>
              )
            },
          },
        ]
      : []),
  ]
}
