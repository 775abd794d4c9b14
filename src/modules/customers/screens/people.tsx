import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useSession } from '#ui/session.ts'
import { useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { decisionRoles } from '../domain/archive.ts'
import type { CustomerView } from './customer-page.tsx'

type Person = CustomerView['keyPersons'][number]
type Rival = CustomerView['usedCompetitors'][number]
type PersonTyped = Omit<Person, 'id' | 'version'>
type RivalTyped = Omit<Rival, 'id' | 'version'>

/** Third group: people who matter around the customer. */
export function KeyPersons({ customer }: { customer: CustomerView }) {
  const t = useWords('customers')
  const format = useFormat()
  const [open, setOpen] = useState<Person | 'new' | null>(null)
  // As they are known now: somebody else may have changed them while they are open.
  const entry = open === 'new' ? null : (customer.keyPersons.find(({ id }) => id === open?.id) ?? open)
  const close = () => setOpen(null)
  const add = useWrite(api.addKeyPerson, { onDone: close })
  const change = useWrite(api.changeKeyPerson, { onDone: close })
  const remove = useWrite(api.removeKeyPerson)
  const fields: readonly Field<PersonTyped>[] = [
    { name: 'name', kind: 'text', label: t('field.name'), required: true, maxLength: 200 },
    { name: 'role', kind: 'text', label: t('field.personRole'), maxLength: 200 },
    {
      name: 'decides',
      kind: 'choice',
      label: t('field.decides'),
      options: decisionRoles.map((value) => ({ value, label: t(`decides.${value}`) })),
    },
    { name: 'email', kind: 'email', label: t('field.email'), maxLength: 254 },
    { name: 'phone', kind: 'phone', label: t('field.phone'), maxLength: 60 },
    { name: 'birthday', kind: 'day', label: t('field.birthday') },
    { name: 'note', kind: 'area', label: t('field.note'), maxLength: 2000 },
  ]
  const save = (values: PersonTyped) =>
    entry === null
      ? add.send({ id: customer.id, ...values })
      : change.send({ id: customer.id, personId: entry.id, version: entry.version, ...values })
  return (
    <Entries
      entries={customer.keyPersons}
      about={t('people.about')}
      add={() => setOpen('new')}
      edit={setOpen}
      remove={(person) => remove.send({ id: customer.id, personId: person.id, version: person.version })}
      line={(person) =>
        [
          person.role,
          person.decides && t(`decides.${person.decides}`),
          person.email,
          person.phone,
          person.birthday && t('people.birthday', { day: format.day(person.birthday) }),
          person.note,
        ]
          .filter(Boolean)
          .join(' · ')
      }
    >
      {open && (
        <Dialog title={t('people.add')} onClose={close}>
          <EntryForm fields={fields} initial={entry ?? {}} save={save} write={entry === null ? add : change} close={close} />
        </Dialog>
      )}
    </Entries>
  )
}

/** Fourth group: competitors that the customer also buys from. */
export function UsedCompetitors({ customer }: { customer: CustomerView }) {
  const t = useWords('customers')
  const [open, setOpen] = useState<Rival | 'new' | null>(null)
  const entry = open === 'new' ? null : (customer.usedCompetitors.find(({ id }) => id === open?.id) ?? open)
  const close = () => setOpen(null)
  const add = useWrite(api.addUsedCompetitor, { onDone: close })
  const change = useWrite(api.changeUsedCompetitor, { onDone: close })
  const remove = useWrite(api.removeUsedCompetitor)
  const fields: readonly Field<RivalTyped>[] = [
    { name: 'name', kind: 'text', label: t('field.name'), required: true, maxLength: 200 },
    { name: 'sharePercent', kind: 'number', label: t('field.sharePercent'), min: 0, max: 100, unit: '%' },
    { name: 'note', kind: 'area', label: t('field.note'), maxLength: 2000 },
  ]
  const save = (values: RivalTyped) =>
    entry === null
      ? add.send({ id: customer.id, ...values })
      : change.send({ id: customer.id, competitorId: entry.id, version: entry.version, ...values })
  return (
    <Entries
      entries={customer.usedCompetitors}
      about={t('competitors.about')}
      add={() => setOpen('new')}
      edit={setOpen}
      remove={(rival) => remove.send({ id: customer.id, competitorId: rival.id, version: rival.version })}
      line={(rival) => [rival.sharePercent === null ? null : `${rival.sharePercent}%`, rival.note].filter(Boolean).join(' · ')}
    >
      {open && (
        <Dialog title={t('competitors.add')} onClose={close}>
          <EntryForm fields={fields} initial={entry ?? {}} save={save} write={entry === null ? add : change} close={close} />
        </Dialog>
      )}
    </Entries>
  )
}

function EntryForm<V extends object>(props: {
  fields: readonly Field<V>[]
  initial: Partial<V>
  save: (values: V) => unknown
  write: Pick<ReturnType<typeof useWrite<typeof api.addKeyPerson>>, 'problem' | 'pending'>
  close: () => void
}) {
  const ui = useWords('ui')
  return (
    <Form<V>
      fields={props.fields}
      initial={props.initial}
      onSubmit={props.save}
      problem={props.write.problem}
      pending={props.write.pending}
      submit={ui('save')}
      cancel={props.close}
    />
  )
}

function Entries<E extends { readonly id: string; readonly name: string }>(props: {
  entries: readonly E[]
  about: string
  add: () => void
  edit: (entry: E) => void
  remove: (entry: E) => Promise<unknown>
  line: (entry: E) => string
  children: ReactNode
}) {
  const ui = useWords('ui')
  const t = useWords('customers')
  const { may } = useSession()
  const confirm = useConfirm()
  const writes = may('customers.write')
  const ask = (entry: E) => confirm({ title: t('people.removeAsk', { name: entry.name }), verb: ui('delete') }, () => props.remove(entry))
  return (
    <div className="customer-entries">
      {props.entries.length === 0 && <p className="muted">{props.about}</p>}
      {props.entries.map((entry) => (
        <div key={entry.id} className="row">
          <span className="customer-field">
            <b>{entry.name}</b> <span className="muted">{props.line(entry)}</span>
          </span>
          {writes && (
            <>
              <Button size="small" onClick={() => props.edit(entry)} aria-label={`${ui('edit')}: ${entry.name}`}>
                {ui('edit')}
              </Button>
              <Button size="small" danger onClick={() => ask(entry)} aria-label={`${ui('delete')}: ${entry.name}`}>
                {ui('delete')}
              </Button>
            </>
          )}
        </div>
      ))}
      {writes && (
        <div>
          <Button onClick={props.add}>{ui('add')}</Button>
        </div>
      )}
      {props.children}
    </div>
  )
}
