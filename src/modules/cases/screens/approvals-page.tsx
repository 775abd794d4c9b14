import { Button, Segmented, Tag } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loading, Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { CaseCustomer } from './case-customer.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { DemandLine, RemedyList } from './remedy-part.tsx'
import { useMatter } from './shown.ts'
import './cases.css'

export type Waiting = ResultOf<typeof casesApi.approvals>['items'][number]
const lists = ['mine', 'all'] as const
type Which = (typeof lists)[number]

/** What waits for a decision, each proposal beside what was asked for (G-09). ↑ and ↓ walk, D decides. */
export function ApprovalsPage() {
  const t = useWords('cases')
  const [params, setParams] = useSearchParams()
  const of = lists.find((one) => one === params.get('of')) ?? 'mine'
  const pages = usePages(casesApi.approvals, { of })
  const [decided, setDecided] = useState<Waiting | null>(null)
  return (
    <Page title={t('approvals.title')} about={t('approvals.about')}>
      <Segmented<Which>
        aria-label={t('approvals.which')}
        value={of}
        onChange={(value) => setParams({ of: value }, { replace: true })}
        options={lists.map((value) => ({ value, label: t(`approvals.${value}`) }))}
      />
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending ? (
        <Loading lines={8} />
      ) : pages.items.length === 0 && !pages.problem ? (
        <Empty title={t(`approvals.none.${of}`)}>{t('approvals.noneHelp')}</Empty>
      ) : (
        <>
          <ul className="plain-list case-waiting-list" aria-label={t('approvals.title')}>
            {pages.items.map((one) => (
              <li key={one.id}>
                <WaitingCard one={one} decide={() => setDecided(one)} />
              </li>
            ))}
          </ul>
          <p className="muted">{t('approvals.keys')}</p>
        </>
      )}
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {t('approvals.more')}
        </Button>
      )}
      {decided && <DecideDialog one={decided} close={() => setDecided(null)} />}
    </Page>
  )
}

function WaitingCard({ one, decide }: { readonly one: Waiting; readonly decide: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const matter = useMatter()
  const { may } = one
  const keys = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key.toLowerCase() === 'd' && may.allowed) decide()
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      neighbour(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1)?.focus()
    else return
    event.preventDefault()
  }
  return (
    <article className="section case-waiting" aria-labelledby={`waiting-${one.id}`}>
      <header className="row">
        <h2 id={`waiting-${one.id}`}>
          <Link to={`/cases/${one.case.id}`} onKeyDown={keys} className="case-waiting-link">
            <span className="case-number">{one.case.number}</span> {one.case.subject}
          </Link>
        </h2>
        <TierTag tier={one.case.tier} />
        <Tag>{t(`severity.${one.case.severity}`)}</Tag>
        {one.case.repeated && <Tag color="error">{t('repeated')}</Tag>}
        {one.level > 0 && <Tag color="warning">{t('approvals.higher')}</Tag>}
      </header>
      <p className="muted">
        <CaseCustomer of={one.case.customer} />
        {[matter(one.case), one.cause].filter(Boolean).map((text) => ` · ${text}`)}
      </p>
      <div className="case-beside">
        <div>
          <h3>{t('beside.asked')}</h3>
          <DemandLine demand={one.demand} />
        </div>
        <div>
          <h3>{t('beside.proposed')}</h3>
          <RemedyList remedies={one.proposed.remedies} />
          <b>{format.money(one.amountMinor)}</b>
        </div>
        <div>
          <h3>{t('said.reason')}</h3>
          <div className="case-text">{one.proposed.reason}</div>
          <small className="muted">
            {people.nameOf(one.proposed.by)} · {format.instant(one.proposed.at)}
          </small>
        </div>
        {one.proposed.preventive && (
          <div>
            <h3>{t('beside.preventive')}</h3>
            <div className="case-text">{one.proposed.preventive}</div>
          </div>
        )}
      </div>
      <footer className="row">
        <span className={one.late ? 'case-late' : 'muted'}>
          {t(one.late ? 'approvals.wasDue' : 'approvals.due', { at: format.instant(one.dueAt) })}
          {one.approverId && ` · ${people.nameOf(one.approverId)}`}
        </span>
        {may.allowed ? (
          <Button type="primary" onClick={decide}>
            {t('act.instructed')}
          </Button>
        ) : (
          <span className="muted">
            {t(`mayNot.${may.reason}`, {
              limit: may.limitMinor === null ? '' : format.money(may.limitMinor),
              who: may.could.map((id) => people.nameOf(id)).join(ui('comma')) || t('nobody'),
            })}
          </span>
        )}
        {may.deputyFor && <small className="muted">{t('approvals.deputyFor', { name: people.nameOf(may.deputyFor) })}</small>}
      </footer>
    </article>
  )
}

/** The link of the card before or behind the one in which somebody stands. */
function neighbour(link: HTMLElement, by: 1 | -1): HTMLElement | undefined {
  const all = [...(link.closest('ul')?.querySelectorAll<HTMLElement>('.case-waiting-link') ?? [])]
  return all[all.indexOf(link) + by]
}
