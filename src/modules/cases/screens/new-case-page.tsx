import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { api as customers } from '#modules/customers/api.ts'
import type { InputOf } from '#ui/client.ts'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loading, Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Kind, kinds } from '../domain/taxonomy.ts'
import { recordFields } from './record-fields.tsx'
import { useDepartments } from './set-up-words.ts'
import { begunOf, recordOf, type TypedRecord } from './typed-record.ts'
import './cases.css'

/** The record form (G-01); the address may say kind and customer. */
export function NewCasePage() {
  const t = useWords('cases')
  const { may, user } = useSession()
  const { choices: departments } = useDepartments()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const [kind, setKind] = useState<Kind>(kinds.find((one) => one === params.get('kind')) ?? 'complaint')
  const customerId = params.get('customer')
  const [typed, setTyped] = useState<Partial<TypedRecord>>({
    channel: 'phone',
    severity: '3',
    customerId,
    ownerId: user.id,
    proactive: false,
  })
  const [more, setMore] = useState(false)
  const customer = useRead(customers.one, { id: customerId ?? '' }, { enabled: customerId !== null })
  const notice = useNotice()
  const open = useWrite(casesApi.open, {
    onDone: (made) => {
      if (made.queued) notice.done(t('place.queued'))
      navigate(`/cases/${made.id}`, { replace: true })
    },
  })
  const known = customer.data ? { id: customer.data.id, name: customer.data.values.name } : null
  return (
    <Page title={t('form.new')} width="reading">
      <Section title={t('form.kind')}>
        <Segmented<Kind>
          className="case-kinds"
          aria-label={t('form.kind')}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <p className="muted">{t(`kindAbout.${kind}`)}</p>
        {kind === 'goodwill' && (
          <p>
            <Link to="/cases/non-customer">{t('nonCustomer.link')}</Link>
          </p>
        )}
        {customerId !== null && customer.isPending ? (
          <Loading />
        ) : (
          <Form<TypedRecord>
            key={kind}
            columns={2}
            fields={recordFields(kind, { t, known, typed, more, orders: may('orders.read'), departments })}
            initial={typed}
            onChange={(values) => setTyped((before) => ({ ...before, ...values }))}
            onSubmit={(values) =>
              open.send({
                kind,
                customerId: values.customerId ?? '',
                ...recordOf(kind, values),
                ...begunOf(values),
              } as InputOf<typeof casesApi.open>)
            }
            problem={open.problem}
            pending={open.pending}
            submit={t('form.record')}
            cancel={() => navigate(-1)}
          >
            {!more && (
              <div className="form-wide">
                <Button type="link" className="case-more" onClick={() => setMore(true)}>
                  {t('form.more')}
                </Button>
              </div>
            )}
          </Form>
        )}
      </Section>
    </Page>
  )
}
