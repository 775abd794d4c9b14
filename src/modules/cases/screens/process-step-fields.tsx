import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select, Switch } from 'antd'
import { DurationInput } from '#ui/duration-input.tsx'
import { languages, useWords } from '#ui/words.ts'
import { actors, conditions, needs } from '../domain/process.ts'
import { Labelled } from './labelled.tsx'
import type { ShownProcess } from './processes-page.tsx'
import { useStepName } from './shown.ts'

export type Step = ShownProcess['steps'][number]

interface StepFieldsProps {
  readonly step: Step
  readonly steps: readonly Step[]
  readonly change: (part: Partial<Step>) => void
}

/** Everything that is said of one step of a process. */
export function StepFields({ step, steps, change }: StepFieldsProps) {
  const t = useWords('cases')
  const stepName = useStepName()
  const options = (values: readonly string[], key: string) => values.map((value) => ({ value, label: t(`${key}.${value}`) }))
  const whens = [{ value: '', label: t('process.always') }, ...options(conditions, 'condition')]
  const stepOptions = [
    ...steps.map(({ key, names }) => ({ value: key, label: stepName(key, names) })),
    { value: 'end', label: t('process.end') },
  ]
  return (
    <div className="process-fields">
      <Labelled name={t('process.key')}>
        <Input
          value={step.key}
          maxLength={40}
          onChange={({ target }) => change({ key: target.value.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-') })}
        />
      </Labelled>
      {Object.entries(languages).map(([language, called]) => (
        <Labelled key={language} name={t('process.name', { language: called })}>
          <Input
            value={step.names[language] ?? ''}
            maxLength={80}
            placeholder={stepName(step.key, {})}
            onChange={({ target }) => {
              const { [language]: _, ...others } = step.names
              change({ names: target.value === '' ? others : { ...others, [language]: target.value } })
            }}
          />
        </Labelled>
      ))}
      <Labelled name={t('process.who')}>
        <Select
          value={step.actor}
          onChange={(actor) => change({ actor })}
          options={options(actors, 'process.actor') as { value: Step['actor']; label: string }[]}
        />
      </Labelled>
      <Labelled name={t('process.time')}>
        <DurationInput isWorking min={1} max={1_000_000} value={step.minutes} onChange={(minutes) => change({ minutes })} />
      </Labelled>
      <Labelled name={t('process.backTo')}>
        <Select
          mode="multiple"
          value={[...step.back]}
          onChange={(back) => change({ back })}
          options={stepOptions.filter(({ value }) => value !== step.key && value !== 'end')}
        />
      </Labelled>
      <div className="row">
        <Switch aria-label={t('process.pauses')} checked={step.pauses} onChange={(pauses) => change({ pauses })} /> {t('process.pauses')}
        <Switch aria-label={t('process.resolves')} checked={step.resolves} onChange={(resolves) => change({ resolves })} />{' '}
        {t('process.resolves')}
      </div>
      <Lines
        title={t('process.needs')}
        lines={step.needs}
        add={() => change({ needs: [...step.needs, { need: 'answer', when: null }] })}
        remove={(at) => change({ needs: step.needs.filter((_, index) => index !== at) })}
      >
        {({ need, when }, at) => (
          <>
            <Select
              aria-label={t('process.needs')}
              showSearch={{ optionFilterProp: 'label' }}
              value={need}
              onChange={(value) => change({ needs: step.needs.map((one, index) => (index === at ? { ...one, need: value } : one)) })}
              options={options(needs, 'need') as { value: typeof need; label: string }[]}
            />
            <Select
              aria-label={t('process.when')}
              value={when ?? ''}
              onChange={(value) =>
                change({ needs: step.needs.map((one, index) => (index === at ? { ...one, when: (value || null) as typeof when } : one)) })
              }
              options={whens as { value: NonNullable<typeof when> | ''; label: string }[]}
            />
          </>
        )}
      </Lines>
      <Lines
        title={t('process.ways')}
        lines={step.ways}
        add={() => change({ ways: [{ to: 'end', when: 'not-established' }, ...step.ways] })}
        remove={(at) => change({ ways: step.ways.filter((_, index) => index !== at) })}
      >
        {({ to, when }, at) => (
          <>
            <Select
              aria-label={t('process.when')}
              value={when ?? ''}
              onChange={(value) =>
                change({ ways: step.ways.map((one, index) => (index === at ? { ...one, when: (value || null) as typeof when } : one)) })
              }
              options={whens as { value: NonNullable<typeof when> | ''; label: string }[]}
            />
            <Select
              aria-label={t('process.ways')}
              value={to}
              onChange={(value) => change({ ways: step.ways.map((one, index) => (index === at ? { ...one, to: value } : one)) })}
              options={stepOptions.filter(({ value }) => value !== step.key)}
            />
          </>
        )}
      </Lines>
    </div>
  )
}

interface LinesProps<T> {
  readonly title: string
  readonly lines: readonly T[]
  readonly add: () => void
  readonly remove: (at: number) => void
  readonly children: (line: T, at: number) => React.ReactNode
}

function Lines<T>({ title, lines, add, remove, children }: LinesProps<T>) {
  const t = useWords('cases')
  return (
    <fieldset className="process-lines">
      <legend>{title}</legend>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
        <div key={at} className="row">
          {children(line, at)}
          <Button aria-label={t('action.removeLine')} icon={<DeleteOutlined />} onClick={() => remove(at)} />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={add}>
        {t('process.addLine')}
      </Button>
    </fieldset>
  )
}
