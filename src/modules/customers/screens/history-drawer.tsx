import { Button, Drawer } from 'antd'
import { useWayBack } from '#ui/focus.ts'
import { useFormat } from '#ui/format.ts'
import { Loading } from '#ui/page.tsx'
import { usePeople } from '#ui/people.ts'
import { Refused } from '#ui/refused.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { hasWord, useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import type { FieldValue } from '../domain/archive.ts'
import { Value } from './archive-fields.tsx'
import { useFieldName } from './field-name.ts'

/** Who changed what and when, newest first. */
export function HistoryDrawer({ customerId, close }: { customerId: string; close: () => void }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  useWayBack('.ant-drawer')
  const format = useFormat()
  const owners = usePeople()
  const fieldName = useFieldName()
  const pages = usePages(api.changes, { id: customerId, limit: 50 })
  return (
    <Drawer open onClose={close} title={t('history.title')} size="large">
      <Refused problem={pages.problem} again={pages.again} />
      {pages.isPending && <Loading />}
      {!pages.isPending && pages.items.length === 0 && <p className="muted">{t('history.none')}</p>}
      <ul className="customer-timeline">
        {pages.items.map((change) => (
          <li key={change.id}>
            <b>{fieldName(change.field)}</b>
            <div>
              <Side field={change.field} value={change.before} /> → <Side field={change.field} value={change.after} />
            </div>
            <small className="muted">
              {t(change.runId ? 'history.byImport' : 'history.by', {
                at: format.instant(change.at),
                name: owners.nameOf(change.by) ?? change.by,
              })}
            </small>
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
    </Drawer>
  )
}

type Entry = Readonly<Record<string, string | number>>
/** In which order one says what is known of a way to reach, a person or a competitor. */
const saidFirst = ['kind', 'name', 'value', 'role', 'decides', 'sharePercent', 'phone', 'email', 'birthday', 'label', 'hours', 'note']

function Known({ field, entry }: { field: string; entry: Entry }) {
  const t = useWords('customers')
  const format = useFormat()
  const inWords = (part: string, value: string | number) => {
    const word = part === 'decides' ? `decides.${value}` : part === 'kind' && field === 'contactPoint' ? `contact.${value}` : null
    if (word && hasWord('customers', word)) return t(word)
    if (part === 'birthday') return format.day(String(value))
    return part === 'sharePercent' ? `${value}%` : String(value)
  }
  return Object.entries(entry)
    .toSorted(([one], [other]) => saidFirst.indexOf(one) - saidFirst.indexOf(other))
    .map(([part, value]) => inWords(part, value))
    .join(' · ')
}

/** A value of the history: a field's, or what was known of a person or a competitor. */
export function Side({ field, value }: { field: string; value: unknown }) {
  const t = useWords('customers')
  const ui = useWords('ui')
  useWayBack('.ant-drawer')
  if (field === 'relation' && value !== null) {
    const { kind, side } = value as { kind: string; side: string }
    // The words go on with a name where there is one.
    return t(`relation.is.${kind}.${side}`).replace(/：$/, '')
  }
  if (typeof value === 'boolean') return ui(value ? 'yes' : 'no')
  if (typeof value === 'number') return value
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return <Known field={field} entry={value as Entry} />
  return <Value field={field} value={value as FieldValue} />
}
