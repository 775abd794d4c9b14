/**
 * "Why?" beside a figure: what it was computed from, how, as of which day, by which run.
 *
 *   <Why title={t('lifetimeValue')} formula={t('lifetimeValue.formula')} inputs={[{ label: t('orders'), value: format.number(3) }]} asOf="2011-12-09"
 *        model="BG/NBD" run={runId} source={t('source')} note={t('note')} />
 */
import { type ReactNode, useId, useRef } from 'react'
import { useFormat } from './format.ts'
import { useWords } from './words.ts'

export interface WhyProps {
  /** The figure's name. */
  readonly title: string
  readonly inputs: readonly { readonly label: string; readonly value: ReactNode }[]
  readonly formula?: ReactNode
  /** The day that the figure looks from, `YYYY-MM-DD`. */
  readonly asOf?: string | null
  readonly computedAt?: Date | null
  readonly model?: string | null
  readonly run?: string | null
  readonly source?: ReactNode
  readonly note?: ReactNode
}

export function Why({ title, inputs, formula, asOf, computedAt, model, run, source, note }: WhyProps) {
  const t = useWords('ui')
  const format = useFormat()
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const facts: readonly [string, ReactNode][] = [
    ['why.asOf', asOf && format.day(asOf)],
    ['why.computedAt', computedAt && format.instant(computedAt)],
    ['why.model', model],
    ['why.run', run && <code>{run}</code>],
    ['why.source', source],
  ]
  return (
    <>
      <button ref={button} type="button" className="why" popoverTarget={id} aria-label={t('why.open', { figure: title })}>
        {t('why.short')}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="why-panel"
        role="dialog"
        aria-label={t('why.title', { figure: title })}
        onToggle={() => place(button.current, panel.current)}
      >
        <h3>{t('why.title', { figure: title })}</h3>
        {formula && <p className="why-formula">{formula}</p>}
        <dl className="facts">
          {inputs.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {facts
            .filter(([, value]) => value)
            .map(([key, value]) => (
              <div key={key}>
                <dt>{t(key)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
        {note && <p className="muted">{note}</p>}
      </div>
    </>
  )
}

/** Below its button where there is room, else above, and never outside the window. */
function place(button: HTMLElement | null, panel: HTMLElement | null): void {
  if (!button || !panel?.matches(':popover-open')) return
  const from = button.getBoundingClientRect()
  const { width, height } = panel.getBoundingClientRect()
  const below = from.bottom + height + 8 <= innerHeight
  panel.style.top = `${below ? from.bottom + 6 : Math.max(8, from.top - height - 6)}px`
  panel.style.left = `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`
}
