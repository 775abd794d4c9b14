import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ordersApi } from '#modules/orders/api.ts'
import { useConfirm } from '#ui/confirm.ts'
import { Dialog } from '#ui/dialog.tsx'
import { Empty } from '#ui/empty.tsx'
import { Form } from '#ui/form.tsx'
import { useNotice } from '#ui/notice.tsx'
import { Loaded } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { DataTable } from '#ui/table.tsx'
import { useRead, useWrite } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { type Route as Line, usualDepartment } from '../domain/routing.ts'
import { type Category, categories, complaintReasons } from '../domain/taxonomy.ts'
import { type Route, useDepartments } from './set-up-words.ts'
import { useMatter } from './shown.ts'

/** Which department and person answers for what (G-06). */
export function RoutesSetUp() {
  const t = useWords('cases')
  const ui = useWords('ui')
  const people = usePeople()
  const matter = useMatter()
  const confirm = useConfirm()
  const notice = useNotice()
  const { nameOf, departments } = useDepartments()
  const found = useRead(casesApi.routes, {})
  const remove = useWrite(casesApi.removeRoute, { onDone: () => notice.done(t('setUp.removed')) })
  const [open, setOpen] = useState<Partial<Route> | null>(null)
  return (
    <Loaded of={found}>
      {({ routes }) => {
        const without = categories.filter((category) => !routes.some((route) => route.category === category))
        return (
          <>
            <p className="section-about">{t('setUp.routes.about')}</p>
            <DataTable
              name="case-routes"
              label={t('setUp.routes.title')}
              pages={{ items: routes }}
              rowKey={(route) => route.id}
              columns={[
                { key: 'matter', title: t('field.matter'), cell: (route) => matter(route) },
                { key: 'product', title: t('setUp.routes.product'), cell: (route) => route.productCategory ?? t('setUp.any') },
                { key: 'department', title: t('field.department'), cell: (route) => nameOf(route.departmentId) ?? t('setUp.routes.gone') },
                { key: 'person', title: t('field.person'), cell: (route) => people.nameOf(route.personId) ?? t('setUp.routes.anyPerson') },
                { key: 'deputy', title: t('setUp.routes.deputy'), cell: (route) => people.nameOf(route.deputyId) ?? '' },
                {
                  key: 'actions',
                  title: t('setUp.actions'),
                  cell: (route) => (
                    <span className="row">
                      <Button size="small" onClick={() => setOpen(route)} aria-label={t('setUp.changeOf', { name: matter(route) ?? '' })}>
                        {t('setUp.change')}
                      </Button>
                      <Button
                        size="small"
                        type="text"
                        icon={<DeleteOutlined />}
                        aria-label={t('setUp.removeOf', { name: matter(route) ?? '' })}
                        onClick={() =>
                          confirm({ title: t('setUp.routes.removeAsk', { name: matter(route) ?? '' }), verb: ui('delete') }, () =>
                            remove.send({ routeId: route.id, version: route.version }),
                          )
                        }
                      />
                    </span>
                  ),
                },
              ]}
              toolbar={
                routes.length > 0 && (
                  <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({})}>
                    {t('setUp.routes.add')}
                  </Button>
                )
              }
            />
            {departments.length === 0 ? (
              <NoDepartments />
            ) : (
              without.length > 0 && <Without categories={without} start={(route) => setOpen(route)} none={routes.length === 0} />
            )}
            {open && <RouteForm route={open} close={() => setOpen(null)} />}
          </>
        )
      }}
    </Loaded>
  )
}

function NoDepartments() {
  const t = useWords('cases')
  return (
    <Empty
      title={t('setUp.routes.noDepartments')}
      action={
        <Link to="/departments">
          <Button type="primary">{t('setUp.routes.makeDepartments')}</Button>
        </Link>
      }
    >
      {t('setUp.routes.noDepartmentsHelp')}
    </Empty>
  )
}

/** Categories that nobody answers for yet, each with the department that usually does. */
function Without({
  categories: missing,
  start,
  none,
}: {
  readonly categories: readonly Category[]
  readonly start: (route: Partial<Route>) => void
  readonly none: boolean
}) {
  const t = useWords('cases')
  const { departments } = useDepartments()
  return (
    <Empty title={t(none ? 'setUp.routes.none' : 'setUp.routes.some')}>
      <p>{t('setUp.routes.noneHelp')}</p>
      <ul className="plain-list case-missing">
        {missing.map((category) => {
          const usual = usualDepartment(category, departments)
          return (
            <li key={category} className="row">
              <b>{t(`category.${category}`)}</b>
              <Button onClick={() => start({ category, ...(usual ? { departmentId: usual.id } : {}) })}>
                {usual ? t('setUp.routes.setUpAs', { department: usual.name }) : t('setUp.routes.setUp')}
              </Button>
            </li>
          )
        })}
      </ul>
    </Empty>
  )
}

type Typed = Omit<Line, 'id'>

function RouteForm({ route, close }: { readonly route: Partial<Route>; readonly close: () => void }) {
  const t = useWords('cases')
  const ui = useWords('ui')
  const notice = useNotice()
  const { may } = useSession()
  const { choices } = useDepartments()
  const goods = useRead(ordersApi.categories, {}, { enabled: may('orders.read') })
  const [category, setCategory] = useState(route.category ?? null)
  const onDone = () => {
    notice.done(ui('saved'))
    close()
  }
  const add = useWrite(casesApi.addRoute, { onDone })
  const change = useWrite(casesApi.changeRoute, { onDone })
  const save = route.id ? change : add
  const reasons = category === null ? [] : complaintReasons[category as Category]
  return (
    <Dialog title={t(route.id ? 'setUp.routes.change' : 'setUp.routes.add')} onClose={close} wide>
      <Form<Typed>
        columns={2}
        fields={[
          {
            name: 'category',
            kind: 'choice',
            label: t('field.category'),
            required: true,
            options: categories.map((value) => ({ value, label: t(`category.${value}`) })),
          },
          {
            name: 'reason',
            kind: 'choice',
            label: t('field.reason'),
            placeholder: t('setUp.any'),
            options: reasons.map((value) => ({ value, label: t(`reason.${category}.${value}`) })),
          },
          {
            name: 'productCategory',
            kind: 'choice',
            label: t('setUp.routes.product'),
            placeholder: t('setUp.any'),
            search: true,
            options: (goods.data?.items ?? []).map(({ name }) => ({ value: name, label: name })),
          },
          { name: 'departmentId', kind: 'choice', label: t('field.department'), required: true, options: choices, search: true },
          { name: 'personId', kind: 'people', label: t('field.person'), help: t('setUp.routes.personHelp') },
          { name: 'deputyId', kind: 'people', label: t('setUp.routes.deputy'), help: t('setUp.routes.deputyHelp') },
        ]}
        initial={route as Partial<Typed>}
        onChange={(values) => setCategory(values.category ?? null)}
        onSubmit={(typed) => {
          const said = {
            category: typed.category as Category,
            reason: typed.reason ?? null,
            productCategory: typed.productCategory ?? null,
            departmentId: typed.departmentId,
            personId: typed.personId ?? null,
            deputyId: typed.deputyId ?? null,
          }
          return route.id ? change.send({ routeId: route.id, version: route.version ?? 0, ...said }) : add.send(said)
        }}
        problem={save.problem}
        pending={save.pending}
        submit={ui('save')}
        cancel={close}
      />
    </Dialog>
  )
}
