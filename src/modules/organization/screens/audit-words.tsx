import { FilterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { use } from 'react'
import { Link } from 'react-router'
import type { ResultOf } from '#ui/client.ts'
import { useFormat } from '#ui/format.ts'
import { RegistryContext } from '#ui/registry.ts'
import { useSession } from '#ui/session.ts'
import type { Column } from '#ui/table.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { hasWord, modulesThatSpeak, useWords } from '#ui/words.ts'
import { api } from '../api.ts'

export type Entry = ResultOf<typeof api.audit>['items'][number]

/** What a kind of entry is called: the words of the module that announced it. */
export function useEntryName(): (name: string) => string {
  const t = useWords('organization', ...modulesThatSpeak)
  return (name) => {
    const [module = '', ...rest] = name.split('.')
    if (rest.length === 0) return hasWord('organization', `look.${name}`) ? t(`look.${name}`) : name
    if (module === 'platform') return hasWord('organization', `platformFact.${rest.join('.')}`) ? t(`platformFact.${rest.join('.')}`) : name
    return hasWord(module, `fact.${rest.join('.')}`) ? t(`${module}:fact.${rest.join('.')}`) : name
  }
}

/** A write that announces nothing of its own: it is called by what was done. */
const carriedOut = 'platform.write-carried-out'

export function useEntryTitle(): (entry: Pick<Entry, 'name' | 'values'>) => string {
  const nameOf = useEntryName()
  const nameOfOurs = useNameOfOurs()
  return ({ name, values }) => nameOfOurs(name, 'endpoint', values.endpoint) ?? nameOf(name)
}

/** Who somebody is who stands in an entry: a person, or one of those that are none. */
export function useActorName(): (actor: string, name: string | null) => string {
  const t = useWords('organization')
  return (actor, name) => name ?? (hasWord('organization', `actor.${actor}`) ? t(`actor.${actor}`) : t('actor.gone'))
}

/** What a value of an entry is called where it is a name of ours: the kind of a long work, the key of a setting, an endpoint. Null for everything else. */
function useNameOfOurs(): (entry: string, field: string, value: unknown) => string | null {
  const t = useWords('ui', 'runs', 'trail')
  const registry = use(RegistryContext)
  return (entry, field, value) => {
    if (typeof value !== 'string') return null
    if (entry === carriedOut && field === 'endpoint') return hasWord('trail', `act.${value}`) ? t(`trail:act.${value}`) : null
    if (entry === 'runs.ended' && field === 'kind') return hasWord('runs', `kind.${value}`) ? t(`runs:kind.${value}`) : null
    if (!entry.startsWith('organization.setting-') || field !== 'key') return null
    for (const { module, settings = [] } of registry)
      for (const { key, label } of settings) if (value === `${module}.${key}`) return t(`${module}:${label}`)
    return null
  }
}

export function useEntryColumns({ only }: { only?: (customerId: string) => void } = {}): Column<Entry>[] {
  const t = useWords('organization')
  const format = useFormat()
  const titleOf = useEntryTitle()
  const actorOf = useActorName()
  return [
    {
      key: 'at',
      title: t('audit.at'),
      width: '13rem',
      cell: (entry) => <time dateTime={entry.at.toISOString()}>{format.instant(entry.at)}</time>,
    },
    { key: 'actor', title: t('audit.actor'), width: '9rem', cell: (entry) => actorOf(entry.actor, entry.actorName) },
    { key: 'name', title: t('audit.what'), width: '11rem', cell: (entry) => titleOf(entry) },
    ...(only
      ? [{ key: 'customer', title: t('audit.customer'), width: '13rem', cell: (entry: Entry) => <Customer entry={entry} only={only} /> }]
      : []),
    { key: 'values', title: t('audit.details'), cell: (entry) => <Details entry={entry} /> },
    {
      key: 'block',
      title: t('audit.block'),
      align: 'end',
      optional: true,
      cell: (entry) => (entry.block === null ? <span className="muted">{t('audit.unsealed')}</span> : format.number(entry.block)),
    },
  ]
}

function Customer({ entry: { customerId, customerName }, only }: { entry: Entry; only: (customerId: string) => void }) {
  const t = useWords('organization')
  const { may } = useSession()
  if (customerId === null) return '–'
  const name = customerName ?? t('audit.customerGone')
  return (
    <span className="row nowrap">
      {customerName !== null && may('customers.read') ? <Link to={`/customers/${customerId}`}>{name}</Link> : <span>{name}</span>}
      <Button
        type="text"
        size="small"
        icon={<FilterOutlined />}
        title={t('audit.only', { name })}
        aria-label={t('audit.only', { name })}
        onClick={() => only(customerId)}
      />
    </span>
  )
}

/** What was announced, field by field; ids of people as their names, and names of ours in the reader's language. */
function Details({ entry: { name, values, erased } }: { entry: Entry }) {
  const t = useWords('organization')
  const nameOfOurs = useNameOfOurs()
  const people = useRead(api.people, { limit: 200 })
  const names = new Map(people.data?.items.map(({ id, name }) => [id, name]))
  const shown = Object.entries(values).filter(
    // What a write is called by stands beside its details already.
    ([field, value]) =>
      field !== 'customerId' &&
      value !== null &&
      JSON.stringify(value) !== '{}' &&
      !(field === 'endpoint' && nameOfOurs(name, field, value)),
  )
  return (
    <span className="audit-details">
      {erased && <span className="muted">{t('audit.erased')} </span>}
      {shown.map(([field, value]) => (
        <span key={field}>
          <span className="muted">{field}:</span> {nameOfOurs(name, field, value) ?? written(value, names)}
        </span>
      ))}
    </span>
  )
}

function written(value: unknown, names: ReadonlyMap<string, string>): string {
  const word = (one: string) => names.get(one) ?? one
  const words = Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.map(word).join(', ') : null
  const text = words ?? (typeof value === 'string' ? word(value) : JSON.stringify(value))
  return text.length > 160 ? `${text.slice(0, 160)}…` : text
}
