import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { DurationInput } from '#ui/duration-input.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Loading, Page, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { languages, useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { actors, conditions, needs, type ProcessProblem, processProblems } from '../domain/process.ts'
import { Labelled } from './labelled.tsx'
import type { ShownProcess } from './processes-page.tsx'
import { useStepName } from './shown.ts'
import './cases.css'

type Step = ShownProcess['steps'][number]

/** A draft of a process, step by step; what keeps it from working is said while it is written. */
export function ProcessEditPage() {
  const { key = '', version = '' } = useParams()
  const found = useRead(casesApi.processes, {})
  return (
    <Loaded of={found}>
      {({ processes }) => {
        const process = processes.find((one) => one.key === key && one.version === Number(version))
        if (process?.state === 'draft') return <Edit key={process.edit} process={process} />
        // Whoever has just copied a process is here before the list that knows the copy.
        return found.isFetching ? <Loading /> : <Missing />
      }}
    </Loaded>
  )
}

function Missing() {
  const t = useWords('cases')
  return <Page title={t('process.title')}>{t('refusal.no-draft')}</Page>
}

function Edit({ process }: { readonly process: ShownProcess }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const navigate = useNavigate()
  const stepName = useStepName()
  const [steps, setSteps] = useState<readonly Step[]>(process.steps)
  const save = useWrite(casesApi.saveProcess, {
    onDone: () => {
      notice.done(t('acted'))
      navigate(`/case-processes?kind=${process.kind}`)
    },
  })
  const problems = processProblems({ kind: process.kind, steps })
  const change = (index: number, part: Partial<Step>) => setSteps(steps.map((step, at) => (at === index ? { ...step, ...part } : step)))
  const move = (index: number, by: -1 | 1) => {
    const moved = [...steps]
    const [step] = moved.splice(index, 1)
    moved.splice(index + by, 0, step!)
    setSteps(moved)
  }
  const add = () =>
    setSteps([
      ...steps,
      {
        key: freeKey(steps),
        names: {},
        actor: 'handler',
        needs: [{ need: 'answer', when: null }],
        ways: [{ to: 'end', when: null }],
        back: [],
        pauses: false,
        minutes: null,
        resolves: false,
      },
    ])
  return (
    <Page title={t('process.version', { kind: t(`kind.${process.kind}`), version: process.version })} about={t('process.editAbout')}>
      <Refused problem={save.problem} />
      {steps.map((step, index) => (
        <Section
          // biome-ignore lint/suspicious/noArrayIndexKey: keys of steps are typed here
          key={index}
          title={`${index + 1}. ${stepName(step.key, step.names)}`}
          actions={
            <>
              <Button aria-label={t('process.up')} icon={<ArrowUpOutlined />} disabled={index === 0} onClick={() => move(index, -1)} />
              <Button
                aria-label={t('process.down')}
                icon={<ArrowDownOutlined />}
                disabled={index === steps.length - 1}
                onClick={() => move(index, 1)}
              />
              <Button
                aria-label={t('process.removeStep')}
                icon={<DeleteOutlined />}
                onClick={() => setSteps(steps.filter((_, at) => at !== index))}
              />
            </>
          }
        >
          <StepFields step={step} steps={steps} change={(part) => change(index, part)} />
          <Problems problems={problems.filter((problem) => problem.step === step.key)} name={stepName(step.key, step.names)} />
        </Section>
      ))}
      <Problems problems={problems.filter(({ step }) => step === null)} name="" />
      <div className="form-actions">
        <Button icon={<PlusOutlined />} onClick={add}>
          {t('process.addStep')}
        </Button>
        <Button
          type="primary"
          loading={save.pending}
          onClick={() =>
            void save
              .send({ key: process.key, version: process.version, edit: process.edit, names: process.names, steps: [...steps] })
              .catch(() => undefined)
          }
        >
          {ui('save')}
        </Button>
        <Button onClick={() => navigate(-1)}>{ui('cancel')}</Button>
      </div>
    </Page>
  )
}

/** What keeps a step from working, or the process as a whole. */
function Problems({ problems, name }: { readonly problems: readonly ProcessProblem[]; readonly name: string }) {
  const t = useWords('cases')
  return (
    problems.length > 0 && (
      <ul className="case-late" role="status">
        {problems.map(({ step, reason }) => (
          <li key={`${step} ${reason}`}>{t(`refusal.process-${reason}`, { step: name })}</li>
        ))}
      </ul>
    )
  )
}

interface StepFieldsProps {
  readonly step: Step
  readonly steps: readonly Step[]
  readonly change: (part: Partial<Step>) => void
}

function StepFields({ step, steps, change }: StepFieldsProps) {
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

function freeKey(steps: readonly Step[]): string {
  const taken = new Set(steps.map(({ key }) => key))
  for (let n = steps.length + 1; ; n++) if (!taken.has(`step-${n}`)) return `step-${n}`
}
