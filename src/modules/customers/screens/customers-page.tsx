import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Tag } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { download, type ResultOf } from '#ui/client.ts'
import { Empty } from '#ui/empty.tsx'
import { useFormat } from '#ui/format.ts'
import { hiddenBy, useHiddenColumns } from '#ui/hidden-columns.ts'
import { Money } from '#ui/money.tsx'
import { Page } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { useSession } from '#ui/session.ts'
import { type Column, DataTable, type Sort } from '#ui/table.tsx'
import { TierTag } from '#ui/tier-tag.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useLanguage, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { type CustomerSort, isFigureSort, usualDirection } from '../domain/customer-list.ts'
import { fieldOfColumn, ownColumn } from '../domain/own-fields.ts'
import { ChangeMany } from './change-many.tsx'
import { useCustomerQuery } from './customer-query.ts'
import { Filters } from './filters.tsx'
import { useOwnColumns } from './own-columns.tsx'
import { SavedViews } from './saved-views.tsx'
import './customers.css'

type Row = ResultOf<typeof api.list>['items'][number]

export function CustomersPage() {
  const t = useWords('customers')
  const { may } = useSession()
  const { language } = useLanguage()
  const navigate = useNavigate()
  const query = useCustomerQuery()
  const { input } = query
  const pages = usePages(api.list, { ...input, count: true })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const columns = useColumns(may('customers.write') ? { chosen, setChosen } : null)
  const [hidden, setHidden] = useHiddenColumns('customers', columns)
  const shown = columns.map(({ key }) => key).filter((key) => !hidden.includes(key))
  const asked = input.sort ?? 'lifetime-value'
  const sort = isFigureSort(asked) && !may('value.read') ? 'name' : asked
  const direction = input.direction ?? usualDirection(sort)
  const shownSort: Sort = {
    key: sort === 'own' ? ownColumn(input.sortField ?? '') : columnOfSort[sort],
    order: direction === 'ascending' ? 'up' : 'down',
  }
  const format = useFormat()
  const countOf = (count: { customers: number; more: boolean } | null) =>
    count && `${format.number(count.customers)}${count.more ? '+' : ''}`
  const narrowed = Object.keys(query.wire).some((key) => !['sort', 'direction', 'sortField'].includes(key))
  return (
    <Page
      title={t('nav.customers')}
      actions={
        may('customers.write') && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/customers/new')}>
            {t('command.new')}
          </Button>
        )
      }
    >
      <DataTable
        name="customers"
        label={t('nav.customers')}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        to={(row) => `/customers/${row.id}`}
        sort={shownSort}
        onSort={({ key, order }) => query.change({ ...sortBy(key), direction: order === 'up' ? 'ascending' : 'descending' })}
        {...(may('customers.export')
          ? {
              onExport: (format: 'csv' | 'xlsx') =>
                download(api.export, { ...input, format, language, columns: shown.flatMap((key) => exportedAs[key] ?? [key]) }),
              onExportAll: (format: 'csv' | 'xlsx') => download(api.export, { ...input, format, language }),
            }
          : {})}
        count={<Count count={pages.first?.count ?? null} />}
        toolbar={
          <div className="customer-tools">
            <Filters input={input} change={query.change} />
            <SavedViews
              list="customers"
              present={{ query: query.wire, columns: shown }}
              open={(view) => {
                query.replace(view.query)
                setHidden(hiddenBy(view.columns, columns))
              }}
            />
            {may('customers.write') && <ChangeMany input={input} chosen={chosen} count={countOf(pages.first?.count ?? null)} />}
          </div>
        }
        empty={
          narrowed ? (
            <Empty title={t('list.nobody')} action={<Button onClick={() => query.replace({})}>{t('list.clear')}</Button>}>
              {t('list.nobodyHelp')}
            </Empty>
          ) : (
            <Empty
              title={t('list.empty')}
              action={
                <Link to="/import">
                  <Button type="primary">{t('list.import')}</Button>
                </Link>
              }
            >
              {t('list.emptyHelp')}
            </Empty>
          )
        }
      />
    </Page>
  )
}

function Choose({ row, chosen, setChosen }: Choosing & { row: Row }) {
  const t = useWords('customers')
  return (
    <Checkbox
      aria-label={t('many.choose', { name: row.name })}
      checked={chosen.includes(row.id)}
      onChange={(event) => setChosen(event.target.checked ? [...chosen, row.id] : chosen.filter((id) => id !== row.id))}
    />
  )
}

function Count({ count }: { count: { customers: number; more: boolean } | null }) {
  const t = useWords('customers')
  const format = useFormat()
  if (!count) return null
  const number = format.number(count.customers)
  return <>{t('list.count', { count: count.customers, number: count.more ? `${number}+` : number })}</>
}

/** What the file calls a column of the list, where it is not the same. */
const exportedAs: Readonly<Record<string, readonly string[]>> = {
  name: ['name', 'company'],
  lastOrder: ['lastOrderDay'],
  ordering: ['probabilityOrdering'],
  key: ['id'],
  created: ['createdAt'],
}

const columnOfSort = {
  name: 'name',
  'lifetime-value': 'lifetimeValue',
  profit: 'profit',
  revenue: 'revenue',
  'last-order': 'lastOrder',
  created: 'created',
} as const satisfies Record<Exclude<CustomerSort, 'own'>, string>
type PlainSort = keyof typeof columnOfSort
/** A column of an own field is sorted by that field. */
function sortBy(key: string): { sort: CustomerSort; sortField: string | undefined } {
  const field = fieldOfColumn(key)
  if (field !== null) return { sort: 'own', sortField: field }
  return { sort: (Object.keys(columnOfSort) as PlainSort[]).find((sort) => columnOfSort[sort] === key) ?? 'name', sortField: undefined }
}

interface Choosing {
  readonly chosen: readonly string[]
  readonly setChosen: (ids: readonly string[]) => void
}

function useColumns(choosing: Choosing | null): Column<Row>[] {
  const own = useOwnColumns()
  const t = useWords('customers')
  const format = useFormat()
  const owners = usePeople()
  const { may } = useSession()
  const heading = (key: string) => ({ key, title: t(`column.${key}`) })
  const figure = (key: string) => ({ ...heading(key), align: 'end' as const, firstOrder: 'down' as const })
  const columns: Column<Row>[] = [
    {
      ...heading('name'),
      sortable: true,
      cell: (row) => (
        <>
          {row.name}
          {row.company && row.company !== row.name && <span className="muted"> · {row.company}</span>}{' '}
          {!row.target && <Tag>{t('targets.false')}</Tag>}
        </>
      ),
    },
    { ...heading('tier'), cell: (row) => <TierTag tier={row.valuedOn ? row.tier : null} /> },
    { ...heading('valueLabel'), cell: (row) => row.valuedOn && t(`valueLabel.${row.valueLabel}`) },
    { ...heading('activity'), cell: (row) => row.valuedOn && t(`activity.${row.activity}`) },
    { ...figure('lifetimeValue'), sortable: true, cell: (row) => <Money minor={row.valuedOn ? row.lifetimeValueMinor : null} /> },
    { ...figure('profit'), sortable: true, cell: (row) => <Money minor={row.valuedOn ? row.profitMinor : null} /> },
    { ...figure('revenue'), sortable: true, optional: true, cell: (row) => <Money minor={row.valuedOn ? row.revenueMinor : null} /> },
    { ...figure('orders'), optional: true, cell: (row) => format.number(row.orders) },
    { ...heading('lastOrder'), sortable: true, firstOrder: 'down', cell: (row) => format.day(row.lastOrderDay) },
    { ...figure('ordering'), optional: true, cell: (row) => format.percent(row.probabilityOrdering) },
    { ...heading('city'), cell: (row) => row.city },
    { ...heading('region'), optional: true, cell: (row) => row.region },
    { ...heading('role'), optional: true, cell: (row) => t(`role.${row.role}`) },
    { ...heading('phase'), optional: true, cell: (row) => row.phase && t(`phase.${row.phase}`) },
    { ...heading('target'), optional: true, cell: (row) => t(`targets.${row.target}`) },
    { ...heading('owner'), optional: true, cell: (row) => owners.nameOf(row.ownerId) },
    { ...heading('tags'), optional: true, cell: (row) => row.tags.map((tag) => <Tag key={tag}>{tag}</Tag>) },
    { ...heading('email'), optional: true, cell: (row) => row.email },
    { ...heading('phone'), optional: true, cell: (row) => row.phone },
    { ...heading('key'), optional: true, cell: (row) => row.externalKey },
    { ...figure('completeness'), optional: true, cell: (row) => format.percent(row.completeness / 100) },
    { ...heading('created'), sortable: true, firstOrder: 'down', optional: true, cell: (row) => format.instant(row.createdAt) },
    ...own,
    ...(choosing ? [{ ...heading('chosen'), cell: (row: Row) => <Choose row={row} {...choosing} /> }] : []),
  ]
  return may('value.read') ? columns : columns.filter(({ key }) => !figureColumns.has(key))
}

/** What customers bring, for whoever may see values. */
const figureColumns = new Set(['tier', 'valueLabel', 'activity', 'lifetimeValue', 'profit', 'revenue', 'orders', 'lastOrder', 'ordering'])
