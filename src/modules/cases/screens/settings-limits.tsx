import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import { api as organization } from '#modules/organization/api.ts'
import { useFormat } from '#ui/format.ts'
import { NumberInput } from '#ui/inputs.tsx'
import { useSession } from '#ui/session.ts'
import { SettingSection, type StoredSetting } from '#ui/setting.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Limits, mostOfLimit } from '../domain/figures/limits.ts'
import { ProductChoice } from './product-choice.tsx'
import './cases.css'

/** One limit as it is typed: the id of a team or the code of a product, and how many. */
interface Row {
  readonly of: string | null
  readonly most: number | null
}
interface Values {
  readonly teams: readonly Row[]
  readonly products: readonly Row[]
}
interface Control {
  readonly value?: readonly Row[]
  readonly onChange?: (value: readonly Row[]) => void
}

const mostRows = 200

/** How many cases a team, or those about a product, may have in hand at once, beside how many there are now. */
export function LimitsSetting({ stored }: { readonly stored: StoredSetting | undefined }) {
  const t = useWords('cases')
  const { data } = useRead(organization.departments, {})
  const check = (value: unknown) => {
    const rows = value as readonly Row[]
    if (rows.some(({ of, most }) => of === null || most === null)) return t('settings.limitUnfinished')
    return new Set(rows.map(({ of }) => of)).size === rows.length ? null : t('settings.limitTwice')
  }
  return (
    <SettingSection<Values>
      stored={stored}
      title={t('settings.limits')}
      about={t('settings.limitsAbout')}
      columns={1}
      alsoChanges={['cases']}
      shown={(value) => {
        const { teams, products } = value as Limits
        return {
          teams: teams.map(({ teamId, most }) => ({ of: teamId, most })),
          products: products.map(({ productCode, most }) => ({ of: productCode, most })),
        }
      }}
      meant={({ teams, products }) => ({
        teams: teams.map(({ of, most }) => ({ teamId: of, most })),
        products: products.map(({ of, most }) => ({ productCode: of, most })),
      })}
      fields={[
        {
          name: 'teams',
          kind: 'own',
          label: t('settings.limitTeams'),
          help: t('settings.limitTeamsHelp'),
          control: <TeamLimits />,
          check: (value) =>
            check(value) ?? (data && (value as readonly Row[]).some(isGoneFrom(data.teams)) ? t('settings.limitGone') : null),
        },
        {
          name: 'products',
          kind: 'own',
          label: t('settings.limitProducts'),
          help: t('settings.limitProductsHelp'),
          control: <ProductLimits />,
          check,
        },
      ]}
    />
  )
}

/** A team that was dissolved since: its limit holds nothing any more, and is to be taken out. */
const isGoneFrom =
  (teams: readonly { readonly id: string }[]) =>
  ({ of }: Row): boolean =>
    of !== null && !teams.some(({ id }) => id === of)

function TeamLimits(control: Control) {
  const t = useWords('cases')
  const { data } = useRead(organization.departments, {})
  const teams = (data?.teams ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <LimitRows
      {...control}
      add={t('settings.addTeamLimit')}
      choice={(row, number, choose) => (
        <Select<string>
          className="wide"
          aria-label={t('settings.limitTeam', { number })}
          placeholder={t('settings.limitTeamPlaceholder')}
          showSearch={{ optionFilterProp: 'label' }}
          value={row.of}
          options={data && row.of !== null && isGoneFrom(data.teams)(row) ? [...teams, { value: row.of, label: t('choice.gone') }] : teams}
          onChange={choose}
        />
      )}
      now={(row) => <InHandNow key={row.of} teamId={row.of ?? undefined} most={row.most} />}
    />
  )
}

function ProductLimits(control: Control) {
  const t = useWords('cases')
  const { may } = useSession()
  const { data } = useRead(casesApi.limits, {}, { enabled: may('cases.manage') })
  return (
    <LimitRows
      {...control}
      add={t('settings.addProductLimit')}
      choice={(row, number, choose) => {
        const known = data?.products.find(({ productCode }) => productCode === row.of)
        return (
          <ProductChoice
            // What it is called is known only once it was asked for.
            key={known ? 'known' : 'asked'}
            orderId={null}
            label={t('settings.limitProduct', { number })}
            known={known ? { code: known.productCode, name: known.name } : null}
            value={row.of}
            onChange={choose}
          />
        )
      }}
      now={(row) => <InHandNow key={row.of} productCode={row.of ?? undefined} most={row.most} />}
    />
  )
}

interface LimitRowsProps extends Control {
  readonly add: string
  readonly choice: (row: Row, number: number, choose: (of: string | null) => void) => ReactNode
  readonly now: (row: Row) => ReactNode
}

function LimitRows({ value = [], onChange, add, choice, now }: LimitRowsProps) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const change = (at: number, part: Partial<Row>) => onChange?.(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <>
      <ul className="plain-list limit-rows">
        {value.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what a limit is about may be chosen anew
          <li key={at}>
            {choice(row, at + 1, (of) => change(at, { of }))}
            <NumberInput
              kind="number"
              aria-label={t('settings.limitMost', { number: at + 1 })}
              value={row.most}
              min={1}
              max={mostOfLimit}
              unit={t('settings.cases')}
              onChange={(most) => change(at, { most })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={`${ui('delete')}: ${at + 1}`}
              onClick={() => onChange?.(value.filter((_, index) => index !== at))}
            />
            <span className="muted limit-now">{row.of !== null && now(row)}</span>
          </li>
        ))}
      </ul>
      <Button icon={<PlusOutlined />} disabled={value.length >= mostRows} onClick={() => onChange?.([...value, { of: null, most: null }])}>
        {add}
      </Button>
    </>
  )
}

interface InHandNowProps {
  readonly teamId?: string | undefined
  readonly productCode?: string | undefined
  readonly most: number | null
}

/** How many are in hand now. Those of all limits that are kept come with one answer; what is chosen just now is asked for. */
function InHandNow({ teamId, productCode, most }: InHandNowProps) {
  const t = useWords('cases')
  const format = useFormat()
  const { may } = useSession()
  const isAsked = may('cases.manage')
  const kept = useRead(casesApi.limits, {}, { enabled: isAsked })
  const within = (data: typeof kept.data) =>
    data?.teams.find((one) => one.teamId === teamId)?.inHand ?? data?.products.find((one) => one.productCode === productCode)?.inHand
  const named = { ...(teamId ? { teamId } : {}), ...(productCode ? { productCode } : {}) }
  const asked = useRead(casesApi.limits, named, {
    enabled: isAsked && kept.data !== undefined && within(kept.data) === undefined,
    keepPrevious: false,
  })
  const count = within(kept.data) ?? within(asked.data)
  if (count === undefined) return null
  const values = { count, shown: format.number(count) }
  return <>{t(most !== null && count > most ? 'settings.inHandAbove' : 'settings.inHandNow', values)}</>
}
