import { EditOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { isMeanwhile } from '#ui/client.ts'
import { Compared, useMerged } from '#ui/compared.tsx'
import { DayInput, NumberInput, TextInput } from '#ui/inputs.tsx'
import { Refused } from '#ui/refused.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { ownLimits } from '../domain/own-fields.ts'
import { useNamed } from './named.ts'
import { type OwnField, OwnShown, type OwnValue, useOwnFields, useOwnText } from './own-columns.tsx'

/** The fields that the company defined, each changed where it stands. */
export function OwnFields({ customerId }: { customerId: string }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const named = useNamed()
  const { may } = useSession()
  const fields = useOwnFields()
  const { data } = useRead(api.ownValues, { id: customerId }, { keepPrevious: false, enabled: fields.length > 0 })
  const [editing, setEditing] = useState<string | null>(null)
  if (fields.length === 0 || !data) return null
  return (
    <>
      <h3>{t('own.title')}</h3>
      <div className="customer-group">
        {fields.map((field) => (
          <div key={field.id} className="customer-field">
            <div className="muted">
              {named(field.names)}
              {field.required && ' *'}
            </div>
            {editing === field.id ? (
              <Editor customerId={customerId} field={field} before={data.values[field.id] ?? null} close={() => setEditing(null)} />
            ) : (
              <div className="row">
                <OwnShown field={field} value={data.values[field.id] ?? null} />
                {may('customers.write') && (
                  <Button
                    type="text"
                    size="small"
                    icon={<EditOutlined />}
                    aria-label={`${ui('edit')}: ${named(field.names)}`}
                    onClick={() => setEditing(field.id)}
                  />
                )}
              </div>
            )}
          </div>
        ))}
      </div>
    </>
  )
}

function Editor({ customerId, field, before, close }: { customerId: string; field: OwnField; before: OwnValue; close: () => void }) {
  const ui = useWords('ui')
  const save = useWrite(api.setOwnValues, { onDone: close })
  const named = useNamed()
  const textOf = useOwnText(field)
  const typed = useMerged<{ value: OwnValue }>({ value: before })
  const { value } = typed.values
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save
          .send({ id: customerId, before: { [field.id]: before }, values: { [field.id]: value === '' ? null : value } })
          .catch(() => {})
      }}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      {typed.compared && (
        <Compared
          compared={typed.compared}
          label={() => named(field.names)}
          shown={(_, theirs) => textOf(theirs as OwnValue)}
          decide={typed.decide}
        />
      )}
      <OwnInput field={field} value={value} change={(next) => typed.set({ value: next })} />
      <div className="row">
        <Button size="small" type="primary" htmlType="submit" loading={save.pending}>
          {ui('save')}
        </Button>
        <Button size="small" onClick={close}>
          {ui('cancel')}
        </Button>
      </div>
      <Refused problem={isMeanwhile(save.problem) ? null : save.problem} />
    </form>
  )
}

/** What a field may hold, to be typed or chosen. */
export function OwnInput({ field, value, change }: { field: OwnField; value: OwnValue; change: (value: OwnValue) => void }) {
  const ui = useWords('ui')
  const named = useNamed()
  const label = named(field.names)
  const options = field.choices.map(({ key, names }) => ({ value: key, label: named(names) || key }))
  switch (field.type) {
    case 'number':
    case 'money':
      return (
        <NumberInput
          kind={field.type}
          {...(field.type === 'number' ? { digits: 2 } : {})}
          value={typeof value === 'number' ? value : null}
          onChange={change}
          aria-label={label}
        />
      )
    case 'day':
      return <DayInput value={typeof value === 'string' ? value : null} onChange={change} aria-label={label} />
    case 'yes':
      // Not a switch: that could not say that nobody knows.
      return (
        <Select
          className="wide"
          aria-label={label}
          allowClear={!field.required}
          value={typeof value === 'boolean' ? String(value) : null}
          options={['true', 'false'].map((yes) => ({ value: yes, label: ui(yes === 'true' ? 'yes' : 'no') }))}
          onChange={(yes) => change(yes == null ? null : yes === 'true')}
        />
      )
    case 'choice':
      return (
        <Select
          className="wide"
          aria-label={label}
          allowClear={!field.required}
          value={typeof value === 'string' ? value : null}
          options={options}
          onChange={(key) => change(key ?? null)}
        />
      )
    case 'choices':
      return (
        <Select
          className="wide"
          mode="multiple"
          aria-label={label}
          value={Array.isArray(value) ? value : []}
          options={options}
          onChange={(keys: string[]) => change(keys)}
        />
      )
    case 'long':
      return (
        <TextInput
          kind="area"
          maxLength={ownLimits.long}
          value={typeof value === 'string' ? value : ''}
          onChange={change}
          aria-label={label}
        />
      )
    case 'link':
      return (
        <TextInput
          kind="url"
          maxLength={ownLimits.link}
          placeholder="https://"
          value={typeof value === 'string' ? value : ''}
          onChange={change}
          aria-label={label}
        />
      )
    default:
      return (
        <TextInput
          kind="text"
          maxLength={ownLimits.text}
          value={typeof value === 'string' ? value : ''}
          onChange={change}
          aria-label={label}
        />
      )
  }
}

/** The same in a form, which hands in what is there and takes what is typed. */
export function OwnControl({ field, value, onChange }: { field: OwnField; value?: OwnValue; onChange?: (value: OwnValue) => void }) {
  return <OwnInput field={field} value={value ?? null} change={(next) => onChange?.(next)} />
}
