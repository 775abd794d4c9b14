import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useFormat } from '#ui/format.ts'
import { useSession } from '#ui/session.ts'
import { tierShape } from '#ui/theme.ts'
import { useWords } from '#ui/words.ts'
import type { Home } from './home-page.tsx'

/** The loop as a picture. A place with figures shows them; each leads to where one works on it. */
export function LoopMap({ home }: { home: Home }) {
  const t = useWords('insight')
  const format = useFormat()
  const { may } = useSession()
  const { know, value, serve, keep, next } = home
  const month = keep?.months.at(-1)
  const touches = serve?.stages.reduce((sum, row) => sum + row.touches, 0) ?? 0
  return (
    <ol className="loop-map" aria-label={t('loop.label')}>
      <Place name="know" to={may('customers.read') ? '/customers' : null}>
        <Lead label={t('loop.customers')} value={`${format.number(know.customers)}${know.more ? '+' : ''}`} />
        <dl>
          <Figure label={t('loop.newThisMonth')} value={format.number(know.newThisMonth)} known={know.newThisMonth !== null} />
          <Figure
            label={t('loop.completeness')}
            value={format.percent(know.completenessPercent === null ? null : know.completenessPercent / 100)}
            known={know.completenessPercent !== null}
          />
        </dl>
      </Place>
      <Place name="value" to={value ? '/value' : null}>
        {value && (
          <>
            <Lead label={t('loop.lifetimeValue')} value={format.money(value.lifetimeValueMinor, null, { short: true })} />
            <dl className="loop-tiers">
              {value.tiers.map((row) => (
                <div key={row.tier} className={`tier-${row.tier}`}>
                  <dt>
                    <span aria-hidden="true" className="tier-shape">
                      {tierShape[row.tier]}
                    </span>{' '}
                    {t(`ui:tier.${row.tier}`)}
                  </dt>
                  <dd>{format.number(row.customers)}</dd>
                </div>
              ))}
            </dl>
            {value.grade && <p className="muted">{t('loop.grade', { grade: value.grade })}</p>}
          </>
        )}
      </Place>
      <Place name="serve" to={may('commitments.read') ? '/contact-next' : null}>
        {serve && (
          <>
            <Lead label={t('loop.touches', { days: serve.days })} value={format.number(touches)} />
            <dl>
              {serve.stages.map((row) => (
                <Figure key={row.stage} label={t(`stage.${row.stage}`)} value={format.number(row.touches)} />
              ))}
            </dl>
          </>
        )}
      </Place>
      <Place name="listen" to={may('commitments.read') ? '/signals' : null} />
      <Place name="keep" to={month ? '/keeping' : null}>
        {month && (
          <>
            <Lead label={t('loop.retained')} value={format.number(month.retained)} />
            <dl>
              <Figure label={t('keeping.won')} value={format.number(month.won)} />
              <Figure label={t('keeping.converted')} value={format.number(month.converted)} />
            </dl>
          </>
        )}
      </Place>
      <Place name="improve" to="#next">
        <Lead label={t('loop.nextSteps', { count: next.length })} value={format.number(next.length)} />
      </Place>
    </ol>
  )
}

function Place({ name, to, children }: { name: string; to: string | null; children?: ReactNode }) {
  const t = useWords('insight')
  const title = t(`ui:place.${name}`)
  return (
    <li className={`loop-place loop-${name}${children ? '' : ' loop-bare'}`}>
      <h2>{to === null ? title : to.startsWith('#') ? <a href={to}>{title}</a> : <Link to={to}>{title}</Link>}</h2>
      {children}
    </li>
  )
}

const Lead = ({ label, value }: { label: string; value: string }) => (
  <p className="loop-lead">
    <strong>{value}</strong> <span>{label}</span>
  </p>
)

/** What nobody knows is left out instead of being shown as a gap. */
const Figure = ({ label, value, known = true }: { label: string; value: string; known?: boolean }) =>
  known ? (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  ) : null
