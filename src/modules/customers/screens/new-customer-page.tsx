import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Form } from '#ui/form.tsx'
import { Page } from '#ui/page.tsx'
import { useSettled } from '#ui/settled.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type CustomerKind, type CustomerRole, customerKinds, customerRoles, relationPhases } from '../domain/archive.ts'
import { DuplicateHint } from './duplicate-hint.tsx'
import { useNamed } from './named.ts'
import { type OwnValue, useOwnFields } from './own-columns.tsx'
import { OwnControl } from './own-fields.tsx'
import './customers.css'

interface NewCustomer {
  readonly kind: CustomerKind
  readonly role: CustomerRole
  readonly phase?: (typeof relationPhases)[number] | null
  readonly name: string
  readonly company?: string
  readonly email?: string
  readonly phone?: string
  readonly city?: string
  readonly address?: string
  readonly ownerId?: string | null
  readonly note?: string
  /** Own fields that have to be filled in, by `own.<id>`. */
  readonly [own: `own.${string}`]: OwnValue
}

/** A new customer by hand, with a hint when somebody of the same name, e-mail address or phone number is there. */
export function NewCustomerPage() {
  const t = useWords('customers')
  const ui = useWords('ui')
  const navigate = useNavigate()
  const [contact, setContact] = useState({ name: '', email: '', phone: '', city: '' })
  const named = useNamed()
  const required = useOwnFields().filter((field) => field.required)
  const create = useWrite(api.create, { onDone: (made) => navigate(`/customers/${made.id}`) })
  return (
    <Page title={t('command.new')} width="reading">
      <Form<NewCustomer>
        columns={2}
        fields={[
          { name: 'name', kind: 'text', label: t('field.name'), required: true, maxLength: 200, autoComplete: 'off' },
          {
            name: 'kind',
            kind: 'choice',
            label: t('field.kind'),
            required: true,
            options: customerKinds.map((value) => ({ value, label: t(`kind.${value}`) })),
          },
          {
            name: 'role',
            kind: 'choice',
            label: t('field.role'),
            help: t('field.roleHelp'),
            required: true,
            options: customerRoles.map((value) => ({ value, label: t(`role.${value}`) })),
          },
          {
            name: 'phase',
            kind: 'choice',
            label: t('field.phase'),
            options: relationPhases.map((value) => ({ value, label: t(`phase.${value}`) })),
          },
          { name: 'email', kind: 'email', label: t('field.email'), maxLength: 254, autoComplete: 'off' },
          { name: 'phone', kind: 'phone', label: t('field.phone'), maxLength: 60, autoComplete: 'off' },
          { name: 'company', kind: 'text', label: t('field.company'), maxLength: 200, autoComplete: 'off' },
          { name: 'city', kind: 'text', label: t('field.city'), maxLength: 120, autoComplete: 'off' },
          { name: 'address', kind: 'text', label: t('field.address'), maxLength: 500, autoComplete: 'off' },
          { name: 'ownerId', kind: 'people', label: t('field.ownerId') },
          ...required.map((field) => ({
            name: `own.${field.id}` as const,
            kind: 'own' as const,
            label: named(field.names),
            required: true,
            control: <OwnControl field={field} />,
          })),
          { name: 'note', kind: 'area', label: t('field.note'), maxLength: 5000 },
        ]}
        initial={{ kind: 'person', role: 'customer' }}
        onChange={({ name, email, phone, city }) =>
          setContact({ name: name ?? '', email: email ?? '', phone: phone ?? '', city: city ?? '' })
        }
        onSubmit={(typed) => create.send(sent(typed))}
        problem={create.problem}
        pending={create.pending}
        submit={ui('save')}
        cancel={() => navigate('/customers')}
      >
        <div className="form-wide">
          <DuplicateHint {...useSettled(contact, 400)} />
        </div>
      </Form>
    </Page>
  )
}

/** Own fields stand beside those of every archive in the form, and by themselves in what is sent. */
function sent(typed: NewCustomer) {
  const entries = Object.entries(typed)
  const isOwn = ([name]: [string, unknown]) => name.startsWith('own.')
  const values = Object.fromEntries(entries.filter((entry) => !isOwn(entry))) as Omit<NewCustomer, `own.${string}`>
  return {
    values: { ...values, phase: values.phase ?? null, ownerId: values.ownerId ?? null },
    own: Object.fromEntries(entries.filter(isOwn).map(([name, value]) => [name.slice('own.'.length), (value ?? null) as OwnValue])),
  }
}
