import { Form as AntForm, Radio } from 'antd'
import { NumberInput } from '#ui/inputs.tsx'
import { TableScroll } from '#ui/table-scroll.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import { type RfmLimits, unfitLimits } from '../domain/rfm.ts'

/** While limits are being typed some are missing. */
export type TypedLimits = Readonly<Record<keyof RfmLimits, readonly (number | null)[]>>

const measures = ['recencyDays', 'frequency', 'monetaryMinor'] as const
const headings = { recencyDays: 'rfm.recencyUpTo', frequency: 'rfm.frequencyFrom', monetaryMinor: 'rfm.monetaryFrom' } as const

/** Bands of equal size, or where each score begins; begins with the limits that the latest valuation found. */
export function RfmLimitsInput({ value, onChange }: { value?: TypedLimits | null; onChange?: (value: TypedLimits | null) => void }) {
  const t = useWords('value')
  const bands = useBands()
  const found = useRead(valueApi.rfm, {}).data?.part
  const shown = value ? cutTo(value, bands) : null
  const begin = () =>
    onChange?.(cutTo(found?.bands === bands ? found.limits : { recencyDays: [], frequency: [], monetaryMinor: [] }, bands))
  const type = (measure: keyof RfmLimits, place: number, limit: number | null) =>
    shown && onChange?.({ ...shown, [measure]: shown[measure].map((other, i) => (i === place ? limit : other)) })
  return (
    <>
      <Radio.Group
        aria-label={t('settings.rfm.limits')}
        value={shown ? 'own' : 'equal'}
        onChange={(event) => (event.target.value === 'own' ? begin() : onChange?.(null))}
        options={(['equal', 'own'] as const).map((way) => ({ value: way, label: t(`settings.rfm.limits.${way}`) }))}
      />
      {shown && (
        <TableScroll label={t('settings.rfm.limits')} className="rfm-limits">
          <table className="table table-compact">
            <caption className="hidden">{t('settings.rfm.limits')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('rfm.score')}</th>
                {measures.map((measure) => (
                  <th key={measure} scope="col">
                    {t(headings[measure])}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.frequency.map((_, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a limit is its place
                <tr key={place}>
                  <th scope="row">{place + 2}</th>
                  {measures.map((measure) => (
                    <td key={measure}>
                      <NumberInput
                        kind={measure === 'monetaryMinor' ? 'money' : 'number'}
                        min={measure === 'frequency' ? 1 : 0}
                        value={shown[measure][place] ?? null}
                        onChange={(limit) => type(measure, place, limit)}
                        aria-label={`${t('rfm.score')} ${place + 2}: ${t(headings[measure])}`}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </>
  )
}

/** What is wrong with the limits, in words, or null. */
export function useLimitCheck(): (value: unknown, bands: number) => string | null {
  const t = useWords('value')
  return (value, bands) => {
    if (!value) return null
    const limits = cutTo(value as TypedLimits, bands)
    if (measures.some((measure) => limits[measure].some((limit) => limit === null))) return t('settings.rfm.limits.missing')
    const [unfit] = unfitLimits(limits as RfmLimits, bands)
    return unfit ? t(`settings.rfm.limits.${unfit === 'recencyDays' ? 'falling' : 'rising'}`, { measure: t(headings[unfit]) }) : null
  }
}

/** One limit for each score above 1, whatever number of scores they were typed for. */
export const cutTo = (limits: TypedLimits, bands: number): TypedLimits => {
  const cut = (list: readonly (number | null)[]) => Array.from({ length: bands - 1 }, (_, i) => list[i] ?? null)
  return { recencyDays: cut(limits.recencyDays), frequency: cut(limits.frequency), monetaryMinor: cut(limits.monetaryMinor) }
}

/** The number of scores as it stands in the form around; what cannot be is left to its own field to say. */
function useBands(): number {
  const typed: unknown = AntForm.useWatch('bands')
  return Number.isInteger(typed) ? Math.min(10, Math.max(2, Number(typed))) : 5
}
