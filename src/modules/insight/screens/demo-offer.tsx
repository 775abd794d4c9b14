import { CheckOutlined, ClockCircleOutlined, CloseOutlined, LoadingOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { demoApi, demoSteps } from '#seeds/api.ts'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import './insight.css'

type Demo = ResultOf<typeof demoApi.state>

/** Everything that the loading changes. */
const changed = ['insight', 'customers', 'orders', 'value', 'imports', 'runs', 'organization']

/** Offers to load the demo company into an empty book, and shows how far that is. */
export function DemoOffer() {
  const t = useWords('insight')
  const cache = useQueryClient()
  const demo = useRead(demoApi.state, {}, { every: (data) => ((data as Demo | undefined)?.state === 'loading' ? 700 : false) })
  const load = useWrite(demoApi.load)
  const state = demo.data?.state
  const before = useRef(state)
  useEffect(() => {
    if (before.current === 'loading' && state !== 'loading')
      for (const module of changed) void cache.invalidateQueries({ queryKey: [module] })
    before.current = state
  }, [state, cache])
  return (
    <Loaded of={demo} lines={3}>
      {(found) => (
        <>
          <p>{t(`demo.${found.state}`)}</p>
          {found.steps.length > 0 && found.state !== 'none' && <Steps demo={found} />}
          {found.state === 'loaded' && <Link to="/">{t('demo.look')}</Link>}
          {found.possible && (
            <Button onClick={() => void load.send({}).catch(() => {})} loading={load.pending}>
              {t('demo.load')}
            </Button>
          )}
          <Refused problem={load.problem} />
        </>
      )}
    </Loaded>
  )
}

const signs = {
  waiting: ClockCircleOutlined,
  running: LoadingOutlined,
  done: CheckOutlined,
  failed: CloseOutlined,
  cancelled: CloseOutlined,
  undone: CloseOutlined,
} as const

function Steps({ demo }: { demo: Demo }) {
  const t = useWords('insight')
  const format = useFormat()
  const shown = demoSteps.map(
    (step) => demo.steps.find((one) => one.step === step) ?? { step, state: 'waiting' as const, done: 0, total: null, problem: null },
  )
  return (
    <ul className="demo-steps" aria-live="polite">
      {shown.map(({ step, state, done, total, problem }) => {
        const Sign = signs[state]
        return (
          <li key={step} className={state === 'waiting' ? 'muted' : undefined}>
            <Sign aria-hidden /> {t(`demo.step.${step}`)}{' '}
            <span className="muted">
              · {t(`ui:run.${state}`)}
              {state === 'running' && total !== null && total > 0 && ` · ${format.percent(done / total)}`}
            </span>
            {problem && <p role="alert">{problem}</p>}
          </li>
        )
      })}
    </ul>
  )
}
