/**
 * A customer's tier at a glance: shape, name and colour say the same three times.
 *
 *   <TierTag tier="gold" />      <TierTag tier={row.tier} manual />      null shows nothing known
 */
import { nothingKnown } from './format.ts'
import { type Tier, tierShape } from './theme.ts'
import { useWords } from './words.ts'

export function TierTag({ tier, manual }: { tier: Tier | null | undefined; manual?: boolean }) {
  const t = useWords('ui')
  if (!tier) return <span className="muted">{nothingKnown}</span>
  return (
    <span className={`tier tier-${tier}`}>
      <span aria-hidden="true" className="tier-shape">
        {tierShape[tier]}
      </span>
      {t(`tier.${tier}`)}
      {manual && <span className="tier-manual">{t('tier.manual')}</span>}
    </span>
  )
}
