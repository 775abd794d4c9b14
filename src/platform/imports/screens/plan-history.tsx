import { Drawer, Tag } from 'antd'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { type Column, DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { plansApi as api, type PlanView } from '../api-plans.ts'
import { usePlanWords } from './plan-words.ts'

type Event = ResultOf<typeof api.planHistory>['items'][number]

/** What became of the files of a plan. */
export function PlanHistory({ plan, close }: { plan: PlanView; close: () => void }) {
  const t = useWords('imports')
  const ui = useWords('ui')
  const words = usePlanWords()
  const format = useFormat()
  const pages = usePages(api.planHistory, { id: plan.id, limit: 50 })
  const outcome = (event: Event) => {
    if (event.runId && event.runState)
      return (
        <Link to={`/import?run=${event.runId}`}>
          {ui(`run.${event.runState}`)}
          {event.rows !== null && ` · ${t('plan.rows', { rows: format.number(event.rows), rejected: format.number(event.rejected) })}`}
        </Link>
      )
    return event.problem === null ? null : words.problem(event.problem)
  }
  const columns: Column<Event>[] = [
    { key: 'at', title: t('history.at'), cell: (event) => <span className="nowrap">{format.instant(event.at)}</span> },
    { key: 'what', title: t('plan.happened'), cell: (event) => <Tag>{t(`plan.outcome.${event.outcome}`)}</Tag> },
    { key: 'file', title: t('history.file'), cell: (event) => <span className="plan-source">{event.fileName}</span> },
    { key: 'outcome', title: t('plan.result'), cell: outcome },
    { key: 'bytes', title: t('plan.size'), align: 'end', cell: (event) => format.bytes(event.bytes), optional: true },
    { key: 'filed', title: t('plan.filed'), cell: (event) => <span className="plan-source">{event.filedAs}</span>, optional: true },
  ]
  return (
    <Drawer open title={t('plan.historyOf', { name: plan.name })} onClose={close} size="large">
      <DataTable
        name="import-plan-history"
        label={t('plan.historyOf', { name: plan.name })}
        columns={columns}
        pages={pages}
        rowKey={({ id }) => id}
        empty={<Empty title={t('plan.noHistory')}>{t('plan.noHistoryHelp')}</Empty>}
      />
    </Drawer>
  )
}
