import { Button, Segmented } from 'antd'
import { useRef, useState } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { api as customers } from '#modules/customers/api.ts'
import type { InputOf } from '#ui/client.ts'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Loading, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useToday } from '#ui/today.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { commitmentsApi } from '../api.ts'
import { type Channel, channels } from '../domain/channel.ts'
import { isTimed, type Kind, kinds } from '../domain/commitment.ts'
import { CadenceAdvice } from './cadence-advice.tsx'
import { UnwantedForm, useApproach, useFormChoices } from './contact-forms.tsx'
import { draftOf, fieldsOf, type Typed, typedOf } from './form-fields.tsx'
import { type Commitment, isTaken, useTitle } from './shown.ts'

/** A new commitment; the address may say its kind, customer, day and form. */
export function NewCommitmentPage() {
  const t = useWords('commitments')
  const [params] = useSearchParams()
  const today = useToday()
  const { user } = useSession()
  const asked = params.get('kind')
  const [kind, setKind] = useState<Kind>(kinds.find((one) => one === asked) ?? 'task')
  const customerId = params.get('customer')
  const customer = useRead(customers.one, { id: customerId ?? '' }, { enabled: customerId !== null })
  const navigate = useNavigate()
  const create = useWrite(commitmentsApi.create, { onDone: (made) => navigate(`/commitments/${made.id}`, { replace: true }) })
  const form = params.get('channel')
  const known = customer.data ? { id: customer.data.id, name: customer.data.values.name } : null
  const initial: Partial<Typed> = {
    customerId,
    ownerId: user.id,
    day: params.get('day') ?? today,
    ...(isTimed(kind) ? { from: '10:00', to: '11:00' } : { from: null, to: null }),
    channel: channels.find((channel) => channel === form) ?? null,
    repeatUnit: null,
    repeatEvery: 1,
  }
  return (
    <Page title={t('form.new')} width="reading">
      <Section title={t('form.what')}>
        <Segmented<Kind>
          className="commitment-kinds"
          aria-label={t('form.what')}
          value={kind}
          onChange={setKind}
          options={kinds.filter((one) => one !== 'hand-over').map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <p className="muted commitment-kind-about">{t(`kindAbout.${kind}`)}</p>
        {customerId !== null && customer.isPending ? (
          <Loading />
        ) : (
          <CommitmentForm
            key={kind}
            kind={kind}
            initial={initial}
            known={known}
            write={create}
            send={(typed, timeZone, evenSo) =>
              create.send({
                ...draftOf(kind, typed, timeZone),
                kind,
                customerId: typed.customerId ?? null,
                ownerId: typed.ownerId,
                ...evenSo,
              } as InputOf<typeof commitmentsApi.create>)
            }
            cancel={() => navigate(-1)}
          />
        )}
      </Section>
    </Page>
  )
}

export function ChangeCommitmentPage() {
  const { id = '' } = useParams()
  const found = useRead(commitmentsApi.one, { id }, { keepPrevious: false })
  return <Loaded of={found}>{(commitment) => <Change commitment={commitment} />}</Loaded>
}

function Change({ commitment }: { commitment: Commitment }) {
  const t = useWords('commitments')
  const title = useTitle()
  const navigate = useNavigate()
  const { timeZone } = useFormat()
  const { id, kind, version, customer } = commitment
  const change = useWrite(commitmentsApi.change, { onDone: () => navigate(`/commitments/${id}`, { replace: true }) })
  return (
    <Page title={title(commitment)} width="reading">
      <Section title={t('detail.title')}>
        <CommitmentForm
          kind={kind}
          initial={typedOf(commitment, timeZone)}
          known={customer}
          settled={id}
          write={change}
          send={(typed, zone, evenSo) =>
            change.send({ ...draftOf(kind, typed, zone), id, version, ...evenSo } as InputOf<typeof commitmentsApi.change>)
          }
          cancel={() => navigate(-1)}
        />
      </Section>
    </Page>
  )
}

function CommitmentForm(props: {
  readonly kind: Kind
  readonly initial: Partial<Typed>
  readonly known: { readonly id: string; readonly name: string } | null
  /** The id of a commitment that exists: whom it is about and who owes it are no longer chosen here. */
  readonly settled?: string
  readonly write: Pick<ReturnType<typeof useWrite<typeof commitmentsApi.create>>, 'problem' | 'pending'>
  readonly send: (typed: Typed, timeZone: string, evenSo: { evenSo?: true }) => Promise<unknown>
  readonly cancel: () => void
}) {
  const { kind, initial, known, settled, write } = props
  const t = useWords('commitments')
  const ui = useWords('ui')
  const { timeZone } = useFormat()
  const [typed, setTyped] = useState<Partial<Typed>>(initial)
  const evenSo = useRef(false)
  const taken = isTaken(write.problem)
  const channel: Channel | null = kind === 'visit' ? 'visit' : (typed.channel ?? null)
  const approach = useApproach(typed.customerId)
  const forms = useFormChoices(approach, channel)
  return (
    <Form<Typed>
      columns={2}
      fields={fieldsOf(kind, { t, known, settled: settled !== undefined, forms })}
      initial={initial}
      onChange={(values) => setTyped({ ...typed, ...values })}
      onSubmit={(values) => props.send({ ...initial, ...values } as Typed, timeZone, evenSo.current ? { evenSo: true } : {})}
      problem={write.problem}
      pending={write.pending}
      submit={ui('save')}
      cancel={props.cancel}
    >
      <UnwantedForm approach={approach} form={channel} />
      {typed.customerId && channel && typed.day && (
        <div className="form-wide">
          <CadenceAdvice customerId={typed.customerId} day={typed.day} channel={channel} {...(settled ? { except: settled } : {})} />
        </div>
      )}
      {taken && (
        <div className="form-wide">
          <Button
            htmlType="submit"
            onClick={() => {
              evenSo.current = true
            }}
          >
            {t('form.evenSo')}
          </Button>
        </div>
      )}
    </Form>
  )
}
