import { channels } from '#modules/customers/api.ts'

/** One field of a setting as the form shows it. `share`: the setting holds percent, the field a share. A name with a dot is a value within a record. */
interface SettingField {
  readonly name: string
  readonly kind: 'number' | 'percent' | 'money' | 'choice' | 'limits'
  readonly share?: boolean
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly digits?: number
  readonly required?: boolean
  /** Said behind the number. */
  readonly unit?: 'days'
  /** Only asked while another field has a value. */
  readonly when?: { readonly field: string; readonly is: string }
}

export interface SettingForm {
  readonly key: string
  readonly name: string
  readonly fields: readonly SettingField[]
}

const percent = (name: string, more: Partial<SettingField> = {}): SettingField => ({
  name,
  kind: 'percent',
  share: true,
  min: 0,
  max: 1,
  required: true,
  ...more,
})
const whole = (name: string, min: number, max: number): SettingField => ({ name, kind: 'number', min, max, required: true })
const days = (name: string): SettingField => ({ ...whole(name, 1, 3650), unit: 'days' })
const money = (name: string): SettingField => ({ name, kind: 'money', required: true })
const byRank = { when: { field: 'by', is: 'rank' } } as const
const byAmount = { when: { field: 'by', is: 'amount' } } as const

/** The margin first: without it profit is too high, and every tier rests on it. */
export const settingForms: readonly SettingForm[] = [
  { key: 'value.margin', name: 'margin', fields: [percent('percent', { required: false })] },
  {
    key: 'value.tiers',
    name: 'tiers',
    fields: [
      { name: 'by', kind: 'choice', choices: ['rank', 'amount'], required: true },
      percent('hysteresisPercent', { max: 0.5 }),
      percent('platinumPercent', byRank),
      percent('goldPercent', byRank),
      percent('ironPercent', byRank),
      { ...money('platinumFromMinor'), ...byAmount },
      { ...money('goldFromMinor'), ...byAmount },
    ],
  },
  {
    key: 'value.forecast',
    name: 'forecast',
    fields: [
      { name: 'unit', kind: 'choice', choices: ['day', 'week', 'month'], required: true },
      whole('horizonMonths', 1, 120),
      percent('discountPercentPerMonth', { max: 0.2, digits: 2 }),
      { name: 'paretoNbd', kind: 'choice', choices: ['fitted', 'left-out'], required: true },
    ],
  },
  {
    key: 'value.rfm',
    name: 'rfm',
    fields: [
      whole('bands', 2, 10),
      { name: 'windowDays', kind: 'number', min: 30, max: 3650, unit: 'days' },
      { name: 'limits', kind: 'limits' },
    ],
  },
  {
    key: 'value.service-cost',
    name: 'serviceCost',
    fields: [money('minorPerMinute'), ...channels.map((channel) => ({ ...money(`minorPerContact.${channel}`), required: false }))],
  },
  {
    key: 'value.activity',
    name: 'activity',
    fields: [days('newDays'), days('oldDays'), days('asleepDays')],
  },
  {
    key: 'value.service-plan',
    name: 'servicePlan',
    fields: [
      { ...money('yearlyBudgetMinor'), required: false },
      { ...whole('agents', 0, 1_000_000), required: false },
      whole('hoursPerAgent', 1, 8784),
      { ...money('minorPerPoint'), required: false },
    ],
  },
  { key: 'value.size-bands', name: 'sizeBands', fields: [percent('bigPercent'), percent('middlePercent'), money('minorPerOrder')] },
]
