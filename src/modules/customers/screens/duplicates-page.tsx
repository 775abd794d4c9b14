import { SearchOutlined } from '@ant-design/icons'
import { Button, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loading, Page, Section } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { RunProgress } from '#ui/run-progress.tsx'
import { useSession } from '#ui/session.ts'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import './customers.css'
import './subject.css'

type Pair = ResultOf<typeof api.duplicatePairs>['items'][number]
const states = ['open', 'later', 'different', 'same'] as const

/** Customers who may be one and the same: pair by pair, with the reasons, to be decided. */
export function DuplicatesPage() {
  const t = useWords('customers')
  const ui = useWords('ui')
  const { may } = useSession()
  const [state, setState] = useState<(typeof states)[number]>('open')
  const [run, setRun] = useState<string | null>(null)
  const pages = usePages(api.duplicatePairs, { state, limit: 20 })
  const search = useWrite(api.findDuplicates, { onDone: ({ runId }) => setRun(runId) })
  const searchButton = (
    <Button icon={<SearchOutlined />} loading={search.pending} onClick={() => void search.send({}).catch(() => {})}>
      {t('duplicates.search')}
    </Button>
  )
  return (
    <Page title={t('duplicates.page')} about={t('duplicates.about')} actions={may('customers.merge') && searchButton}>
      <Refused problem={search.problem} />
      {run && (
        <Section title={t('duplicates.searching')}>
          <RunProgress run={run} module="customers" result={(result) => <Outcome result={result as SearchResult} />} />
        </Section>
      )}
      <Segmented
        aria-label={t('duplicates.state')}
        value={state}
        onChange={setState}
        options={states.map((value) => ({ value, label: t(`duplicates.states.${value}`) }))}
      />
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading />}
      {!pages.isPending && pages.items.length === 0 && !pages.problem && (
        <Empty title={t('duplicates.none')} action={state === 'open' && may('customers.merge') ? searchButton : undefined}>
          {t('duplicates.noneHelp')}
        </Empty>
      )}
      <ul className="pairs">
        {pages.items.map((pair) => (
          <PairCard key={`${pair.one.id} ${pair.other.id}`} pair={pair} />
        ))}
      </ul>
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
    </Page>
  )
}

interface SearchResult {
  readonly customers: number
  readonly found: number
  readonly likely: number
  readonly cutBlocks: number
  readonly largestBlock: number
}

function Outcome({ result }: { result: SearchResult }) {
  const t = useWords('customers')
  const format = useFormat()
  return (
    <p>
      {t('duplicates.outcome', {
        customers: format.number(result.customers),
        found: format.number(result.found),
        likely: format.number(result.likely),
      })}
      {result.cutBlocks > 0 && (
        <span className="muted">
          {' '}
          {t('duplicates.cut', { blocks: format.number(result.cutBlocks), largest: format.number(result.largestBlock) })}
        </span>
      )}
    </p>
  )
}

function PairCard({ pair: { one, other, reasons, likely, state } }: { pair: Pair }) {
  const t = useWords('customers')
  const { may } = useSession()
  const notice = useNotice()
  const decide = useWrite(api.decideDuplicate)
  const say = (to: 'different' | 'later' | 'open') =>
    void decide.send({ id: one.id, otherId: other.id, before: state, state: to }).catch(notice.refused)
  return (
    <li className="pair" aria-label={t('duplicates.pair', { one: one.name, other: other.name })}>
      <div className="pair-sides">
        <Side side={one} />
        <Side side={other} />
      </div>
      <div className="pair-foot">
        <div className="pair-reasons">
          <Tag {...(likely ? { color: 'green' } : {})}>{t(likely ? 'duplicates.likely' : 'duplicates.possible')}</Tag>
          {reasons.map((reason) => (
            <Tag key={reason} bordered={false}>
              {t(`duplicateReason.${reason}`)}
            </Tag>
          ))}
        </div>
        {may('customers.merge') && state !== 'same' && (
          <div className="row">
            {state !== 'different' && (
              <>
                <Link to={`/customers/${one.id}/merge/${other.id}`}>
                  <Button type="primary">{t('duplicates.same')}</Button>
                </Link>
                <Button loading={decide.pending} onClick={() => say('different')}>
                  {t('duplicates.different')}
                </Button>
              </>
            )}
            {state === 'open' ? (
              <Button type="text" onClick={() => say('later')}>
                {t('duplicates.later')}
              </Button>
            ) : (
              <Button type="text" onClick={() => say('open')}>
                {t('duplicates.again')}
              </Button>
            )}
          </div>
        )}
      </div>
    </li>
  )
}

function Side({ side }: { side: Pair['one'] }) {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const lines = [
    side.company,
    side.email,
    side.phone,
    ...(side.further ?? []),
    side.city,
    side.birthday && format.day(side.birthday),
    side.externalKey,
  ]
  return (
    <div className="pair-side">
      <Link to={`/customers/${side.id}`}>
        <b>{side.name}</b>
      </Link>
      {lines.filter(Boolean).map((line) => (
        <div key={String(line)}>{line}</div>
      ))}
      <div className="muted">
        {[
          side.orders !== null && t('duplicates.orders', { count: side.orders, number: format.number(side.orders) }),
          side.ownerId && t('head.owner', { name: owners.nameOf(side.ownerId) ?? '' }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
    </div>
  )
}
