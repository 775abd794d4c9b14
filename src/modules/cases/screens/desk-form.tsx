import { Segmented, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { ordersApi } from '#modules/orders/api.ts'
import { type Field, Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { usePreference } from '#ui/preferences.ts'
import { useSession } from '#ui/session.ts'
import { useToday } from '#ui/today.ts'
import { useRead, type Write } from '#ui/use-endpoint.ts'
import { useWords, type Words } from '#ui/words.ts'
import type { casesApi } from '../api.ts'
import {
  type Channel,
  categories,
  channels,
  complaintReasons,
  dissatisfactions,
  type Kind,
  kinds,
  moods,
  remedyKinds,
} from '../domain/taxonomy.ts'
import { useOrderDraft } from './order-words.ts'
import { ProductChoice } from './product-choice.tsx'
import { TalkText } from './reply-text.tsx'

/** What is typed while somebody talks. Everything else of a record is known: it came just now, as the one before did, and is aimed at the company. */
export interface Typed {
  readonly matter: string | null
  readonly description: string
  readonly demandKind: string | null
  readonly productCode: string | null
  readonly dissatisfaction: string | null
  readonly mood: string | null
  readonly channel: Channel
  readonly interim: string | null
  readonly promise: string | null
  readonly promiseDay: string | null
}
export interface DeskDraft extends Partial<Typed> {
  readonly kind: Kind
  readonly orderId: string | null
}

interface Props {
  readonly customerId: string
  readonly orderId: string | null
  readonly onChange: (draft: DeskDraft) => void
  readonly onRecord: (draft: DeskDraft & Typed) => Promise<unknown>
  readonly write: Pick<Write<typeof casesApi.deskCase>, 'problem' | 'pending'>
}

export function DeskForm({ customerId, orderId: given, onChange, onRecord, write }: Props) {
  const t = useWords('cases')
  const frame = useRef<HTMLDivElement>(null)
  const today = useToday()
  const { may } = useSession()
  const [kind, setKind] = useState<Kind>('complaint')
  const [orderId, setOrderId] = useState(given)
  const [typed, setTyped] = useState<Partial<Typed>>({})
  // Whoever helps at a counter does so all day, and so does whoever takes calls.
  const [usual, setUsual] = usePreference<Channel>('desk.channel', 'phone')
  const draft = useOrderDraft(orderId)
  const told = (more: Partial<DeskDraft>) => onChange({ kind, orderId, channel: usual, ...typed, ...more })
  // Whoever has just said who calls goes on to say what it is about.
  useEffect(() => frame.current?.querySelector<HTMLElement>('form input, form textarea')?.focus(), [])
  const prefilled: Partial<Typed> = draft
    ? {
        ...(draft.matter && kind === 'complaint' ? { matter: `${draft.matter.category} ${draft.matter.reason}` } : {}),
        ...(draft.words === '' ? {} : { description: draft.words }),
      }
    : {}
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key that records from any field; the button does the same
    <div
      ref={frame}
      className="desk-form"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          frame.current?.querySelector('form')?.requestSubmit()
        }
      }}
    >
      <Segmented<Kind>
        className="case-kinds"
        aria-label={t('form.kind')}
        value={kind}
        onChange={(next) => {
          setKind(next)
          told({ kind: next })
        }}
        options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      <OrderChoice
        customerId={customerId}
        value={orderId}
        onChange={(id) => {
          setOrderId(id)
          told({ orderId: id })
        }}
      />
      {draft && (
        <p className="muted" role="status">
          {t(draft.words === '' ? 'desk.asPromised' : 'desk.prefilled')}
        </p>
      )}
      <Form<Typed>
        key={`${kind} ${orderId} ${draft === null}`}
        columns={2}
        fields={fieldsOf({ t, kind, today, orderId, orders: may('orders.read') })}
        initial={{ channel: usual, ...typed, ...prefilled }}
        onChange={(values) => {
          setTyped(values)
          told(values)
        }}
        onSubmit={(values) => {
          setUsual(values.channel)
          return onRecord({ kind, orderId, ...values })
        }}
        problem={write.problem}
        pending={write.pending}
        submit={t('desk.record')}
      />
    </div>
  )
}

/** One of the customer's last orders, in case it is about one. */
function OrderChoice({ customerId, value, onChange }: { customerId: string; value: string | null; onChange: (id: string | null) => void }) {
  const t = useWords('cases')
  const format = useFormat()
  const { may } = useSession()
  const { data } = useRead(ordersApi.ofCustomer, { customerId, limit: 20 }, { enabled: may('orders.read') })
  const orders = (data?.items ?? []).filter(({ kind }) => kind === 'purchase' || kind === 'cancelled')
  const strange = value !== null && !orders.some(({ id }) => id === value)
  const { data: other } = useRead(ordersApi.one, { id: value ?? '' }, { enabled: strange })
  const all = other && strange ? [other, ...orders] : orders
  if (all.length === 0) return null
  return (
    <Select<string | null>
      className="wide"
      aria-label={t('desk.order')}
      allowClear
      placeholder={t('desk.noOrder')}
      value={value}
      showSearch={{ optionFilterProp: 'label' }}
      options={all.map(({ id, number, day, netMinor }) => ({
        value: id,
        label: [number ?? t('desk.order'), format.day(day), format.money(netMinor)].join(' · '),
      }))}
      onChange={(id) => onChange(id ?? null)}
    />
  )
}

interface Asked {
  readonly t: Words
  readonly kind: Kind
  readonly today: string
  readonly orderId: string | null
  /** Whether orders and products may be named. */
  readonly orders: boolean
}

function fieldsOf({ t, kind, today, orderId, orders }: Asked): readonly Field<Typed>[] {
  const complaint = kind === 'complaint'
  const choice = (values: readonly string[], key: string) => values.map((value) => ({ value, label: t(`${key}.${value}`) }))
  const matters = categories.flatMap((category) =>
    complaintReasons[category].map((reason) => ({
      value: `${category} ${reason}`,
      label: `${t(`category.${category}`)} · ${t(`reason.${category}.${reason}`)}`,
    })),
  )
  return [
    ...(complaint
      ? [{ name: 'matter', kind: 'choice', label: t('desk.matter'), required: true, options: matters, search: true, wide: true } as const]
      : []),
    { name: 'description', kind: 'area', label: t('desk.words'), required: true, rows: 4, maxLength: 20_000, wide: true },
    ...(['complaint', 'claim', 'repair'].includes(kind)
      ? [
          {
            name: 'demandKind',
            kind: 'choice',
            label: t('desk.demand'),
            required: complaint,
            options: choice(remedyKinds, 'remedy'),
            search: true,
          } as const,
        ]
      : []),
    { name: 'mood', kind: 'choice', label: t('desk.mood'), options: choice(moods, 'mood'), search: true },
    ...(orders
      ? [{ name: 'productCode', kind: 'own', label: t('desk.product'), control: <ProductChoice orderId={orderId} /> } as const]
      : []),
    ...(complaint
      ? [
          {
            name: 'dissatisfaction',
            kind: 'choice',
            label: t('desk.dissatisfaction'),
            options: choice(dissatisfactions, 'dissatisfaction'),
            search: true,
          } as const,
        ]
      : []),
    { name: 'channel', kind: 'choice', label: t('field.channel'), required: true, options: choice(channels, 'channel') },
    {
      name: 'interim',
      kind: 'own',
      label: t('desk.interim'),
      help: t('desk.interimHelp'),
      wide: true,
      control: <TalkText rows={2} maxLength={2000} />,
    },
    { name: 'promise', kind: 'own', label: t('desk.promise'), control: <TalkText rows={2} maxLength={200} /> },
    { name: 'promiseDay', kind: 'day', label: t('desk.promiseDay'), min: today },
  ]
}
