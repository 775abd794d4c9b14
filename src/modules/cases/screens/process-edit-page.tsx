import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useNavigate, useParams } from 'react-router'
import { isMeanwhile } from '#ui/client.ts'
import { Compared, isDisputed, useMerged } from '#ui/compared.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Loading, Page, Section } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type ProcessProblem, processProblems } from '../domain/process.ts'
import { type Step, StepFields } from './process-step-fields.tsx'
import type { ShownProcess } from './processes-page.tsx'
import { useStepName } from './shown.ts'
import './cases.css'

/** A draft of a process, step by step; what keeps it from working is said while it is written. */
export function ProcessEditPage() {
  const { key = '', version = '' } = useParams()
  const found = useRead(casesApi.processes, {})
  return (
    <Loaded of={found}>
      {({ processes }) => {
        const process = processes.find((one) => one.key === key && one.version === Number(version))
        if (process?.state === 'draft') return <Edit process={process} />
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
  const typed = useMerged<{ readonly steps: readonly Step[] }>({ steps: process.steps })
  const { steps } = typed.values
  const setSteps = (next: readonly Step[]) => typed.set({ steps: next })
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
      {typed.compared && (
        <Compared
          compared={typed.compared}
          label={() => t('process.steps')}
          shown={(_, theirs) =>
            differingSteps(steps, theirs as readonly Step[])
              .map(({ key, names }) => stepName(key, names))
              .join(ui('comma'))
          }
          decide={typed.decide}
        />
      )}
      <Refused problem={isMeanwhile(save.problem) ? null : save.problem} />
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
          disabled={isDisputed(typed.compared)}
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

/** Of another's steps those that are not the same here; all of them, where there are only fewer. */
function differingSteps(mine: readonly Step[], theirs: readonly Step[]): readonly Step[] {
  const differing = theirs.filter((step, at) => JSON.stringify(step) !== JSON.stringify(mine[at]))
  return differing.length > 0 ? differing : theirs
}

function freeKey(steps: readonly Step[]): string {
  const taken = new Set(steps.map(({ key }) => key))
  for (let n = steps.length + 1; ; n++) if (!taken.has(`step-${n}`)) return `step-${n}`
}
