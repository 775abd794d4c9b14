import { EditOutlined } from '@ant-design/icons'
import { Alert, Button, Select, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { isMeanwhile } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { DayInput, TextInput } from '#ui/inputs.tsx'
import { usePeople } from '#ui/people.ts'
import { PeopleChoice } from '#ui/people-choice.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { useSettled } from '#ui/settled.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import {
  type ArchiveField,
  customerKinds,
  customerRoles,
  expectationLevels,
  type FieldValue,
  isKnown,
  listFields,
  priceSensitivities,
  relationPhases,
  suits,
} from '../domain/archive.ts'
import { likedChannels } from '../domain/contact-ways.ts'
import type { CustomerView } from './customer-page.tsx'
import { DuplicateHint } from './duplicate-hint.tsx'

/** Fields of one group, each changed where it stands. Beside a value stands what a source says that differs. */
export function ArchiveFieldList({ customer, fields }: { customer: CustomerView; fields: readonly ArchiveField[] }) {
  const { may } = useSession()
  const [editing, setEditing] = useState<ArchiveField | null>(null)
  // What does not suit the kind is shown only where it is known all the same.
  const shown = fields.filter((field) => suits(field, customer.values.kind) || isKnown(customer.values[field]))
  return (
    <div className="customer-group">
      {shown.map((field) => (
        <div key={field} className="customer-field">
          {editing === field ? (
            <Editor customer={customer} field={field} close={() => setEditing(null)} />
          ) : (
            <Shown customer={customer} field={field} {...(may('customers.write') ? { edit: () => setEditing(field) } : {})} />
          )}
        </div>
      ))}
    </div>
  )
}

function Shown({ customer, field, edit }: { customer: CustomerView; field: ArchiveField; edit?: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const label = t(`field.${field}`)
  return (
    <>
      <div className="muted">{label}</div>
      <div className="row">
        <Value field={field} value={customer.values[field] ?? null} />
        {edit && <Button type="text" size="small" icon={<EditOutlined />} aria-label={`${ui('edit')}: ${label}`} onClick={edit} />}
      </div>
      {customer.differences
        .filter((difference) => difference.field === field)
        .map(({ source, says }) => (
          <div key={source} className="muted">
            {t('archive.says', { source, value: typeof says === 'string' ? says : says.join(ui('comma')) })}
          </div>
        ))}
    </>
  )
}

export function Value({ field, value }: { field: string; value: FieldValue }) {
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  if (value === null || value === '' || (typeof value !== 'string' && value.length === 0)) return <span className="muted">–</span>
  if (typeof value !== 'string') return value.map((tag) => <Tag key={tag}>{tag}</Tag>)
  const words = choicesOf[field as ArchiveField]
  if (words) return t(`${words.texts}.${value}`)
  if (field === 'birthday') return format.day(value)
  if (field === 'language') return format.language(value)
  if (field === 'ownerId') return owners.nameOf(value)
  return value
}

function Editor({ customer, field, close }: { customer: CustomerView; field: ArchiveField; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const save = useWrite(api.change, { onDone: close })
  const now = customer.values[field] ?? null
  const [began, setBegan] = useState({ value: now, version: customer.version })
  const [value, setValue] = useState<FieldValue>(now)
  const submit = () => {
    const empty = listFields.includes(field) ? [] : null
    const sent = value === '' || value === null ? empty : value
    void save.send({ id: customer.id, version: customer.version, values: { [field]: sent } }).catch(() => {})
  }
  const meanwhile = isMeanwhile(save.problem) && customer.version !== began.version
  const disputed = meanwhile && JSON.stringify(now) !== JSON.stringify(began.value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per newer state; what others wrote elsewhere in the archive is no reason to ask
  useEffect(() => {
    if (!meanwhile || disputed) return
    setBegan({ value: now, version: customer.version })
    submit()
  }, [meanwhile, customer.version])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <div className="muted">{t(`field.${field}`)}</div>
      <Control field={field} value={value} change={setValue} />
      {(field === 'name' || field === 'email' || field === 'phone') && value !== now && (
        <Twice customerId={customer.id} field={field} typed={value} />
      )}
      <div className="row">
        <Button size="small" type="primary" htmlType="submit" loading={save.pending}>
          {ui('save')}
        </Button>
        <Button size="small" onClick={close}>
          {ui('cancel')}
        </Button>
      </div>
      {disputed ? (
        <Alert
          role="alert"
          type="warning"
          showIcon
          title={ui('meanwhile.title')}
          description={
            <>
              <Value field={field} value={now} />
              <p>{t('archive.meanwhile')}</p>
            </>
          }
        />
      ) : (
        <Refused problem={save.problem} />
      )}
    </form>
  )
}

/** Who else is called so, or reached there. */
function Twice({ customerId, field, typed }: { customerId: string; field: 'name' | 'email' | 'phone'; typed: FieldValue }) {
  const settled = useSettled(typeof typed === 'string' ? typed : '', 400)
  return <DuplicateHint {...{ name: '', email: '', phone: '', city: '', [field]: settled }} except={customerId} />
}

/** The input that suits a field. */
function Control({ field, value, change }: { field: ArchiveField; value: FieldValue; change: (value: FieldValue) => void }) {
  const t = useWords('customers')
  const label = t(`field.${field}`)
  const text = typeof value === 'string' ? value : ''
  if (listFields.includes(field))
    return (
      <Select
        mode="tags"
        className="wide"
        autoFocus
        aria-label={label}
        value={Array.isArray(value) ? [...value] : []}
        tokenSeparators={[',', '，']}
        onChange={change}
      />
    )
  if (field === 'ownerId') return <PeopleChoice autoFocus aria-label={label} value={text || null} onChange={change} />
  const words = choicesOf[field]
  if (words)
    return (
      <Select
        className="wide"
        autoFocus
        aria-label={label}
        value={text || null}
        allowClear={field !== 'kind' && field !== 'role' && { label: t('ui:clear') }}
        showSearch={{ optionFilterProp: 'label' }}
        options={words.values.map((one) => ({ value: one, label: t(`${words.texts}.${one}`) }))}
        onChange={(chosen) => change(chosen ?? null)}
      />
    )
  if (field === 'birthday') return <DayInput value={text} onChange={change} aria-label={label} />
  return <TextInput kind={inputKinds[field] ?? 'text'} value={text} onChange={change} aria-label={label} />
}

/** Fields whose values are chosen, and where their words stand. */
const choicesOf: Readonly<Partial<Record<ArchiveField, { readonly texts: string; readonly values: readonly string[] }>>> = {
  kind: { texts: 'kind', values: customerKinds },
  role: { texts: 'role', values: customerRoles },
  phase: { texts: 'phase', values: relationPhases },
  preferredChannel: { texts: 'likedChannel', values: likedChannels },
  priceSensitivity: { texts: 'sensitivity', values: priceSensitivities },
  expectationBefore: { texts: 'expectation', values: expectationLevels },
  expectationDuring: { texts: 'expectation', values: expectationLevels },
  expectationAfter: { texts: 'expectation', values: expectationLevels },
}

const inputKinds: Readonly<Partial<Record<ArchiveField, 'email' | 'phone' | 'url' | 'area'>>> = {
  email: 'email',
  phone: 'phone',
  note: 'area',
  interests: 'area',
  traitNote: 'area',
  purchaseExperience: 'area',
}
