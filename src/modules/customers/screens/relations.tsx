import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { SearchChoice } from '#ui/search-choice.tsx'
import { useSession } from '#ui/session.ts'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type RelationKind, type RelationSide, relationKinds, relationSides } from '../domain/relation.ts'
import { useCustomers } from './customers-found.ts'

type Relations = ResultOf<typeof api.relations>

/** Who belongs to the customer, on which side, and what those buy whom they referred (B-11). */
export function Relations({ customerId }: { customerId: string }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const { may } = useSession()
  const [adding, setAdding] = useState(false)
  const found = useRead(api.relations, { id: customerId })
  return (
    <Loaded of={found} lines={2}>
      {({ items, referred }) => (
        <div className="customer-entries">
          {items.length === 0 && <p className="muted">{t('relation.none')}</p>}
          {referred.customers > 0 && referred.revenueMinor !== null && (
            <p>
              {t('relation.referred', {
                count: referred.customers,
                revenue: format.money(referred.revenueMinor),
                profit: format.money(referred.profitMinor),
              })}
            </p>
          )}
          {items.map((relation) => (
            <OneRelation key={relation.id} customerId={customerId} relation={relation} />
          ))}
          {may('customers.write') && (
            <div>
              <Button onClick={() => setAdding(true)}>{ui('add')}</Button>
            </div>
          )}
          {adding && <Relate customerId={customerId} close={() => setAdding(false)} />}
        </div>
      )}
    </Loaded>
  )
}

function OneRelation({ customerId, relation }: { customerId: string; relation: Relations['items'][number] }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const { may } = useSession()
  const remove = useWrite(api.unrelate)
  const { id, kind, side, note, other } = relation
  const name = other?.name ?? t('relation.hidden')
  const figures = other?.figures
  return (
    <div className="row">
      <span className="customer-field">
        <span className="muted">{t(`relation.is.${kind}.${side}`)}</span> {other ? <Link to={`/customers/${other.id}`}>{name}</Link> : name}{' '}
        <span className="muted">
          {[
            other?.city,
            note,
            figures?.valuedOn &&
              t('relation.buys', { revenue: format.money(figures.revenueMinor), profit: format.money(figures.profitMinor) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      {may('customers.write') && (
        <Popconfirm
          title={t('relation.removeAsk', { name })}
          okText={ui('delete')}
          cancelText={ui('cancel')}
          onConfirm={() => remove.send({ id: customerId, relationId: id }).catch(notice.refused)}
        >
          <Button size="small" danger aria-label={`${ui('delete')}: ${name}`}>
            {ui('delete')}
          </Button>
        </Popconfirm>
      )}
    </div>
  )
}

interface Typed {
  readonly as: `${RelationKind}.${RelationSide}`
  readonly otherId: string
  readonly note?: string | null
}
/** A family is the same from either side. */
const ways = relationKinds
  .flatMap((kind) => relationSides.map((side) => `${kind}.${side}` as const))
  .filter((way) => way !== 'family.second')

function Relate({ customerId, close }: { customerId: string; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const relate = useWrite(api.relate, { onDone: close })
  return (
    <Dialog title={t('relation.add')} onClose={close}>
      <Form<Typed>
        fields={[
          {
            name: 'as',
            kind: 'choice',
            label: t('relation.kind'),
            required: true,
            options: ways.map((way) => ({ value: way, label: t(`relation.is.${way}`) })),
          },
          {
            name: 'otherId',
            kind: 'own',
            label: t('relation.other'),
            required: true,
            control: <SearchChoice useFound={useCustomers} except={customerId} />,
          },
          { name: 'note', kind: 'text', label: t('field.note'), maxLength: 200 },
        ]}
        initial={{ as: 'referrer.first' }}
        onSubmit={({ as, otherId, note }) => {
          const [kind, side] = as.split('.') as [RelationKind, RelationSide]
          return relate.send({ id: customerId, otherId, kind, side, note: note ?? null })
        }}
        problem={relate.problem}
        pending={relate.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
