import { Button, Drawer, Input, Select, Tag } from 'antd'
import { useDeferredValue, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useFormat } from '#ui/format.ts'
import { useNotice } from '#ui/notice.tsx'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { DataTable } from '#ui/table.tsx'
import { usePages, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type NeedState, needStates } from '../domain/need.ts'
import './customers.css'

type Need = ResultOf<typeof api.needs>['items'][number]

/** What customers want, most wanted first: for marketing and for whoever makes the products (B-05). */
export function NeedsPage() {
  const t = useWords('customers')
  const format = useFormat()
  const [params] = useSearchParams()
  const [text, setText] = useState(params.get('q') ?? '')
  const q = useDeferredValue(text.trim())
  const [state, setState] = useState<NeedState | null>(null)
  const [open, setOpen] = useState<Need | null>(null)
  const pages = usePages(api.needs, { ...(q ? { q } : {}), ...(state ? { state } : {}) })
  return (
    <Page title={t('nav.needs')} about={t('need.about')}>
      <DataTable
        name="customer-needs"
        label={t('nav.needs')}
        pages={pages}
        rowKey={(need) => need.id}
        toolbar={
          <div className="customer-tools">
            <Input.Search
              className="customer-search"
              allowClear
              value={text}
              placeholder={t('need.search')}
              aria-label={t('need.search')}
              onChange={(event) => setText(event.target.value)}
            />
            <Select
              className="list-filter"
              allowClear={{ label: t('ui:clear') }}
              placeholder={t('need.state')}
              aria-label={t('need.state')}
              value={state}
              options={needStates.map((value) => ({ value, label: t(`need.states.${value}`) }))}
              onChange={(value) => setState(value ?? null)}
            />
          </div>
        }
        columns={[
          {
            key: 'text',
            title: t('need.text'),
            cell: (need) => (
              <Button type="link" className="customer-plain" onClick={() => setOpen(need)}>
                {need.text}
              </Button>
            ),
          },
          { key: 'customers', title: t('need.customers'), align: 'end', cell: (need) => format.number(need.customers) },
          { key: 'category', title: t('need.category'), cell: (need) => need.category },
          { key: 'state', title: t('need.state'), cell: (need) => t(`need.states.${need.state}`) },
          { key: 'products', title: t('need.products'), cell: (need) => need.productCodes.map((code) => <Tag key={code}>{code}</Tag>) },
          { key: 'last', title: t('need.last'), optional: true, cell: (need) => format.instant(need.lastNotedAt) },
        ]}
        empty={<Empty title={t('need.none')}>{t('need.noneHelp')}</Empty>}
      />
      <Slot name="customers.needs" give={{}} />
      {open && <NeedDrawer key={open.id} need={pages.items.find(({ id }) => id === open.id) ?? open} close={() => setOpen(null)} />}
    </Page>
  )
}

function NeedDrawer({ need, close }: { need: Need; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  const format = useFormat()
  const notice = useNotice()
  const owners = usePeople()
  const { may } = useSession()
  const manages = may('customers.manage-needs')
  const customers = usePages(api.needCustomers, { needId: need.id })
  const change = useWrite(api.changeNeed, { onDone: () => notice.done(ui('saved')) })
  const [merging, setMerging] = useState(false)
  return (
    <Drawer open onClose={close} title={need.text} size="large">
      <div className="customer-entries">
        {manages && (
          <Form<{ text: string; category?: string | null; state: NeedState }>
            columns={2}
            fields={[
              { name: 'text', kind: 'text', label: t('need.text'), required: true, maxLength: 200, wide: true },
              { name: 'category', kind: 'text', label: t('need.category'), maxLength: 60 },
              {
                name: 'state',
                kind: 'choice',
                label: t('need.state'),
                required: true,
                options: needStates.map((value) => ({ value, label: t(`need.states.${value}`) })),
              },
            ]}
            initial={need}
            onSubmit={({ text, category, state }) =>
              change.send({ needId: need.id, version: need.version, text, category: category ?? null, state })
            }
            problem={change.problem}
            pending={change.pending}
            submit={ui('save')}
          />
        )}
        <Slot name="customers.need" give={{ needId: need.id, productCodes: need.productCodes, manages }} />
        <h3>{t('need.whoHas')}</h3>
        <ul className="plain-list">
          {customers.items.map((one) => (
            <li key={one.interactionId}>
              <Link to={`/customers/${one.customerId}`}>{one.name}</Link>
              <div className="muted">{`${format.instant(one.notedAt)} · ${owners.nameOf(one.notedBy)}`}</div>
            </li>
          ))}
        </ul>
        {customers.hasMore && (
          <Button onClick={customers.more} loading={customers.isLoadingMore}>
            {ui('table.more')}
          </Button>
        )}
        {manages && (
          <div>
            <Button onClick={() => setMerging(true)}>{t('need.merge')}</Button>
          </div>
        )}
      </div>
      {merging && <Merge need={need} close={() => setMerging(false)} />}
    </Drawer>
  )
}

/** Takes another need that means the same into this one. */
function Merge({ need, close }: { need: Need; close: () => void }) {
  const t = useWords('customers')
  const [q, setQ] = useState('')
  const others = usePages(api.needs, { ...(q.trim() ? { q: q.trim().slice(0, 200) } : {}) })
  const merge = useWrite(api.mergeNeed, { onDone: close })
  return (
    <Dialog title={t('need.merge')} onClose={close}>
      <Form<{ otherId: string }>
        fields={[
          {
            name: 'otherId',
            kind: 'own',
            required: true,
            label: t('need.other'),
            help: t('need.mergeHelp', { text: need.text }),
            control: (
              <Select
                showSearch={{ filterOption: false, onSearch: setQ }}
                options={others.items.filter(({ id }) => id !== need.id).map(({ id, text }) => ({ value: id, label: text }))}
              />
            ),
          },
        ]}
        initial={{}}
        onSubmit={({ otherId }) =>
          merge.send({ needId: need.id, otherId, otherVersion: others.items.find(({ id }) => id === otherId)?.version ?? 1 })
        }
        problem={merge.problem}
        pending={merge.pending}
        submit={t('need.mergeIt')}
        cancel={close}
      />
    </Dialog>
  )
}
