import { Button, Tag } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { useFormat } from '#ui/format.ts'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { useWords } from '#ui/words.ts'
import type { commitmentsApi } from '../api.ts'
import { mayJudge, mayReact } from '../domain/signal.ts'
import { Judge, React } from './signal-forms.tsx'
import './commitments.css'

export type Signal = ResultOf<typeof commitmentsApi.signals>['items'][number]

/** Signals with what became of them, and what comes next for whoever may do it. `named`: with the customer, where they are not all of one. */
export function SignalList({ signals, named = true }: { signals: readonly Signal[]; named?: boolean }) {
  const t = useWords('commitments')
  const { may } = useSession()
  const [step, setStep] = useState<{ step: 'judge' | 'react'; signal: Signal } | null>(null)
  const close = () => setStep(null)
  // As it is now: somebody else may have judged it while it is open.
  const signal = signals.find(({ id }) => id === step?.signal.id) ?? step?.signal
  return (
    <>
      <ul className="signals">
        {signals.map((signal) => (
          <li key={signal.id} {...(named ? { className: 'section' } : {})}>
            <Heard signal={signal} named={named} />
            {may('commitments.write') && mayJudge(signal.state) && (
              <div className="form-actions">
                <Button onClick={() => setStep({ step: 'judge', signal })}>{t('signal.judge')}</Button>
                {mayReact(signal.state) && (
                  <Button type="primary" onClick={() => setStep({ step: 'react', signal })}>
                    {t('signal.react')}
                  </Button>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {step && signal && (
        <Dialog title={t(step.step === 'judge' ? 'signal.judge' : 'signal.react')} onClose={close}>
          {step.step === 'judge' ? <Judge signal={signal} close={close} /> : <React signal={signal} close={close} />}
        </Dialog>
      )}
    </>
  )
}

function Heard({ signal, named }: { signal: Signal; named: boolean }) {
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
        {named && signal.customer && <Link to={`/customers/${signal.customer.id}`}>{signal.customer.name}</Link>}
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
