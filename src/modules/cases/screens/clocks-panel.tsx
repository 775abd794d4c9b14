import { Alert, Button, Progress, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { type Names, useNamed } from '#ui/named.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { hasWord, useWords, type Words } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { useWhy } from './clock-words.ts'
import './cases.css'

export type ShownClock = ResultOf<typeof casesApi.clocks>['clocks'][number]

/** The clocks of a case, of its policy beside those of a law: what is due when, how much of the time is used up, and why. */
export function ClocksPanel({ caseId }: { readonly caseId: string }) {
  const t = useWords('cases')
  const found = useRead(casesApi.clocks, { caseId })
  const one = useRead(casesApi.one, { caseId })
  return (
    <Loaded of={found}>
      {({ clocks, policy }) => {
        const running = clocks.filter(
          ({ state, metAt }) => state === 'running' || state === 'paused' || (state === 'breached' && metAt === null),
        )
        const over = clocks.filter((clock) => !running.includes(clock))
        return (
          <>
            {policy && <Served policy={policy} caseId={caseId} version={one.data?.version ?? null} />}
            {running.length === 0 && <p className="muted">{t('clock.none')}</p>}
            <ul className="case-clocks">
              {running.map((clock) => (
                <Clock key={clock.id} clock={clock} caseId={caseId} version={one.data?.version ?? null} />
              ))}
            </ul>
            {over.length > 0 && (
              <details>
                <summary>{t('clock.over', { count: over.length })}</summary>
                <ul className="case-clocks">
                  {over.map((clock) => (
                    <Clock key={clock.id} clock={clock} caseId={caseId} version={null} />
                  ))}
                </ul>
              </details>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

type Policy = NonNullable<ResultOf<typeof casesApi.clocks>['policy']>

/** By which policy the case is served, and by which it could be: its customer's tier, or the policy, changed since. What was spent stays spent. */
function Served({ policy, caseId, version }: { readonly policy: Policy; readonly caseId: string; readonly version: number | null }) {
  const t = useWords('cases')
  const notice = useNotice()
  const { may } = useSession()
  const apply = useWrite(casesApi.applyPolicy, { onDone: () => notice.done(t('policy.applied')) })
  const { name, present } = policy
  return (
    <>
      {name && <p className="muted">{t('policy.served', { name, version: policy.version })}</p>}
      {present && (
        <Alert
          type="info"
          showIcon
          title={t('policy.present', { name: present.name ?? t('clock.policy'), version: present.version })}
          description={t('policy.presentHelp')}
          action={
            may('cases.manage') &&
            version !== null && (
              <Button loading={apply.pending} onClick={() => void apply.send({ caseId, version }).catch(notice.refused)}>
                {t('policy.apply')}
              </Button>
            )
          }
        />
      )}
    </>
  )
}

/** What a clock is called: a step's by the step, one of the company's own rules as the company says. */
function nameOf(t: Words, named: (names: Names) => string, { key, names }: ShownClock): string {
  if (names !== null) return named(names)
  const step = /^step:(.*)$/.exec(key)?.[1]
  if (step !== undefined) return t('clock.step', { step: hasWord('cases', `step.${step}`) ? t(`step.${step}`) : step })
  return t(`clock.key.${/^regime:[^:]*:(.*)$/.exec(key)?.[1] ?? key}`)
}

function Clock({ clock, caseId, version }: { readonly clock: ShownClock; readonly caseId: string; readonly version: number | null }) {
  const t = useWords('cases')
  const format = useFormat()
  const why = useWhy()
  const named = useNamed()
  const { may } = useSession()
  const [granting, setGranting] = useState<string | null>(null)
  const late = clock.breachedAt !== null
  const ofRules = clock.termsNames === null ? t(`regime.${clock.terms}`) : named(clock.termsNames)
  const terms = clock.terms === null ? (clock.policyName ?? t('clock.policy')) : ofRules
  const extensionOf = (key: string) => {
    const names = clock.extensions.find((one) => one.key === key)?.names ?? null
    return names === null ? t(`extension.${key}`) : named(names)
  }
  return (
    <li className={clock.binding ? 'case-clock case-clock-binding' : 'case-clock'}>
      <div className="row">
        <b>{nameOf(t, named, clock)}</b>
        <Tag>{clock.source === 'process' ? t('clock.process') : terms}</Tag>
        {clock.state === 'paused' && <Tag>{t('paused')}</Tag>}
        {late && <Tag color="error">{t('late')}</Tag>}
        <span className={late ? 'case-late' : ''}>{clock.dueAt && t('clock.due', { at: format.instant(clock.dueAt) })}</span>
      </div>
      {(clock.state === 'running' || clock.state === 'paused') && (
        <Progress
          aria-label={t('clock.used')}
          percent={Math.min(100, Math.round(clock.share * 100))}
          size="small"
          {...(late ? { status: 'exception' as const } : {})}
        />
      )}
      <details>
        <summary>{t('clock.why')}</summary>
        <ul className="case-why">
          {clock.why.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one explanation, in order
            <li key={index}>{why(part)}</li>
          ))}
        </ul>
      </details>
      {version !== null && may('cases.write') && clock.extensions.length > 0 && (
        <div className="row">
          {clock.extensions.map(({ key, needs }) => (
            <Button key={key} size="small" disabled={needs === 'approval' && !may('cases.approve')} onClick={() => setGranting(key)}>
              {extensionOf(key)}
            </Button>
          ))}
        </div>
      )}
      {granting && version !== null && (
        <Dialog title={extensionOf(granting)} onClose={() => setGranting(null)}>
          <Grant clock={clock} caseId={caseId} version={version} extension={granting} close={() => setGranting(null)} />
        </Dialog>
      )}
    </li>
  )
}

interface GrantProps {
  readonly clock: ShownClock
  readonly caseId: string
  readonly version: number
  readonly extension: string
  readonly close: () => void
}

function Grant({ clock, caseId, version, extension, close }: GrantProps) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const extend = useWrite(casesApi.extend, {
    onDone: () => {
      notice.done(t('acted'))
      close()
    },
  })
  return (
    <Form<{ readonly reason: string }>
      fields={[{ name: 'reason', kind: 'area', label: t('said.reason'), required: true }]}
      initial={{}}
      onSubmit={({ reason }) =>
        extend.send({ caseId, version, regime: clock.slot.replace(/^regime:/, ''), target: clock.key, extension, reason })
      }
      problem={extend.problem}
      pending={extend.pending}
      submit={ui('save')}
      cancel={close}
    />
  )
}
