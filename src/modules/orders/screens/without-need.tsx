import { DataTable } from '#ui/table.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { ordersApi } from '../api.ts'

/** Offerings that answer no need that a customer ever named: made for the maker, perhaps. */
export function WithoutNeed() {
  const t = useWords('orders')
  const pages = usePages(ordersApi.products, { limit: 20, withoutNeed: true })
  return (
    <DataTable
      name="products-without-need"
      label={t('panel.withoutNeed')}
      pages={pages}
      rowKey={(product) => product.code}
      columns={[
        { key: 'code', title: t('field.code'), cell: (product) => product.code },
        { key: 'name', title: t('field.name'), cell: (product) => product.name },
        { key: 'category', title: t('field.category'), cell: (product) => product.category },
      ]}
      empty={<p className="muted">{t('needs.allLinked')}</p>}
    />
  )
}
