import { Button, Checkbox, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Compared, useMerged } from '#ui/compared.tsx'
import { Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { phases, progressOf } from '../domain/visit.ts'
import type { Detail } from './commitment-page.tsx'

type Step = Detail['steps'][number]

interface ChecklistProps {
  readonly commitment: Detail
  /** Told whether something was ticked or noted that is not saved yet. */
  readonly onUnsaved: (unsaved: boolean) => void
}

/** Purpose → plan → steps → information collection: ticked, and noted beside it what was found. */
export function Checklist({ commitment, onUnsaved }: ChecklistProps) {
  const t = useWords('commitments')
  const ui = useWords('ui')
  const { may } = useSession()
  const typed = useMerged(byName(commitment.steps))
  const steps = Object.values(typed.values)
  const [own, setOwn] = useState('')
  const save = useWrite(commitmentsApi.change)
  const writes = commitment.state === 'open' && commitment.mayChange && may('commitments.write')
  const { changed } = typed
  useEffect(() => onUnsaved(changed), [changed, onUnsaved])
  const { done, of } = progressOf(steps)
  const set = (step: Step, values: Partial<Step>) => typed.set({ [nameOf(step)]: { ...step, ...values } })
  const name = (step: Step) => step.text ?? t(`step.${step.key}`)
  const label = (step: string) => name(typed.values[step]!)
  const shown = (_: string, value: unknown) => {
    const { done, note } = value as Step
    return [ui(done ? 'yes' : 'no'), ...(note ? [note] : [])].join(ui('comma'))
  }
  const send = () => save.send({ id: commitment.id, version: commitment.version, steps }).then(typed.saved, () => {})
  return (
    <Section title={t('checklist.title')} about={t('checklist.progress', { done, of })}>
      <Refused problem={save.problem} />
      {typed.compared && <Compared compared={typed.compared} label={label} shown={shown} decide={typed.decide} />}
      {phases.map((phase) => (
        <fieldset key={phase} className="checklist">
          <legend>{t(`phase.${phase}`)}</legend>
          {steps
            .filter((step) => step.phase === phase)
            .map((step) => (
              <div key={`${step.key} ${step.text}`} className="checklist-step">
                <Checkbox checked={step.done} disabled={!writes} onChange={(event) => set(step, { done: event.target.checked })}>
                  {name(step)}
                </Checkbox>
                {(writes || step.note) && (
                  <Input
                    aria-label={t('checklist.noteOn', { step: name(step) })}
                    placeholder={t('checklist.note')}
                    variant="underlined"
                    maxLength={1000}
                    disabled={!writes}
                    value={step.note ?? ''}
                    onChange={(event) => set(step, { note: event.target.value || null })}
                  />
                )}
              </div>
            ))}
        </fieldset>
      ))}
      {writes && (
        <form
          className="checklist-own"
          onSubmit={(event) => {
            event.preventDefault()
            const text = own.trim()
            if (text === '' || steps.some((step) => step.text === text)) return
            typed.set(byName([{ phase: 'steps', key: null, text, done: false, note: null }]))
            setOwn('')
          }}
        >
          <Input
            aria-label={t('checklist.own')}
            placeholder={t('checklist.own')}
            maxLength={200}
            value={own}
            onChange={(event) => setOwn(event.target.value)}
          />
          <Button htmlType="submit">{ui('add')}</Button>
          <Button type="primary" disabled={!changed} loading={save.pending} onClick={() => void send()}>
            {ui('save')}
          </Button>
        </form>
      )}
    </Section>
  )
}

/** Steps by what tells them apart, in their order. */
const byName = (steps: readonly Step[]): Readonly<Record<string, Step>> => Object.fromEntries(steps.map((step) => [nameOf(step), step]))
const nameOf = ({ phase, key, text }: Step) => `${phase} ${key ?? ''} ${text ?? ''}`
