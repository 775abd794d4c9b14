import { StarFilled } from '@ant-design/icons'
import { Button, Popconfirm, Tag } from 'antd'
import { useState } from 'react'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { type Field, Form } from '#ui/form.tsx'
import { nothingKnown } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { useSettled } from '#ui/settled.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { contactKinds } from '../domain/contact-ways.ts'
import type { CustomerView } from './customer-page.tsx'
import { DuplicateHint } from './duplicate-hint.tsx'

type Point = ResultOf<typeof api.contactPoints>['items'][number]
interface Typed {
  readonly kind: Point['kind']
  readonly value: string
  readonly personId?: string | null
  readonly label?: string | null
  readonly hours?: string | null
  readonly preferred?: boolean
}

/** Every way to reach the customer and the people around them, each with a label, the hours that suit, and which is preferred (B-07). */
export function Contacts({ customer }: { customer: CustomerView }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const { may } = useSession()
  const points = useRead(api.contactPoints, { id: customer.id })
  const [open, setOpen] = useState<Point | 'new' | null>(null)
  const writes = may('customers.write')
  return (
    <Loaded of={points} lines={3}>
      {({ items }) => (
        <div className="customer-entries">
          {items.length === 0 && <p className="muted">{t('contact.none')}</p>}
          {items.map((point) => (
            <OnePoint key={point.id ?? point.kind} customer={customer} point={point} {...(writes ? { edit: () => setOpen(point) } : {})} />
          ))}
          {writes && (
            <div>
              <Button onClick={() => setOpen('new')}>{ui('add')}</Button>
            </div>
          )}
          {open && (
            <PointForm
              customer={customer}
              point={open === 'new' ? null : (items.find((one) => isSame(one, open)) ?? open)}
              close={() => setOpen(null)}
            />
          )}
        </div>
      )}
    </Loaded>
  )
}

/** The main one of a kind has no id of its own. */
const isSame = (a: Point, b: Point) => (a.id ?? a.kind) === (b.id ?? b.kind)

function OnePoint({ customer, point, edit }: { customer: CustomerView; point: Point; edit?: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const notice = useNotice()
  const remove = useWrite(api.removeContactPoint)
  const person = customer.keyPersons.find(({ id }) => id === point.personId)
  const value = point.value ?? nothingKnown
  const about = [point.e164 === point.value ? null : point.e164, point.label, point.hours, person?.name].filter(Boolean).join(' · ')
  return (
    <div className="row">
      <span className="customer-field">
        <span className="muted">{t(`contact.${point.kind}`)}</span> <b>{value}</b>{' '}
        {point.preferred && (
          <Tag color="gold" icon={<StarFilled />}>
            {t('contact.preferred')}
          </Tag>
        )}
        {point.id === null && <Tag>{t('contact.main')}</Tag>}
        <span className="muted">{about}</span>
      </span>
      {edit && (
        <Button size="small" onClick={edit} aria-label={`${ui('edit')}: ${value}`}>
          {ui('edit')}
        </Button>
      )}
      {edit && point.id !== null && (
        <Popconfirm
          title={t('people.removeAsk', { name: value })}
          okText={ui('delete')}
          cancelText={ui('cancel')}
          onConfirm={() => remove.send({ id: customer.id, pointId: point.id ?? '', version: point.version }).catch(notice.refused)}
        >
          <Button size="small" danger aria-label={`${ui('delete')}: ${value}`}>
            {ui('delete')}
          </Button>
        </Popconfirm>
      )}
    </div>
  )
}

function PointForm({ customer, point, close }: { customer: CustomerView; point: Point | null; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const add = useWrite(api.addContactPoint, { onDone: close })
  const change = useWrite(api.changeContactPoint, { onDone: close })
  const useMain = useWrite(api.useMainContact, { onDone: close })
  const isMain = point !== null && point.id === null
  const [typed, setTyped] = useState<{ kind: Point['kind'] | undefined; value: string }>({ kind: point?.kind, value: '' })
  const settled = useSettled(typed, 400)
  const write = point === null ? add : isMain ? useMain : change
  const use: readonly Field<Typed>[] = [
    { name: 'label', kind: 'text', label: t('contact.label'), help: t('contact.labelHelp'), maxLength: 60 },
    { name: 'hours', kind: 'text', label: t('contact.hours'), help: t('contact.hoursHelp'), maxLength: 120 },
    { name: 'preferred', kind: 'yes', label: t('contact.preferred') },
  ]
  const kinds = contactKinds.map((kind) => ({ value: kind, label: t(`contact.${kind}`) }))
  const people = customer.keyPersons.map(({ id, name }) => ({ value: id, label: name }))
  const fields: readonly Field<Typed>[] = isMain
    ? use
    : [
        ...(point === null ? [{ name: 'kind', kind: 'choice', label: t('contact.kind'), required: true, options: kinds } as const] : []),
        { name: 'value', kind: 'text', label: t('contact.value'), required: true, maxLength: 500 },
        ...(point === null && people.length > 0
          ? [{ name: 'personId', kind: 'choice', label: t('contact.person'), options: people } as const]
          : []),
        ...use,
      ]
  const submit = ({ kind, value, personId, label, hours, preferred }: Typed) => {
    const used = { label: label ?? null, hours: hours ?? null, preferred: preferred ?? false }
    if (point === null) return add.send({ id: customer.id, kind, value, personId: personId ?? null, ...used })
    if (point.id !== null) return change.send({ id: customer.id, pointId: point.id, version: point.version, value, ...used })
    return useMain.send({ id: customer.id, kind: point.kind as 'email' | 'phone' | 'address', version: point.version, ...used })
  }
  return (
    <Dialog title={isMain ? t(`contact.${point.kind}`) : t('contact.add')} onClose={close}>
      <Form<Typed>
        fields={fields}
        initial={point === null ? { kind: 'phone' } : { ...point, value: point.value ?? '' }}
        onSubmit={submit}
        problem={write.problem}
        pending={write.pending}
        submit={ui('save')}
        cancel={close}
        onChange={({ kind, value, personId }) => setTyped({ kind: kind ?? point?.kind, value: isMain || personId ? '' : (value ?? '') })}
      >
        <div className="form-wide">
          <DuplicateHint
            name=""
            email={settled.kind === 'email' ? settled.value : ''}
            phone={settled.kind === 'phone' ? settled.value : ''}
            city=""
            except={customer.id}
          />
        </div>
      </Form>
    </Dialog>
  )
}
