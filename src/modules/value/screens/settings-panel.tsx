import { useState } from 'react'
import { api as organization } from '#modules/organization/api.ts'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded, Section } from '#ui/page.tsx'
import { type StoredSetting, useSetting } from '#ui/setting.tsx'
import { DataTable } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { cutTo, RfmLimitsInput, type TypedLimits, useLimitCheck } from './rfm-limits.tsx'
import { type SettingForm, settingForms } from './setting-forms.ts'
import './value.css'

type Values = Record<string, number | string | TypedLimits | null>

/** The settings of the module; thresholds show their effect before they are saved. */
export function SettingsPanel() {
  const t = useWords('value')
  const settings = useRead(organization.settings, {})
  return (
    <Loaded of={settings}>
      {(found) =>
        settingForms.map((form) => {
          const stored = found.settings.find((setting) => setting.key === form.key)
          return (
            stored && (
              <Section key={form.key} title={t(`settings.${form.name}.title`)} about={t(`settings.${form.name}.about`)}>
                <OneSetting form={form} stored={stored} />
              </Section>
            )
          )
        })
      }
    </Loaded>
  )
}

function OneSetting({ form, stored }: { form: SettingForm; stored: StoredSetting }) {
  const t = useWords('value')
  const setting = useSetting(stored, {
    done: t(form.name === 'servicePlan' ? 'ui:saved' : 'settings.saved'),
    alsoChanges: ['value', 'customers'],
  })
  const checkLimits = useLimitCheck()
  const whole = stored.value as Record<string, unknown>
  const initial = Object.fromEntries(form.fields.map((field) => [field.name, shown(field.share, valueAt(whole, field.name))])) as Values
  const [typed, setTyped] = useState(initial)
  const bands = Number(typed.bands)
  const asked = form.fields.filter(({ when }) => !when || typed[when.field] === when.is)
  return (
    <>
      <Form<Values>
        columns={2}
        fields={
          asked.map(({ share, choices, unit, when, ...field }) => ({
            ...field,
            label: t(`settings.${form.name}.${field.name}`),
            ...(unit ? { unit: t(`settings.unit.${unit}`) } : {}),
            ...(choices ? { options: choices.map((value) => ({ value, label: t(`settings.${form.name}.${field.name}.${value}`) })) } : {}),
            ...(field.kind === 'limits'
              ? { kind: 'own', wide: true, control: <RfmLimitsInput />, check: (value: unknown) => checkLimits(value, bands) }
              : {}),
            ...(field.name === 'windowDays' ? { help: t('settings.rfm.windowDays.help') } : {}),
          })) as never
        }
        initial={initial}
        problem={setting.problem}
        pending={setting.pending}
        submit={t('save')}
        onChange={(values) => setTyped({ ...typed, ...values })}
        onSubmit={(values) =>
          setting.save(
            asked.reduce((value, field) => withValue(value, field.name, kept(field.share, sent(values[field.name], bands))), whole),
          )
        }
      />
      {form.name === 'tiers' && <TierPreview values={typed} />}
    </>
  )
}

/** Limits are sent for as many scores as there are; whatever else is sent as it stands. */
const sent = (value: Values[string] | undefined, bands: number) => (value && typeof value === 'object' ? cutTo(value, bands) : value)

const valueAt = (whole: Readonly<Record<string, unknown>>, name: string): unknown => {
  const [first = '', second] = name.split('.')
  return second === undefined ? whole[first] : (whole[first] as Record<string, unknown> | undefined)?.[second]
}
/** The setting with one value changed; an empty value of a record is taken out. */
function withValue(whole: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  const [first = '', second] = name.split('.')
  if (second === undefined) return { ...whole, [first]: value }
  const { [second]: _, ...others } = (whole[first] ?? {}) as Record<string, unknown>
  return { ...whole, [first]: value === null ? others : { ...others, [second]: value } }
}

/** Settings hold percents, the form's fields hold shares. */
const shown = (share: boolean | undefined, value: unknown) => (share && typeof value === 'number' ? value / 100 : (value as Values[string]))
const kept = (share: boolean | undefined, value: Values[string] | undefined) =>
  share && typeof value === 'number' ? Number((value * 100).toFixed(6)) : (value ?? null)

function TierPreview({ values }: { values: Values }) {
  const t = useWords('value')
  const format = useFormat()
  const percent = (name: string) => Math.min(100, Math.max(0, Number(values[name] ?? 0) * 100))
  const preview = useRead(valueApi.tierPreview, {
    by: values.by === 'amount' ? 'amount' : 'rank',
    platinumPercent: percent('platinumPercent'),
    goldPercent: percent('goldPercent'),
    platinumFromMinor: Math.round(Number(values.platinumFromMinor ?? 0)),
    goldFromMinor: Math.round(Number(values.goldFromMinor ?? 0)),
  })
  return (
    <Loaded of={preview} lines={4}>
      {({ exact, tiers }) =>
        tiers.length === 0 ? (
          <p className="muted">{t('settings.noPreview')}</p>
        ) : (
          <>
            <h3 className="settings-preview">{t('settings.preview')}</h3>
            <DataTable
              name="value-preview"
              label={t('settings.preview')}
              rowKey={(row) => row.tier}
              pages={{ items: tiers }}
              columns={[
                { key: 'tier', title: t('tier'), cell: (row) => <TierTag tier={row.tier} /> },
                { key: 'now', title: t('settings.now'), align: 'end', cell: (row) => format.number(row.nowCustomers) },
                { key: 'then', title: t('settings.then'), align: 'end', cell: (row) => format.number(row.customers) },
                { key: 'profitNow', title: t('settings.profitNow'), align: 'end', cell: (row) => format.money(row.nowProfitMinor) },
                { key: 'profitThen', title: t('settings.profitThen'), align: 'end', cell: (row) => format.money(row.profitMinor) },
              ]}
            />
            <p className="muted">{t(exact ? 'settings.previewExact' : 'settings.previewSketch')}</p>
          </>
        )
      }
    </Loaded>
  )
}
