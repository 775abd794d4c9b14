import { EditOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { ordersApi } from '../api.ts'

type Category = ResultOf<typeof ordersApi.categories>['items'][number]

/** Margins by category, which serve where the cost of a product is not known. */
export function Categories() {
  const t = useWords('orders')
  const format = useFormat()
  const { may } = useSession()
  const categories = useRead(ordersApi.categories, {})
  const [editing, setEditing] = useState<Category | 'new' | null>(null)
  // As it is now: somebody else may have changed it while it is open.
  const newest = editing === 'new' ? null : (categories.data?.items.find(({ name }) => name === editing?.name) ?? editing)
  return (
    <>
      <p className="section-about order-about">
        {t('categories.about')} {may('organization.manage') && <Link to="/settings">{t('categories.organization')}</Link>}
      </p>
      <Loaded of={categories}>
        {({ items }) => (
          <DataTable
            name="categories"
            label={t('categories.title')}
            rowKey={(category) => category.name}
            pages={{ items }}
            columns={[
              { key: 'name', title: t('field.category'), cell: (category) => <b>{category.name}</b> },
              {
                key: 'margin',
                title: t('field.margin'),
                align: 'end',
                cell: (category) =>
                  category.marginPercent === null ? (
                    <span className="muted">{t('categories.unset')}</span>
                  ) : (
                    format.percent(category.marginPercent / 100, 1)
                  ),
              },
              ...(may('orders.manage')
                ? [
                    {
                      key: 'edit',
                      title: t('products.edit'),
                      cell: (category: Category) => (
                        <Button
                          type="text"
                          icon={<EditOutlined />}
                          aria-label={t('categories.editOf', { category: category.name })}
                          onClick={() => setEditing(category)}
                        />
                      ),
                    },
                  ]
                : []),
            ]}
            toolbar={
              may('orders.manage') && (
                <Button icon={<PlusOutlined />} onClick={() => setEditing('new')}>
                  {t('categories.add')}
                </Button>
              )
            }
            empty={<Empty title={t('categories.empty')}>{t('categories.emptyHelp')}</Empty>}
          />
        )}
      </Loaded>
      {editing !== null && <EditCategory category={newest} categories={categories.data?.items ?? []} close={() => setEditing(null)} />}
    </>
  )
}

interface Edited {
  readonly category: Category | null
  readonly categories: readonly Category[]
  readonly close: () => void
}
function EditCategory({ category: opened, categories, close }: Edited) {
  const t = useWords('orders')
  const ui = useWords('ui')
  const notice = useNotice()
  const [refused, setRefused] = useState<string | null>(null)
  // A category that is added and turns out to be there already stands beside what was typed.
  const category = opened ?? categories.find(({ name }) => name === refused) ?? null
  const save = useWrite(ordersApi.saveCategory, {
    alsoChanges: ['value', 'customers', 'insight', 'runs'],
    onDone: () => {
      notice.done(t('products.saved'))
      close()
    },
  })
  return (
    <Dialog title={opened ? t('categories.editOf', { category: opened.name }) : t('categories.add')} onClose={close}>
      <Form<{ name: string; margin?: number | null }>
        fields={[
          { name: 'name', kind: 'text', label: t('field.category'), required: true, maxLength: 200, disabled: opened !== null },
          { name: 'margin', kind: 'percent', label: t('field.margin'), help: t('categories.marginHelp'), min: -1, max: 1 },
        ]}
        initial={{ name: category?.name ?? '', margin: category?.marginPercent == null ? null : category.marginPercent / 100 }}
        onSubmit={async ({ name, margin }) => {
          const before = { marginPercent: category?.marginPercent ?? null }
          const marginPercent = margin == null ? null : Number((margin * 100).toFixed(4))
          await save.send({ name, before, marginPercent }).catch((problem) => {
            setRefused(name.trim())
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
