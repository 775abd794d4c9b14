import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { useWords } from '#ui/words.ts'
import { expectedLossMinor } from '../domain/supplier-claim.ts'
import { ActDialog } from './act-dialog.tsx'
import type { Detail } from './shown.ts'

/** Goods of a rival that were taken back for somebody, what their supplier is asked for, and what that leaves us with (K-05). */
export function GoodsPart({ found }: { readonly found: Detail }) {
  const t = useWords('cases')
  const format = useFormat()
  const [act, setAct] = useState<'goods-returned' | 'claim-moved' | null>(null)
  const { goods, claim } = found
  const offered = (['goods-returned', 'claim-moved'] as const).filter((one) => found.may.includes(one))
  return (
    <section aria-label={t('goods.title')}>
      <h3>{t('goods.title')}</h3>
      {!goods && <p className="muted">{t('goods.none')}</p>}
      {goods && claim && (
        <dl className="facts">
          <div>
            <dt>{t('goods.item')}</dt>
            <dd>{[goods.item, goods.rival].filter(Boolean).join(' · ')}</dd>
          </div>
          <div>
            <dt>{t('goods.value')}</dt>
            <dd>{format.money(goods.valueMinor)}</dd>
          </div>
          <div>
            <dt>{t('goods.claim')}</dt>
            <dd className="row">
              <Tag>{t(`claimState.${claim.state}`)}</Tag>
              <span>{[format.money(claim.amountMinor), claim.supplier].filter(Boolean).join(' · ')}</span>
            </dd>
          </div>
          <div>
            <dt>{t('goods.received')}</dt>
            <dd>{format.money(claim.receivedMinor)}</dd>
          </div>
          <div>
            <dt>{t('loss.net')}</dt>
            <dd>
              <b>{format.money(found.netLossMinor)}</b>
              {(claim.state === 'open' || claim.state === 'claimed') && (
                <span className="muted"> {t('goods.expected', { loss: format.money(expectedLossMinor(claim)) })}</span>
              )}
            </dd>
          </div>
        </dl>
      )}
      {offered.length > 0 && (
        <span className="row">
          {offered.map((one) => (
            <Button key={one} onClick={() => setAct(one)}>
              {t(`act.${one}`)}
            </Button>
          ))}
        </span>
      )}
      {act && <ActDialog act={act} found={found} close={() => setAct(null)} />}
    </section>
  )
}
