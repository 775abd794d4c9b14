import { Button } from 'antd'
import { useState } from 'react'
import { useFormat } from '#ui/format.ts'
import { Loading } from '#ui/page.tsx'
import { Refused } from '#ui/refused.tsx'
import { usePages } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { api } from '../api.ts'
import { changedFields } from '../domain.ts'
import './organization.css'

/** Who changed a setting from what to what; asked for only when it is opened. */
export interface HistoryProps {
  readonly settingKey: string
  /** What people call the fields of the value. */
  readonly labels?: Readonly<Record<string, string>>
}

export function SettingHistory(props: HistoryProps) {
  const t = useWords('organization')
  const [open, setOpen] = useState(false)
  return (
    <details className="history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('settings.history')}</summary>
      {open && <Changes {...props} />}
    </details>
  )
}

function Changes({ settingKey, labels = {} }: HistoryProps) {
  const t = useWords('organization')
  const ui = useWords('ui')
  const format = useFormat()
  const pages = usePages(api.settingHistory, { key: settingKey, limit: 20 })
  if (pages.isPending) return <Loading lines={2} />
  const author = (by: string, name: string | null) => name ?? (by === 'operator' || by === 'system' ? t(`settings.${by}`) : by)
  return (
    <>
      <Refused problem={pages.problem} again={pages.again} />
      {pages.items.length === 0 && !pages.problem && <p className="muted">{t('settings.noHistory')}</p>}
      <ul className="plain-list">
        {pages.items.map((change) => (
          <li key={change.id}>
            <b>{format.instant(change.changedAt)}</b> · {author(change.changedBy, change.changedByName)}
            <ul>
              {changedFields(change.before ?? emptyLike(change.after), change.after).map((field) => (
                <li key={field}>
                  {field !== '' && <span>{labels[field] ?? field}: </span>}
                  <span className="muted">{t('settings.from')}</span> {written(valueAt(change.before, field), t('settings.notSet'))}{' '}
                  <span className="muted">{t('settings.to')}</span> {written(valueAt(change.after, field), t('settings.notSet'))}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button onClick={pages.more} loading={pages.isLoadingMore}>
          {ui('table.more')}
        </Button>
      )}
    </>
  )
}

const valueAt = (value: unknown, field: string): unknown =>
  field === '' || typeof value !== 'object' || value === null ? value : (value as Record<string, unknown>)[field]

/** Before the first change there was no field at all, so that each stands in the list by itself. */
const emptyLike = (value: unknown): unknown => (typeof value === 'object' && value !== null && !Array.isArray(value) ? {} : null)

const written = (value: unknown, nothing: string): string => {
  const text = value === undefined || value === null ? nothing : typeof value === 'string' ? value : JSON.stringify(value)
  // A picture is long, and nothing to be read.
  return text.startsWith('data:') ? `${text.slice(0, 24)}…` : text
}
