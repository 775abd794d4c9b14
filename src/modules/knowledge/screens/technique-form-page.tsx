import { Segmented } from 'antd'
import { useNavigate, useParams } from 'react-router'
import type { Problem, ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page } from '#ui/page.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { type Point, pointKinds, type Rule } from '../domain/technique.ts'
import { emptyTexts, type Texts } from '../domain/texts.ts'
import { InLanguages, TextsInput } from './in-language.tsx'
import { freshTitled, RowsInput, TitledInputs } from './rows-input.tsx'
import { RulesInput } from './rules-input.tsx'

interface Values {
  readonly name: Texts
  readonly body: Texts
  readonly points: readonly Point[]
  readonly rules: readonly Rule[]
  readonly minimumExperience: string | null
  readonly isDefault: boolean
  readonly active: boolean
}

export function NewTechniquePage() {
  const t = useWords('knowledge')
  const navigate = useNavigate()
  const add = useWrite(knowledgeApi.addTechnique, { onDone: () => navigate('/techniques') })
  return (
    <Page title={t('technique.new')} width="reading">
      <TechniqueForm
        initial={{ name: emptyTexts, body: emptyTexts, points: [], rules: [], isDefault: false, active: true }}
        problem={add.problem}
        pending={add.pending}
        send={(values) => add.send(asInput(values))}
      />
    </Page>
  )
}

export function ChangeTechniquePage() {
  const t = useWords('knowledge')
  const { id = '' } = useParams()
  const techniques = useRead(knowledgeApi.techniques, { retired: true })
  return (
    <Page title={t('technique.change')} width="reading">
      <Loaded of={techniques}>
        {({ items }) => {
          const found = items.find((one) => one.id === id)
          return found ? <Change technique={found} /> : <Empty title={t('refusal.no-such-technique')} />
        }}
      </Loaded>
    </Page>
  )
}

function Change({ technique }: { technique: ResultOf<typeof knowledgeApi.techniques>['items'][number] }) {
  const ui = useWords('ui')
  const navigate = useNavigate()
  const notice = useNotice()
  const change = useWrite(knowledgeApi.changeTechnique, {
    onDone: () => {
      notice.done(ui('saved'))
      navigate('/techniques')
    },
  })
  const { name, body, points, rules, minimumExperience, isDefault, active } = technique
  return (
    <TechniqueForm
      initial={{
        name,
        body,
        points,
        rules,
        isDefault,
        active,
        minimumExperience: minimumExperience === null ? null : String(minimumExperience),
      }}
      problem={change.problem}
      pending={change.pending}
      send={(values) => change.send({ techniqueId: technique.id, version: technique.version, ...asInput(values) })}
    />
  )
}

const asInput = ({ points, rules, minimumExperience, ...fields }: Values) => ({
  ...fields,
  minimumExperience: minimumExperience ? Number(minimumExperience) : null,
  points: points.map((point) => ({ ...point })),
  rules: rules.map(({ when, against }) => ({
    against,
    when: Object.fromEntries(Object.entries(when).map(([dimension, values]) => [dimension, [...values]])),
  })),
})

interface TechniqueFormProps {
  readonly initial: Partial<Values>
  readonly problem: Problem | null
  readonly pending: boolean
  readonly send: (values: Values) => Promise<unknown>
}

function TechniqueForm({ initial, problem, pending, send }: TechniqueFormProps) {
  const t = useWords('knowledge', 'organization')
  const ui = useWords('ui')
  const navigate = useNavigate()
  return (
    <InLanguages>
      <Form<Values>
        fields={[
          { name: 'name', kind: 'own', label: t('technique.name'), required: true, control: <TextsInput maxLength={120} /> },
          {
            name: 'body',
            kind: 'own',
            label: t('technique.body'),
            help: t('article.bodyHelp'),
            required: true,
            control: <TextsInput rows={6} maxLength={5000} />,
          },
          {
            name: 'points',
            kind: 'own',
            label: t('technique.points'),
            help: t('technique.pointsHelp'),
            control: (
              <RowsInput<Point>
                most={10}
                nameOf={(number) => t('technique.point', { number })}
                add={t('technique.addPoint')}
                fresh={(key) => ({ ...freshTitled(key), kind: 'note' })}
              >
                {(row, change, name) => (
                  <>
                    <div>
                      <Segmented<Point['kind']>
                        aria-label={t('technique.pointKind', { name })}
                        value={row.kind}
                        onChange={(kind) => change({ ...row, kind })}
                        options={pointKinds.map((value) => ({ value, label: t(`pointKind.${value}`) }))}
                      />
                    </div>
                    <TitledInputs row={row} change={change} name={name} />
                  </>
                )}
              </RowsInput>
            ),
          },
          { name: 'rules', kind: 'own', label: t('technique.rules'), help: t('technique.rulesHelp'), control: <RulesInput /> },
          {
            name: 'minimumExperience',
            kind: 'choice',
            label: t('technique.minimum'),
            help: t('technique.minimumHelp'),
            placeholder: t('technique.everybody'),
            options: ['2', '3', '4', '5'].map((value) => ({ value, label: t(`organization:staff.level.${value}`) })),
          },
          { name: 'isDefault', kind: 'yes', label: t('technique.isDefault'), help: t('technique.isDefaultHelp') },
          { name: 'active', kind: 'yes', label: t('form.active'), help: t('technique.activeHelp') },
        ]}
        initial={initial}
        onSubmit={send}
        problem={problem}
        pending={pending}
        submit={ui('save')}
        cancel={() => navigate('/techniques')}
      />
    </InLanguages>
  )
}
