import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Tabs } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { usePages, useRead, useWrite } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { ordersApi } from '../api.ts'
import { Categories } from './categories.tsx'
import { unitPriceText } from './order-lines.tsx'
import './orders.css'

export type Product = ResultOf<typeof ordersApi.products>['items'][number]

/** The catalogue: what goods cost, and the margins that serve where nobody knows. */
export function ProductsPage() {
  const t = useWords('orders')
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  return (
    <Page
      title={t('products.title')}
      about={t('products.about')}
      actions={
        may('imports.write') && (
          <Link to="/import?kind=products">
            <Button>{t('products.import')}</Button>
          </Link>
        )
      }
    >
      <Tabs
        activeKey={params.get('view') === 'categories' ? 'categories' : 'products'}
        onChange={(key) => setParams(key === 'categories' ? { view: key } : {}, { replace: true })}
        items={[
          { key: 'products', label: t('products.title'), children: <Products /> },
          { key: 'categories', label: t('categories.title'), children: <Categories /> },
        ]}
      />
    </Page>
  )
}

function Products() {
  const t = useWords('orders')
  const format = useFormat()
  const { language } = useLanguage()
  const { may } = useSession()
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const [editing, setEditing] = useState<Product | 'new' | null>(null)
  const categories = useRead(ordersApi.categories, {})
  const pages = usePages(ordersApi.products, { limit: 50, ...(search === '' ? {} : { search: search.slice(0, 100) }) })
  // As it is now: somebody else may have changed it while it is open.
  const newest = editing === 'new' ? null : (pages.items.find(({ code }) => code === editing?.code) ?? editing)
  const marginOf = (category: string | null) => categories.data?.items.find(({ name }) => name === category)?.marginPercent ?? null
  const basis = (product: Product) => {
    if (product.unitCost !== null) return unitPriceText(product.unitCost, format.currency, language)
    const margin = marginOf(product.category)
    return (
      <span className="muted">
        {margin === null ? t('products.noCost') : t('products.byCategory', { margin: format.percent(margin / 100, 1) })}
      </span>
    )
  }
  return (
    <>
      <DataTable
        name="products"
        label={t('products.title')}
        pages={pages}
        rowKey={(product) => product.code}
        columns={[
          { key: 'code', title: t('field.code'), cell: (product) => <b>{product.code}</b> },
          { key: 'name', title: t('field.name'), cell: (product) => product.name ?? '–' },
          { key: 'category', title: t('field.category'), cell: (product) => product.category ?? '–' },
          { key: 'cost', title: t('field.unitCost'), align: 'end', cell: basis },
          ...(may('orders.manage')
            ? [
                {
                  key: 'edit',
                  title: t('products.edit'),
                  cell: (product: Product) => (
                    <Button
                      type="text"
                      icon={<EditOutlined />}
                      aria-label={t('products.editOf', { product: product.name ?? product.code })}
                      onClick={() => setEditing(product)}
                    />
                  ),
                },
              ]
            : []),
        ]}
        toolbar={
          <>
            <Input.Search
              className="order-search"
              allowClear
              value={text}
              placeholder={t('products.search')}
              aria-label={t('products.search')}
              onChange={(event) => setText(event.target.value)}
            />
            {may('orders.manage') && (
              <Button icon={<PlusOutlined />} onClick={() => setEditing('new')}>
                {t('products.add')}
              </Button>
            )}
          </>
        }
        empty={
          search === '' ? (
            <Empty title={t('products.empty')}>{t('products.emptyHelp')}</Empty>
          ) : (
            <Empty title={t('products.none', { search })} />
          )
        }
      />
      {editing !== null && (
        <EditProduct product={newest} categories={categories.data?.items.map(({ name }) => name) ?? []} close={() => setEditing(null)} />
      )}
    </>
  )
}

interface ProductValues {
  readonly code: string
  readonly name?: string | null
  readonly category?: string | null
  readonly unitCost?: number | null
}

function EditProduct({
  product: opened,
  categories,
  close,
}: {
  product: Product | null
  categories: readonly string[]
  close: () => void
}) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const save = useWrite(ordersApi.saveProduct, {
    alsoChanges: ['value', 'customers', 'insight', 'runs'],
    onDone: () => {
      notice.done(t('products.saved'))
      close()
    },
  })
  const [refused, setRefused] = useState<string | null>(null)
  // A product that is added and turns out to be there already stands beside what was typed.
  const there = useRead(ordersApi.products, { limit: 50, search: (refused ?? '-').slice(0, 100) }, { enabled: refused !== null })
  const product = opened ?? there.data?.items.find(({ code }) => code === refused) ?? null
  const said = (text: string | null | undefined) => (text == null || text.trim() === '' ? null : text.trim())
  return (
    <Dialog title={opened && product ? t('products.editOf', { product: product.name ?? product.code }) : t('products.add')} onClose={close}>
      <Form<ProductValues>
        fields={[
          { name: 'code', kind: 'text', label: t('field.code'), required: true, maxLength: 200, disabled: opened !== null },
          { name: 'name', kind: 'text', label: t('field.name'), maxLength: 500 },
          {
            name: 'category',
            kind: 'text',
            label: t('field.category'),
            maxLength: 200,
            ...(categories.length > 0 ? { help: t('products.categories', { categories: format.list(categories.slice(0, 8)) }) } : {}),
          },
          {
            name: 'unitCost',
            kind: 'number',
            label: t('field.unitCost'),
            help: t('products.unitCostHelp'),
            min: 0,
            digits: 4,
            unit: format.currency,
          },
        ]}
        initial={{
          code: product?.code ?? '',
          name: product?.name ?? '',
          category: product?.category ?? '',
          unitCost: product?.unitCost == null ? null : Number(product.unitCost),
        }}
        onSubmit={async ({ code, name, category, unitCost }) => {
          const sending = save.send({
            code,
            before: { name: product?.name ?? null, category: product?.category ?? null, unitCost: product?.unitCost ?? null },
            name: said(name),
            category: said(category),
            unitCost: unitCost == null ? null : String(unitCost),
          })
          await sending.catch((problem) => {
            setRefused(code.trim())
            throw problem
          })
        }}
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
