import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { courtesyItems, rights } from '../domain/figures/quality-sheet.ts'
import { QualityForm } from './quality-form.tsx'
import './desk.css'

/** On a case's page: how well it was served, as those above judged it. */
export function QualityPanel({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const { may } = useSession()
  const sheets = useRead(casesApi.qualitySheets, { caseId })
  const one = useRead(casesApi.one, { caseId }, { enabled: may('cases.quality') })
  const [judging, setJudging] = useState(false)
  return (
    <>
      <Loaded of={sheets} lines={2}>
        {({ items, hidden }) =>
          items.length === 0 ? (
            <p className="muted">{hidden === 0 ? t('quality.none') : t('quality.hidden', { count: hidden })}</p>
          ) : (
            <ul className="case-techniques" aria-label={t('quality.title')}>
              {items.map((sheet) => {
                const notMet = rights.filter((right) => sheet.rights[right] === 'not-met')
                const mean = courtesyItems.reduce((sum, item) => sum + sheet.courtesy[item], 0) / courtesyItems.length
                return (
                  <li key={sheet.id}>
                    <div className="row">
                      <Tag color={sheet.verdict === 'passed' ? 'success' : 'error'}>{t(`quality.verdict.${sheet.verdict}`)}</Tag>
                      <span>{t('quality.of', { name: people.nameOf(sheet.agentId) ?? sheet.agentId })}</span>
                      <span>{t('quality.courtesyMean', { mean: format.number(mean, 1) })}</span>
                    </div>
                    {notMet.length > 0 && (
                      <span>{t('quality.notMet', { names: notMet.map((right) => t(`quality.right.${right}`)).join(ui('comma')) })}</span>
                    )}
                    {sheet.note && <p className="case-text">{sheet.note}</p>}
                    <small className="muted">
                      {t('quality.by', { name: people.nameOf(sheet.judgedBy) ?? sheet.judgedBy, at: format.instant(sheet.judgedAt) })}
                    </small>
                  </li>
                )
              })}
            </ul>
          )
        }
      </Loaded>
      {may('cases.quality') && one.data && (
        <p>
          <Button onClick={() => setJudging(true)}>{t('quality.check')}</Button>
        </p>
      )}
      {judging && one.data && <QualityForm found={one.data} close={() => setJudging(false)} />}
    </>
  )
}
