import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { Loaded } from '#ui/page.tsx'
import { DataTable } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { valueApi } from '../api.ts'
import './value.css'

/** What the customer likes to buy, and two lists: to buy again, and new for them. */
export function PreferencesPanel({ customerId }: { customerId: string }) {
  const t = useWords('value')
  const format = useFormat()
  return (
    <Loaded of={useRead(valueApi.customerPreferences, { customerId })}>
      {({ profiling, preferences, buyAgain, newForYou }) => {
        if (!profiling) return <p>{t('customer.profilingOff')}</p>
        if (!preferences || preferences.orders === 0) return <Empty title={t('preferences.none')}>{t('preferences.noneHelp')}</Empty>
        return (
          <>
            <dl className="value-figures">
              <div>
                <dt>{t('preferences.averageBasket')}</dt>
                <dd>{format.money(preferences.averageBasket === null ? null : Math.round(preferences.averageBasket))}</dd>
              </div>
              <div>
                <dt>{t('preferences.interval')}</dt>
                <dd>
                  {preferences.interval
                    ? t('preferences.days', {
                        count: Math.round(preferences.interval.median),
                        low: format.number(preferences.interval.low),
                        high: format.number(preferences.interval.high),
                      })
                    : format.number(null)}
                </dd>
              </div>
            </dl>
            <DataTable
              name="value-categories"
              label={t('preferences.categories')}
              rowKey={(row) => row.category}
              pages={{ items: preferences.categories }}
              empty={<p>{t('preferences.noCategories')}</p>}
              columns={[
                { key: 'category', title: t('preferences.category'), cell: (row) => row.category },
                { key: 'orders', title: t('push.orders'), align: 'end', cell: (row) => format.number(row.orders) },
                { key: 'share', title: t('figure.share'), align: 'end', cell: (row) => format.percent(row.share) },
                { key: 'value', title: t('figure.revenue'), align: 'end', cell: (row) => format.money(row.value) },
                {
                  key: 'price',
                  title: t('preferences.averagePrice'),
                  align: 'end',
                  cell: (row) => format.money(row.averagePrice === null ? null : Math.round(row.averagePrice)),
                },
              ]}
            />
            <div className="value-lists">
              <ProductList title={t('preferences.buyAgain')} about={t('preferences.buyAgainAbout')} products={buyAgain} />
              <ProductList title={t('preferences.newForYou')} about={t('preferences.newForYouAbout')} products={newForYou} />
            </div>
          </>
        )
      }}
    </Loaded>
  )
}

interface ListedProduct {
  readonly code: string
  readonly name: string | null
  readonly times?: number
}

function ProductList({ title, about, products }: { title: string; about: string; products: readonly ListedProduct[] }) {
  const t = useWords('value')
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <p className="muted">{about}</p>
      {products.length === 0 ? (
        <p>{t('preferences.nothing')}</p>
      ) : (
        <ol className="plain-list">
          {products.map(({ code, name, times }) => (
            <li key={code}>
              {name ?? code} {times !== undefined && <span className="muted">{t('preferences.times', { count: times })}</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
