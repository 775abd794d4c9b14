import { Alert } from 'antd'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { GoodsPart } from './goods-part.tsx'
import { LossPart } from './loss-part.tsx'
import { RemedyPart } from './remedy-part.tsx'
import { SearchPart } from './search-part.tsx'
import { useDepartments } from './set-up-words.ts'
import type { Detail } from './shown.ts'
import { TasksPart } from './tasks-part.tsx'
import './cases.css'

/** Who answers for what in a case, how its cause was searched for, what was decided beside what was asked for, who does what, and what was lost. Only the parts that its process knows. */
export function ResponsibilityPanel({ caseId }: { readonly caseId: string; readonly customerId: string | null }) {
  const found = useRead(casesApi.one, { caseId })
  return (
    <Loaded of={found} lines={3}>
      {(one) => {
        const needs = new Set(one.process.steps.flatMap((step) => step.needs.map(({ need }) => need)))
        return (
          <div className="case-parts">
            <Responsibilities found={one} />
            {(needs.has('cause') || one.hypotheses.length > 0 || one.observations.length > 0) && <SearchPart found={one} />}
            {(needs.has('remedy') || one.proposed) && <RemedyPart found={one} />}
            {(one.kind === 'goodwill' || one.goods) && <GoodsPart found={one} />}
            <TasksPart found={one} />
            {(needs.has('loss-considered') || needs.has('penalty-considered') || one.recoveries.length > 0) && <LossPart found={one} />}
          </div>
        )
      }}
    </Loaded>
  )
}

/** The three responsibilities (G-14): who brought it about, who handles it, who answers for the delay. */
function Responsibilities({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const { nameOf } = useDepartments()
  const { responsible, routed } = found
  const both = (...names: readonly (string | null)[]) => names.filter(Boolean).join(' · ')
  const open = <span className="muted">{t('three.open')}</span>
  const overdue = found.escalations.filter(({ because }) => because === 'approval-overdue')
  return (
    <section aria-label={t('three.title')}>
      <dl className="facts">
        <div>
          <dt>{t('three.caused')}</dt>
          <dd>
            {responsible
              ? both(responsible.nobody ? t('said.nobody') : people.nameOf(responsible.userId), nameOf(responsible.departmentId))
              : open}
          </dd>
        </div>
        <div>
          <dt>{t('three.handles')}</dt>
          <dd>
            {both(people.nameOf(found.ownerId), nameOf(found.departmentId), people.nameOf(found.personId)) || open}
            {routed?.byTable && (
              <div>
                <small className="muted">
                  {t('three.byTable')}{' '}
                  {routed.byTable.passed
                    .map(({ userId, why }) => t(`three.pass.${why}`, { name: people.nameOf(userId) }))
                    .join(ui('comma'))}
                </small>
              </div>
            )}
            {routed !== null && routed.shares.length > 0 && (
              <div>
                <small className="muted">
                  {t('three.shares')}{' '}
                  {routed.shares
                    .map(
                      ({ departmentId, percent }) =>
                        `${nameOf(departmentId) ?? t('three.goneDepartment')} ${format.percent(percent / 100)}`,
                    )
                    .join(ui('comma'))}
                </small>
              </div>
            )}
            {found.transfers.length > 0 && (
              <div>
                <small className="muted">{t('three.transfers', { found: found.transfers.length })}</small>
              </div>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('three.delayed')}</dt>
          <dd>
            {responsible?.delayedBy
              ? people.nameOf(responsible.delayedBy)
              : overdue.length > 0
                ? t('three.overdue')
                : t('three.nobodyDelayed')}
          </dd>
        </div>
      </dl>
      {found.escalations.length > 0 && (
        <Alert
          type="warning"
          showIcon
          className="case-alert"
          title={t('act.escalated')}
          description={
            <ul className="plain-list">
              {found.escalations.toReversed().map(({ seq, at, because, why, to }) => (
                <li key={seq}>
                  {both(
                    because ? t(`escalation.${because}`) : why,
                    format.instant(at),
                    t('three.told', { names: to.map((id) => people.nameOf(id)).join(ui('comma')) || t('nobody') }),
                  )}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </section>
  )
}
