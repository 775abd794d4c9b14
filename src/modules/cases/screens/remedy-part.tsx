import { Alert } from 'antd'
import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import type { Detail } from './shown.ts'

type Remedies = NonNullable<Detail['proposed']>['remedies']
type Demand = Detail['record']['demand']

/** Remedies as a list, with what they cost. */
export function RemedyList({ remedies }: { readonly remedies: Remedies }) {
  const t = useWords('cases')
  const format = useFormat()
  return (
    <ul className="plain-list">
      {remedies.map(({ kind, text, amountMinor }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: remedies of one proposal have no other name
        <li key={at}>{[t(`remedy.${kind}`), amountMinor > 0 && format.money(amountMinor), text].filter(Boolean).join(' · ')}</li>
      ))}
    </ul>
  )
}

export function DemandLine({ demand }: { readonly demand: Demand }) {
  const t = useWords('cases')
  const format = useFormat()
  if (!demand) return <span className="muted">{t('beside.noDemand')}</span>
  return (
    <span>
      {[t(`remedy.${demand.kind}`), demand.amountMinor !== null && format.money(demand.amountMinor), demand.text]
        .filter(Boolean)
        .join(' · ')}
    </span>
  )
}

/** What the customer asked for beside what is proposed and decided (G-08); what is for this customer apart from what is to prevent the next case. */
export function RemedyPart({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const { proposed, instructed, remedyAnswered } = found
  return (
    <section aria-label={t('beside.title')}>
      <h3>{t('beside.title')}</h3>
      <div className="case-beside">
        <div>
          <h4>{t('beside.asked')}</h4>
          <DemandLine demand={found.record.demand} />
        </div>
        <div>
          <h4>{t('beside.proposed')}</h4>
          {proposed ? <RemedyList remedies={proposed.remedies} /> : <span className="muted">{t('beside.notYet')}</span>}
        </div>
        <div>
          <h4>{t('beside.decided')}</h4>
          {instructed ? (
            <>
              <div>{t(`instruction.${instructed.decision}`)}</div>
              {instructed.remedies && <RemedyList remedies={instructed.remedies} />}
            </>
          ) : (
            <Waiting found={found} />
          )}
          {remedyAnswered && <div>{t(remedyAnswered.accepted ? 'remedyAnswer.accepted' : 'remedyAnswer.refused')}</div>}
        </div>
        <div>
          <h4>{t('beside.preventive')}</h4>
          {proposed?.preventive ?? <span className="muted">{t('beside.notYet')}</span>}
        </div>
      </div>
      {remedyAnswered && !remedyAnswered.accepted && (
        <Alert type="warning" showIcon className="case-alert" title={t('remedyAnswer.refusedHelp')} />
      )}
    </section>
  )
}

/** Who was asked to decide, by when, and why one may not decide oneself. */
function Waiting({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const { data } = useRead(casesApi.approvalOf, { caseId: found.id }, { enabled: found.proposed !== null })
  if (!data?.waits) return <span className="muted">{t('beside.notYet')}</span>
  const open = data.asked.filter(({ decidedAt }) => decidedAt === null)
  const names = (ids: readonly string[]) => ids.map((id) => people.nameOf(id)).join(ui('comma'))
  return (
    <>
      {open.map((one) => (
        <div key={one.id} className={one.late ? 'case-late' : ''}>
          {one.approverId
            ? t('beside.waitsFor', { name: people.nameOf(one.approverId), at: format.instant(one.dueAt) })
            : t('escalation.nobody-may-approve')}
        </div>
      ))}
      {data.may && !data.may.allowed && data.may.reason !== 'no-authority' && (
        <small className="muted">
          {t(`mayNot.${data.may.reason}`, {
            limit: data.may.limitMinor === null ? '' : format.money(data.may.limitMinor),
            who: names(data.may.could) || t('nobody'),
          })}
        </small>
      )}
    </>
  )
}
