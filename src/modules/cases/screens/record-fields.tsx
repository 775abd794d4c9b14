import type { Field } from '#ui/form.tsx'
import type { Words } from '#ui/words.ts'
import { extraTypes } from '../domain/custom-requests.ts'
import { languages } from '../domain/language.ts'
import type { OrderProduct } from '../domain/order-products.ts'
import {
  categories,
  channels,
  complaintReasons,
  dissatisfactions,
  type Kind,
  moods,
  remedyKinds,
  severities,
  targetKinds,
} from '../domain/taxonomy.ts'
import { filesField } from './act-fields.tsx'
import { CustomerChoice } from './customer-choice.tsx'
import { OrderChoice } from './order-choice.tsx'
import { ProductChoice } from './product-choice.tsx'
import type { TypedRecord } from './typed-record.ts'

interface About {
  readonly t: Words
  /** Whom a new case is about, where that is known already; `undefined` for a case that has its customer. */
  readonly known: { readonly id: string; readonly name: string } | null | undefined
  /** What the fields below it depend on. */
  readonly typed: Partial<TypedRecord>
  /** Also what is rarely asked for. */
  readonly more: boolean
  /** Whether orders and products may be named. */
  readonly orders: boolean
  readonly departments: readonly { readonly value: string; readonly label: string }[]
  /** The order and the product with which the record lies there already. */
  readonly keptOrderId?: string | null
  readonly product?: OrderProduct | null
}

type Fields = readonly Field<TypedRecord>[]

/** The fields of a kind's record, the customer first. */
export function recordFields(
  kind: Kind,
  { t, known, typed, more, orders, departments, keptOrderId = null, product = null }: About,
): Fields {
  const complaint = kind === 'complaint'
  const choice = (values: readonly (string | number)[], key: string) =>
    values.map((value) => ({ value: String(value), label: t(`${key}.${value}`) }))
  const { category = null, targetKind, customerId, orderId = null } = typed
  const reasons: readonly string[] = category === null ? [] : (complaintReasons[category as keyof typeof complaintReasons] ?? [])
  const whose: Fields =
    known === undefined
      ? []
      : [
          {
            name: 'customerId',
            kind: 'own',
            label: t('field.customer'),
            required: true,
            wide: true,
            control: <CustomerChoice known={known} />,
          },
        ]
  const target: Fields = [
    { name: 'targetKind', kind: 'choice', label: t('field.targetKind'), required: true, options: choice(targetKinds, 'target') },
    targetKind === 'person'
      ? { name: 'targetUserId', kind: 'people', label: t('field.targetUser'), help: t('field.targetUserHelp') }
      : targetKind === 'department'
        ? { name: 'targetDepartmentId', kind: 'choice', label: t('field.targetDepartment'), options: departments, search: true }
        : { name: 'targetName', kind: 'text', label: t('field.targetName'), maxLength: 200 },
  ]
  const mood: Fields = [{ name: 'mood', kind: 'choice', label: t('field.mood'), options: choice(moods, 'mood') }]
  const felt: Fields = [
    {
      name: 'dissatisfaction',
      kind: 'choice',
      label: t('field.dissatisfaction'),
      options: choice(dissatisfactions, 'dissatisfaction'),
    },
    ...mood,
  ]
  const sold: Fields = [
    ...(customerId
      ? ([{ name: 'orderId', kind: 'own', label: t('field.order'), control: <OrderChoice customerId={customerId} /> }] as Fields)
      : []),
    {
      name: 'productCode',
      kind: 'own',
      label: t('field.product'),
      control: <ProductChoice orderId={orderId} keptOrderId={keptOrderId} known={product} />,
    },
  ]
  const matter: Fields = [
    { name: 'category', kind: 'choice', label: t('field.category'), required: true, options: choice(categories, 'category') },
    {
      name: 'reason',
      kind: 'choice',
      label: t('field.reason'),
      disabled: category === null,
      options: reasons.map((value) => ({ value, label: t(`reason.${category}.${value}`) })),
    },
    ...target,
  ]
  const asked: Fields = [
    { name: 'demandKind', kind: 'choice', label: t('field.demandKind'), required: complaint, options: choice(remedyKinds, 'remedy') },
    { name: 'demandMinor', kind: 'money', label: t('field.demandMinor'), min: 0 },
    { name: 'demandText', kind: 'text', label: t('field.demandText'), maxLength: 2000, wide: true },
  ]
  const rare: Fields = [
    { name: 'complainantName', kind: 'text', label: t('field.complainant'), maxLength: 200, help: t('field.complainantHelp') },
    { name: 'complainantContact', kind: 'text', label: t('field.complainantContact'), maxLength: 200 },
    { name: 'complainantAuthority', kind: 'text', label: t('field.complainantAuthority'), maxLength: 200, wide: true },
    {
      name: 'language',
      kind: 'choice',
      label: t('field.language'),
      help: t('field.languageHelp'),
      options: languages.map((value) => ({ value, label: t(`language.${value}`) })),
    },
    { name: 'receivedAt', kind: 'moment', label: t('field.receivedAt') },
    { name: 'accessibility', kind: 'text', label: t('field.accessibility'), maxLength: 500, wide: true },
    ...(complaint ? [] : mood),
  ]
  // Who handles it from then on is changed on the case; who found it first never changes.
  const begun: Fields = [
    { name: 'ownerId', kind: 'people', label: t('field.owner'), help: t('field.ownerHelp') },
    { name: 'proactive', kind: 'yes', label: t('field.proactive') },
  ]
  return [
    ...whose,
    { name: 'subject', kind: 'text', label: t('field.subject'), required: true, maxLength: 200, wide: true },
    {
      name: 'description',
      kind: 'area',
      label: t(complaint ? 'field.description' : 'field.details'),
      required: true,
      maxLength: 20_000,
      rows: 5,
      wide: true,
    },
    ...(complaint ? matter : []),
    ...(orders ? sold : []),
    ...(complaint ? felt : []),
    ...(kind === 'custom-request'
      ? ([
          { name: 'extra', kind: 'choice', label: t('field.extra'), help: t('field.extraHelp'), options: choice(extraTypes, 'extra') },
        ] as Fields)
      : []),
    ...(['complaint', 'claim', 'repair'].includes(kind) ? asked : []),
    { name: 'channel', kind: 'choice', label: t('field.channel'), required: true, options: choice(channels, 'channel') },
    { name: 'severity', kind: 'choice', label: t('field.severity'), required: true, options: choice(severities, 'severity') },
    ...(known === undefined ? [] : [filesField<TypedRecord>(t)]),
    ...(more ? rare : []),
    ...(more && known !== undefined ? begun : []),
  ]
}
