import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { useWords } from '#ui/words.ts'
import type { Home } from './home-page.tsx'

type Step = Home['next'][number]

/** Where each step is taken. */
const places: Readonly<Record<Step['code'], (step: Step) => string>> = {
  'rejected-rows': ({ values }) => `/import?run=${values.run}`,
  'valuation-failed': () => '/value',
  'value-book': () => '/value',
  'import-orders': () => '/import',
  'set-margin': () => '/settings',
  'valuation-overdue': () => '/value',
  'newer-orders': () => '/import',
  'complete-archive': () => '/customers',
  leaking: () => '/keeping',
  'look-at-leads': () => '/customers?tier=lead',
  'poor-forecast': () => '/value/models',
  'enter-spend': () => '/value/spend',
}

export function NextSteps({ steps }: { steps: readonly Step[] }) {
  const t = useWords('insight')
  const format = useFormat()
  if (steps.length === 0) return null
  const written = ({ values }: Step) => ({
    ...values,
    ...(values.day === undefined ? {} : { day: format.day(String(values.day)) }),
    ...(values.customers === undefined ? {} : { count: Number(values.customers), customers: format.number(Number(values.customers)) }),
    ...(values.rows === undefined ? {} : { count: Number(values.rows), rows: format.number(Number(values.rows)) }),
    ...(values.days === undefined ? {} : { count: Number(values.days) }),
  })
  return (
    <ul className="next-steps">
      {steps.map((step) => (
        <li key={step.code}>
          <Link to={places[step.code](step)}>{t(`next.${step.code}.do`, written(step))}</Link>
          <span className="muted">{t(`next.${step.code}.why`, written(step))}</span>
        </li>
      ))}
    </ul>
  )
}
