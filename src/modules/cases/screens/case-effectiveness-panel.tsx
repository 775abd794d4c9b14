import { Button } from 'antd'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { RecurrenceChart } from './recurrence-chart.tsx'
import './cases.css'
import './seeing.css'

/** Whether the cause came back since the remedy was carried out; filled into the check when it is made. It is counted over months of cases and orders, so only for whoever asks. */
export function CaseEffectivenessPanel({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  const format = useFormat()
  const [asked, setAsked] = useState(false)
  const found = useRead(casesApi.caseEffectiveness, { caseId }, { enabled: asked })
  if (!asked) return <Button onClick={() => setAsked(true)}>{t('effect.look')}</Button>
  return (
    <Loaded of={found} lines={2}>
      {({ due, recurrence }) => (
        <>
          {due === null && recurrence === null && <p className="muted">{t('effect.notYet')}</p>}
          {due && <p>{t('checks.next', { days: due.days, on: format.day(due.on) })}</p>}
          {recurrence && <RecurrenceChart found={recurrence} />}
        </>
      )}
    </Loaded>
  )
}
