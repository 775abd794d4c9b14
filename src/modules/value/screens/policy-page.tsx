import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { api as customers } from '#modules/customers/api.ts'
import type { Problem } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { baselineOf, floorProblems } from '../domain/service-policy.ts'
import { usePolicyFields } from './policy-fields.tsx'
import { PolicyHistory } from './policy-history.tsx'
import { contentOf, type PolicyValues, promisedIn, type Shipped, valuesOf } from './policy-values.ts'
import { type Policy, usePolicyWords } from './policy-words.ts'
import './value.css'

/** One policy: what it says, changed with the floor in sight, and what it said before. */
export function PolicyPage() {
  const { id = '' } = useParams()
  const t = useWords('value')
  const { may } = useSession()
  const { nameOf } = usePolicyWords()
  const policies = useRead(valueApi.servicePolicies, {})
  const policy = policies.data?.items.find((one) => one.id === id)
  return (
    <Page
      title={policy ? nameOf(policy) : t('serve.policies.title')}
      about={policy?.kind === 'baseline' ? t('policy.baselineAbout') : t('policy.pageAbout')}
      width="reading"
      actions={<Link to="/service-policies">{t('policy.back')}</Link>}
    >
      <Loaded of={policies}>
        {({ items }) =>
          policy ? (
            <>
              {may('value.policies') && <Change policy={policy} policies={items} />}
              <Section title={t('policy.history')} about={t('policy.historyAbout')}>
                <PolicyHistory policyId={policy.id} />
              </Section>
            </>
          ) : (
            <Empty title={t('policy.gone')}>{t('policy.goneHelp')}</Empty>
          )
        }
      </Loaded>
    </Page>
  )
}

function Change({ policy, policies }: { policy: Policy; policies: readonly Policy[] }) {
  const t = useWords('value')
  const notice = useNotice()
  const { shipped } = usePolicyWords()
  const onDone = () => notice.done(t('policy.saved'))
  const change = useWrite(valueApi.changeServicePolicy, { onDone })
  const changeBaseline = useWrite(valueApi.changeServiceBaseline, { onDone })
  const own: Shipped = (part) => shipped(policy, part)
  const isBaseline = policy.kind === 'baseline'
  return (
    <PolicyForm
      policy={policy}
      policies={policies}
      initial={{ ...valuesOf(policy, own), ...(isBaseline ? { others: 'refuse' as const } : {}) }}
      problem={isBaseline ? changeBaseline.problem : change.problem}
      pending={change.pending || changeBaseline.pending}
      onSubmit={(values) => {
        const content = contentOf(values, own)
        const { id: policyId, version } = policy
        return isBaseline
          ? changeBaseline.send({ version, others: values.others ?? 'refuse', ...content })
          : change.send({ policyId, version, ...content })
      }}
    />
  )
}

/** The policy of a segment, which begins with what the baseline promises. */
export function NewPolicyPage() {
  const t = useWords('value')
  const policies = useRead(valueApi.servicePolicies, {})
  const segments = useRead(customers.segments, {})
  const shared = (segments.data?.items ?? []).filter((segment) => segment.shared)
  return (
    <Page
      title={t('policy.add')}
      about={t('policy.addAbout')}
      width="reading"
      actions={<Link to="/service-policies">{t('policy.back')}</Link>}
    >
      <Loaded of={policies}>
        {({ items }) =>
          segments.data && shared.length === 0 ? (
            <Empty
              title={t('policy.noSegments')}
              action={
                <Link to="/segments">
                  <Button type="primary">{t('policy.toSegments')}</Button>
                </Link>
              }
            >
              {t('policy.noSegmentsHelp')}
            </Empty>
          ) : (
            <Make policies={items} segments={shared} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Make({ policies, segments }: { policies: readonly Policy[]; segments: readonly { id: string; name: string }[] }) {
  const t = useWords('value')
  const navigate = useNavigate()
  const notice = useNotice()
  const make = useWrite(valueApi.makeServicePolicy, {
    onDone: () => {
      notice.done(t('policy.saved'))
      navigate('/service-policies')
    },
  })
  const nothing: Shipped = () => ''
  const taken = new Set(policies.map(({ segmentId }) => segmentId))
  const begin: Policy = { ...baselineOf(policies), kind: 'segment', name: null, mix: nothingWritten, cadence: null, benefits: null }
  return (
    <PolicyForm
      policy={begin}
      policies={policies}
      segments={segments.filter(({ id }) => !taken.has(id))}
      initial={valuesOf(begin, nothing)}
      problem={make.problem}
      pending={make.pending}
      onSubmit={(values) => make.send({ segmentId: values.segmentId ?? '', ...contentOf(values, nothing) })}
    />
  )
}
const nothingWritten = { price: null, place: null, people: null, promotion: null, evidence: null, process: null }

interface PolicyFormProps {
  readonly policy: Policy
  readonly policies: readonly Policy[]
  /** To choose from, for a new policy. */
  readonly segments?: readonly { readonly id: string; readonly name: string }[]
  readonly initial: Partial<PolicyValues>
  readonly problem: Problem | null
  readonly pending: boolean
  readonly onSubmit: (values: PolicyValues) => Promise<unknown>
}

function PolicyForm({ policy, policies, segments, initial, problem, pending, onSubmit }: PolicyFormProps) {
  const t = useWords('value')
  const navigate = useNavigate()
  const fields = usePolicyFields(policy, segments ?? null)
  const [typed, setTyped] = useState(initial as PolicyValues)
  return (
    <>
      <FloorCheck policy={policy} policies={policies} typed={typed} />
      <Form<PolicyValues>
        columns={2}
        fields={fields}
        initial={initial}
        problem={problem}
        pending={pending}
        submit={t('save')}
        cancel={() => navigate('/service-policies')}
        onChange={(values) => setTyped({ ...typed, ...values })}
        onSubmit={onSubmit}
      />
    </>
  )
}

/** Says while one types what would be refused: where a policy falls below the floor, or whom a higher floor would leave below it. */
function FloorCheck({ policy, policies, typed }: { policy: Policy; policies: readonly Policy[]; typed: PolicyValues }) {
  const t = useWords('value', 'customers')
  const { nameOf, time } = usePolicyWords()
  const promised = promisedIn(typed)
  const pairs =
    policy.kind === 'baseline'
      ? policies.filter((one) => one.id !== policy.id).map((one) => ({ of: nameOf(one), problems: floorProblems(one, promised) }))
      : [{ of: null, problems: floorProblems(promised, baselineOf(policies)) }]
  const found = pairs.flatMap(({ of, problems }) =>
    problems.map((problem) => {
      const said =
        problem.reason === 'channel-missing'
          ? t('policy.check.channel', { channel: t(`customers:channel.${problem.channel}`) })
          : t('policy.check.target', {
              target: t(`policy.target.${problem.target}`),
              minutes: time(problem.minutes),
              floor: time(problem.floor),
            })
      return of === null ? said : `${of}${t('ui:colon')}${said}`
    }),
  )
  if (found.length === 0) return <Alert className="value-said" type="success" showIcon title={t('policy.check.fine')} />
  return (
    <Alert
      className="value-said"
      role="status"
      type="warning"
      showIcon
      title={t(policy.kind === 'baseline' ? 'policy.check.others' : 'policy.check.below')}
      description={
        <ul className="plain-list">
          {found.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      }
    />
  )
}
