import type { Field } from '#ui/form.tsx'
import type { Words } from '#ui/words.ts'
import type { casesApi } from '../api.ts'
import { claimMayGoTo } from '../domain/supplier-claim.ts'
import { type ActForm, choices, type Typed, text } from './act-fields.tsx'

/** What is taken back, of whom it was bought, who made it, and what it is worth. */
export const goodsFields = (t: Words, required = true): readonly Field<Typed>[] => [
  { name: 'item', kind: 'text', label: t('goods.item'), required, maxLength: 500, wide: true },
  { name: 'valueMinor', kind: 'money', label: t('goods.value'), help: t('goods.valueHelp'), required, min: 0 },
  { name: 'rival', kind: 'text', label: t('goods.rival'), maxLength: 200 },
  { name: 'supplier', kind: 'text', label: t('goods.supplier'), help: t('goods.supplierHelp'), maxLength: 200 },
]

export const goodsOf = ({ item, rival, supplier, valueMinor }: Typed) => ({
  item: String(item),
  rival: text(rival),
  supplier: text(supplier),
  valueMinor: Number(valueMinor ?? 0),
})

/** The forms of goods that are taken back, and of what becomes of the claim on their supplier. */
export const goodsForms = (api: Pick<typeof casesApi, 'returnGoods' | 'moveClaim'>): Readonly<Record<string, ActForm>> => ({
  'goods-returned': {
    endpoint: api.returnGoods,
    fields: (t) => goodsFields(t),
    initial: ({ goods }) => goods ?? {},
    said: goodsOf,
  },
  'claim-moved': {
    endpoint: api.moveClaim,
    fields: (t, { found, typed }) => [
      {
        name: 'state',
        kind: 'choice',
        label: t('goods.claim'),
        required: true,
        options: choices(t, found.claim ? claimMayGoTo(found.claim.state) : [], 'claimState'),
      },
      ...(typed.state === 'paid'
        ? [{ name: 'receivedMinor', kind: 'money' as const, label: t('goods.received'), required: true, min: 0 }]
        : []),
      { name: 'note', kind: 'area', label: t('said.note'), required: typed.state === 'refused', wide: true, rows: 3 },
    ],
    initial: ({ claim }) => ({
      state: claim ? (claimMayGoTo(claim.state)[0] ?? null) : null,
      receivedMinor: claim?.amountMinor ?? null,
    }),
    said: ({ state, receivedMinor, note }) => ({ state, receivedMinor: state === 'paid' ? receivedMinor : null, note: text(note) }),
  },
})
