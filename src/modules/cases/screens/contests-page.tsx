import { Segmented } from 'antd'
import { useSearchParams } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { CaseCustomer } from './case-customer.tsx'
import './cases.css'

const lists = ['mine', 'all', 'outside'] as const
type Which = (typeof lists)[number]

/** What customers did not accept: what waits for somebody's judgement, and what lies with a body outside. */
export function ContestsPage() {
  const t = useWords('cases')
  const format = useFormat()
  const people = usePeople()
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const shown = lists.filter((one) => one !== 'mine' || may('cases.approve'))
  const which = shown.find((one) => one === params.get('of')) ?? shown[0]!
  const isOutside = which === 'outside'
  const pages = usePages(casesApi.contests, isOutside ? { way: 'outside' } : { way: 'inside', of: which })
  return (
    <Page title={t('contests.title')} about={t('contests.about')}>
      <DataTable
        name={isOutside ? 'case-referrals' : 'case-appeals'}
        label={t('contests.title')}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/${row.case.id}`}
        toolbar={
          <Segmented<Which>
            aria-label={t('contests.which')}
            value={which}
            onChange={(value) => setParams({ of: value }, { replace: true })}
            options={shown.map((value) => ({ value, label: t(`contests.${value}`) }))}
          />
        }
        columns={[
          {
            key: 'subject',
            title: t('field.subject'),
            cell: (row) => (
              <span className="case-name">
                <span className="muted case-number">{row.case.number}</span> {row.case.subject}
              </span>
            ),
          },
          { key: 'customer', title: t('field.customer'), cell: (row) => <CaseCustomer of={row.case.customer} /> },
          isOutside
            ? { key: 'body', title: t('contests.body'), cell: (row) => [row.body, row.reference].filter(Boolean).join(' · ') }
            : {
                key: 'judge',
                title: t('contest.judge'),
                cell: (row) => people.nameOf(row.judgeId) ?? <span className="muted">{t('nobody')}</span>,
              },
          { key: 'came', title: t('contests.came'), cell: (row) => format.day(row.openedOn) },
          {
            key: 'due',
            title: isOutside ? t('contest.dueOn') : t('field.due'),
            cell: (row) =>
              row.dueAt === null ? (
                <span className="muted">{isOutside ? t('contest.answered') : ''}</span>
              ) : (
                <span className={row.late ? 'case-due case-late' : 'case-due'}>{format.instant(row.dueAt)}</span>
              ),
          },
        ]}
        empty={<Empty title={t(`contests.none.${which}`)}>{t('contests.noneHelp')}</Empty>}
      />
    </Page>
  )
}
