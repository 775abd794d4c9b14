import { PlusOutlined } from '@ant-design/icons'
import { Button, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loading, Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { Capture, Judge, React } from './signal-forms.tsx'
import './commitments.css'

export type Signal = ResultOf<typeof commitmentsApi.signals>['items'][number]
type Step = 'capture' | 'judge' | 'react'

/** What was heard moves from captured to judged to reacted (B-04). */
export function SignalsPage() {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const { may } = useSession()
  const writes = may('commitments.write')
  const [shown, setShown] = useState<'open' | 'late' | 'closed'>('open')
  const [step, setStep] = useState<{ step: Step; signal: Signal | null } | null>(null)
  const pages = usePages(commitmentsApi.signals, shown === 'closed' ? { closed: true } : shown === 'late' ? { late: true } : {})
  const close = () => setStep(null)
  const capture = writes && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setStep({ step: 'capture', signal: null })}>
      {t('signal.capture')}
    </Button>
  )
  return (
    <Page title={t('nav.signals')} about={t('signal.about')} actions={capture}>
      <Segmented<'open' | 'late' | 'closed'>
        aria-label={t('signal.which')}
        value={shown}
        onChange={setShown}
        options={(['open', 'late', 'closed'] as const).map((value) => ({
          value,
          label: t(`signal.show.${value}`, { count: pages.first?.lateAfterDays ?? 7 }),
        }))}
      />
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading />}
      {!pages.isPending && pages.items.length === 0 && (
        <Empty title={t('signal.nothing')} action={shown === 'open' && capture}>
          {t('signal.nothingHelp')}
        </Empty>
      )}
      <ul className="signals">
        {pages.items.map((signal) => (
          <li key={signal.id} className="section">
            <Heard signal={signal} />
            {writes && (signal.state === 'captured' || signal.state === 'judged') && (
              <div className="form-actions">
                <Button onClick={() => setStep({ step: 'judge', signal })}>{t('signal.judge')}</Button>
                {signal.state === 'judged' && (
                  <Button type="primary" onClick={() => setStep({ step: 'react', signal })}>
                    {t('signal.react')}
                  </Button>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
      {step && (
        <Dialog title={t(`signal.${step.step}`)} onClose={close}>
          {step.step === 'capture' ? (
            <Capture close={close} />
          ) : step.signal && step.step === 'judge' ? (
            <Judge signal={step.signal} close={close} />
          ) : (
            step.signal && <React signal={step.signal} close={close} />
          )}
        </Dialog>
      )}
    </Page>
  )
}

function Heard({ signal }: { signal: Signal }) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const format = useFormat()
  const people = usePeople()
  const by = (at: Date, who: string | null) => t('history.by', { at: format.instant(at), name: people.nameOf(who) })
  return (
    <>
      <div className="row">
        <Tag>{t(`signalState.${signal.state}`)}</Tag>
        {signal.late && <span className="owed-late">{t('signal.late')}</span>}
        {signal.customer && <Link to={`/customers/${signal.customer.id}`}>{signal.customer.name}</Link>}
      </div>
      <p className="commitment-text">{signal.text}</p>
      <ol className="signal-steps">
        <li>
          {t('signal.captured', { source: signal.source ?? t('signal.noSource') })}{' '}
          <small className="muted">{by(signal.capturedAt, signal.capturedBy)}</small>
        </li>
        {signal.judgedAt && (
          <li>
            {t('signal.judged', { true: ui(signal.isTrue ? 'yes' : 'no'), important: ui(signal.isImportant ? 'yes' : 'no') })}
            {signal.judgement && ` ${signal.judgement}`} <small className="muted">{by(signal.judgedAt, signal.judgedBy)}</small>
          </li>
        )}
        {signal.reactedAt && (
          <li>
            {t('signal.reacted', { reaction: signal.reaction })}{' '}
            {signal.commitmentId && <Link to={`/commitments/${signal.commitmentId}`}>{t('signal.task')}</Link>}{' '}
            <small className="muted">{by(signal.reactedAt, signal.reactedBy)}</small>
          </li>
        )}
      </ol>
    </>
  )
}
