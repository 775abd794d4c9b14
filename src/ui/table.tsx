/**
 * The list of a module: paged by cursor, sorted by the server, with columns and density that each person chooses, cards on a phone.
 *
 *   <DataTable name="customers" label={t('list.title')} columns={columns} pages={usePages(customersApi.list, { sort })} rowKey={(c) => c.id}
 *     to={(c) => `/customers/${c.id}`} sort={sort} onSort={setSort} onExport={(format, shown) => download(customersApi.export, { format, columns: shown })}
 *     toolbar={<Filters/>} empty={<Empty …/>} />
 *
 * `pages` may also be `{ items: rows }` for a list that is already here. The first column opens the row (link); a click anywhere in the row does the same,
 * ↑ and ↓ walk from row to row.
 */
import { DownloadOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Segmented } from 'antd'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useHiddenColumns } from './hidden-columns.ts'
import { MenuButton } from './menu-button.tsx'
import { useNotice } from './notice.tsx'
import { Loading } from './page.tsx'
import { PopoverButton } from './popover-button.tsx'
import { usePreference } from './preferences.ts'
import { Refused } from './refused.tsx'
import { TableScroll } from './table-scroll.tsx'
import type { Pages } from './use-endpoint.ts'
import { useWords } from './words.ts'

export interface Column<R> {
  readonly key: string
  readonly title: string
  readonly cell: (row: R) => ReactNode
  /** `end` for figures, so that digits stand under digits. */
  readonly align?: 'start' | 'end'
  readonly sortable?: boolean
  /** Which way the first click on the heading sorts; figures usually `down`. */
  readonly firstOrder?: Sort['order']
  /** Not shown until a person asks for it. */
  readonly optional?: boolean
  readonly width?: string
}
export interface Sort {
  readonly key: string
  readonly order: 'up' | 'down'
}
export type ExportFormat = 'csv' | 'xlsx'

export interface TableProps<R> {
  /** Names the remembered choices of columns and density. */
  readonly name: string
  /** What the list holds, for people who hear it. */
  readonly label: string
  readonly columns: readonly Column<R>[]
  readonly pages: Pages<R> | { readonly items: readonly R[] }
  readonly rowKey: (row: R) => string
  readonly to?: (row: R) => string
  readonly sort?: Sort | null
  readonly onSort?: (sort: Sort) => void
  readonly onExport?: (format: ExportFormat, shown: readonly string[]) => Promise<void>
  readonly exportFormats?: readonly ExportFormat[]
  /** The same with every column that a file can have, where that is more than the list shows. */
  readonly onExportAll?: (format: ExportFormat) => Promise<void>
  readonly toolbar?: ReactNode
  /** How many there are altogether, where that is known, such as "10,000+". */
  readonly count?: ReactNode
  readonly empty?: ReactNode
  /** Figures that are compared from row to row: on a phone they stay a table, where others become cards. */
  readonly figures?: boolean
}

export function DataTable<R>(props: TableProps<R>) {
  const { name, label, columns, rowKey, to, sort, onSort, toolbar, count, empty } = props
  const t = useWords('ui')
  const pages = 'isPending' in props.pages ? props.pages : settled(props.pages.items)
  const [hidden, setHidden] = useHiddenColumns(name, columns)
  const [density, setDensity] = usePreference<'compact' | 'normal'>('table.density', 'normal')
  const shown = columns.filter((column, index) => index === 0 || !hidden.includes(column.key))
  // A few rows that are here in whole are a table to read, not a list to work with: nothing around them. Nor is there anything to set where there are no rows.
  const none = !pages.isPending && pages.items.length === 0
  const whole = !('isPending' in props.pages) && columns.every((column) => !column.optional)
  const bare = !toolbar && !props.onExport && (whole || none)

  const body = pages.isPending ? (
    <Loading lines={8} />
  ) : pages.items.length === 0 ? (
    !pages.problem && empty
  ) : (
    <TableScroll label={label}>
      <table {...as('table')} className={`table table-${density}`} aria-busy={pages.isRefreshing}>
        <caption className="hidden">{label}</caption>
        <thead {...as('rowgroup')}>
          <tr {...as('row')}>
            {shown.map((column) => (
              <Heading key={column.key} column={column} sort={sort ?? null} {...(onSort ? { onSort } : {})} />
            ))}
          </tr>
        </thead>
        <tbody {...as('rowgroup')} className={pages.isRefreshing ? 'stale' : undefined}>
          {pages.items.map((row) => (
            <Row key={rowKey(row)} row={row} columns={shown} to={to?.(row)} />
          ))}
        </tbody>
      </table>
    </TableScroll>
  )
  return (
    <div className={props.figures ? 'list list-figures' : 'list'}>
      {!bare && (
        <div className="list-bar">
          <div className="list-tools">{toolbar}</div>
          <div className="row">
            {props.onExport && (
              <Exports
                formats={props.exportFormats ?? ['csv', 'xlsx']}
                onExport={(format) =>
                  props.onExport?.(
                    format,
                    shown.map((c) => c.key),
                  )
                }
                onExportAll={props.onExportAll}
              />
            )}
            <PopoverButton
              icon={<SettingOutlined />}
              label={t('table.view')}
              placement="bottomRight"
              content={() => <Choices columns={columns} hidden={hidden} onHidden={setHidden} density={density} onDensity={setDensity} />}
            />
          </div>
        </div>
      )}
      <Refused problem={pages.problem} again={pages.again} />
      {body}
      {!bare && pages.items.length > 0 && (
        <div className="list-foot">
          <span role="status">{count ?? t(pages.hasMore ? 'table.shownOfMore' : 'table.shown', { count: pages.items.length })}</span>
          {pages.hasMore && (
            <Button onClick={pages.more} loading={pages.isLoadingMore}>
              {t('table.more')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

function Heading<R>({ column, sort, onSort }: { column: Column<R>; sort: Sort | null; onSort?: (sort: Sort) => void }) {
  const order = sort?.key === column.key ? sort.order : null
  const next = order === null ? (column.firstOrder ?? 'up') : order === 'up' ? 'down' : 'up'
  return (
    <th
      scope="col"
      {...as('columnheader')}
      className={column.align === 'end' ? 'end' : undefined}
      style={column.width ? { width: column.width } : undefined}
      aria-sort={order === null ? undefined : order === 'up' ? 'ascending' : 'descending'}
    >
      {column.sortable && onSort ? (
        <button type="button" className="sort" onClick={() => onSort({ key: column.key, order: next })}>
          {column.title}
          <span aria-hidden="true" className="sort-sign">
            {order === 'up' ? '↑' : order === 'down' ? '↓' : '↑↓'}
          </span>
        </button>
      ) : (
        column.title
      )}
    </th>
  )
}

function Row<R>({ row, columns, to }: { row: R; columns: readonly Column<R>[]; to: string | undefined }) {
  const navigate = useNavigate()
  const open = (target: EventTarget) => {
    if (to && !(target as Element).closest('a, button, input, label') && !getSelection()?.toString()) navigate(to)
  }
  return (
    // The first cell's link is the way for the keyboard; the click on the row is a larger target for the mouse.
    <tr {...as('row')} className={to ? 'openable' : undefined} onClick={(event) => open(event.target)}>
      {columns.map((column, index) => (
        <td key={column.key} {...as('cell')} className={column.align === 'end' ? 'end' : undefined} data-label={column.title}>
          {index === 0 && to ? (
            <Link to={to} className="row-link" onKeyDown={walk}>
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  )
}

/** ↑ and ↓ from one row's link to the next. */
function walk(event: KeyboardEvent<HTMLAnchorElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const row = event.currentTarget.closest('tr')
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling
  const link = next?.querySelector<HTMLElement>('.row-link')
  if (!link) return
  event.preventDefault()
  link.focus()
}

function Choices<R>(props: {
  columns: readonly Column<R>[]
  hidden: readonly string[]
  onHidden: (keys: readonly string[]) => void
  density: 'compact' | 'normal'
  onDensity: (density: 'compact' | 'normal') => void
}) {
  const t = useWords('ui')
  return (
    <div className="choices">
      <fieldset>
        <legend>{t('table.columns')}</legend>
        {props.columns.slice(1).map((column) => (
          <Checkbox
            key={column.key}
            checked={!props.hidden.includes(column.key)}
            onChange={(event) =>
              props.onHidden(event.target.checked ? props.hidden.filter((key) => key !== column.key) : [...props.hidden, column.key])
            }
          >
            {column.title}
          </Checkbox>
        ))}
      </fieldset>
      <fieldset>
        <legend>{t('table.density')}</legend>
        <Segmented
          value={props.density}
          onChange={props.onDensity}
          options={[
            { value: 'normal', label: t('table.normal') },
            { value: 'compact', label: t('table.compact') },
          ]}
        />
      </fieldset>
    </div>
  )
}

function Exports({
  formats,
  onExport,
  onExportAll,
}: {
  formats: readonly ExportFormat[]
  onExport: (format: ExportFormat) => Promise<void> | undefined
  onExportAll: ((format: ExportFormat) => Promise<void>) | undefined
}) {
  const t = useWords('ui')
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const start = async (key: string) => {
    const format = (key.endsWith('-all') ? key.slice(0, -4) : key) as ExportFormat
    setBusy(true)
    try {
      await (key === format ? onExport : onExportAll)?.(format)
    } catch (problem) {
      notice.refused(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <MenuButton
      icon={<DownloadOutlined />}
      loading={busy}
      items={[
        ...formats.map((format) => ({ key: format, label: t(`table.${format}`) })),
        ...(onExportAll ? formats.map((format) => ({ key: `${format}-all`, label: t(`table.${format}All`) })) : []),
      ]}
      onChoose={(key) => void start(key)}
    >
      {t('table.export')}
    </MenuButton>
  )
}

/** On a phone rows become cards, which are blocks, and blocks lose the table's meaning unless their roles are said. */
const as = (role: string) => ({ role })

const settled = <R,>(items: readonly R[]): Pages<R> => ({
  items,
  first: undefined,
  isPending: false,
  isRefreshing: false,
  problem: null,
  hasMore: false,
  isLoadingMore: false,
  more: () => {},
  again: () => {},
})
