/**
 * An amount in minor units, aligned for columns; a loss also carries its sign, never the colour alone.
 *
 *   <Money minor={row.profit} />      <Money minor={refund} currency="EUR" signed />
 */
import { useFormat } from './format.ts'

export function Money({
  minor,
  currency,
  signed,
  short,
}: {
  minor: number | null | undefined
  currency?: string | null
  signed?: boolean
  short?: boolean
}) {
  const format = useFormat()
  const text = format.money(minor, currency, { ...(signed ? { signed } : {}), ...(short ? { short } : {}) })
  return <span className={`figure${minor != null && minor < 0 ? ' figure-loss' : ''}`}>{text}</span>
}
