import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { Link, useNavigate } from 'react-router'
import { Empty } from '#ui/empty.tsx'
import { hiddenBy, useHiddenColumns } from '#ui/hidden-columns.ts'
import { useNotice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { useCaseColumns } from './case-columns.tsx'
import { CaseFilters, countOf, useCaseQuery, without } from './case-filters.tsx'
import './cases.css'

const queues = ['mine', 'team', 'department', 'nobody', 'open', 'all'] as const
type Queue = (typeof queues)[number]

/** What is to be handled, in the order in which it should be. */
export function CasesPage() {
  const t = useWords('cases')
  const { may } = useSession()
  const query = useCaseQuery()
  const { input, change } = query
  const queue = input.queue ?? 'open'
  const pages = usePages(casesApi.list, { ...input, queue })
  const columns = useCaseColumns({ customer: true })
  const [hidden, setHidden] = useHiddenColumns('cases', columns)
  const shown = columns.map(({ key }) => key).filter((key) => !hidden.includes(key))
  const create = may('cases.write') && (
    <Link to="/cases/new">
      <Button type="primary" icon={<PlusOutlined />}>
        {t('form.new')}
      </Button>
    </Link>
  )
  return (
    <Page
      title={t('nav.cases')}
      about={t('list.about')}
      actions={
        <>
          {may('cases.write') && <TakeNext of={queue === 'team' || queue === 'department' ? queue : 'nobody'} />}
          {create}
        </>
      }
    >
      <DataTable
        name="cases"
        label={t('nav.cases')}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/cases/${row.id}`}
        toolbar={
          <div className="row">
            <Segmented<Queue>
              className="case-kinds"
              aria-label={t('list.which')}
              value={queue}
              // What is not open stands in no queue.
              onChange={(value) => change({ queue: value, ...(value === 'all' ? {} : { state: undefined }) })}
              options={queues.map((value) => ({ value, label: t(`queue.${value}`) }))}
            />
            <CaseFilters query={query} />
            <Slot
              name="list.views"
              give={{
                list: 'cases',
                present: { query: query.wire, columns: shown },
                open: (view) => {
                  query.replace(view.query)
                  setHidden(hiddenBy(view.columns, columns))
                },
              }}
              bare
            />
          </div>
        }
        empty={
          countOf(query) > 0 ? (
            <Empty title={t('list.nothing')} action={<Button onClick={() => change(without)}>{t('list.clear')}</Button>}>
              {t('list.nothingHelp')}
            </Empty>
          ) : (
            <Empty title={t(`list.empty.${queue}`)} action={create}>
              {t('list.emptyHelp')}
            </Empty>
          )
        }
      />
    </Page>
  )
}

/** Takes the first of nobody's cases and opens it. */
function TakeNext({ of }: { readonly of: 'nobody' | 'team' | 'department' }) {
  const t = useWords('cases')
  const notice = useNotice()
  const navigate = useNavigate()
  const take = useWrite(casesApi.takeNext, {
    onDone: ({ case: next, heldBack }) =>
      next ? navigate(`/cases/${next.id}`) : notice.done(t(heldBack ? 'queue.heldBack' : 'queue.none')),
  })
  return (
    <Button loading={take.pending} onClick={() => void take.send({ queue: of }).catch(notice.refused)}>
      {t('queue.takeNext')}
    </Button>
  )
}
